import CallAudio
public import CallModel
public import CallRecords

/// Recordings from one place: their parties are on the same channels, and they are described alike.
public struct RecordingSource: Sendable, Hashable {
  /// Which paths: as bytes, with the wildcards of the shell.
  public var pattern: RecordingPath
  /// Who is on which channel there.
  public var roles: ChannelRoles
  /// The version and the settings' hash in their summaries; the hash covers the roles.
  public var analysis: Analysis
  /// How their names and records are read; nil where it is not configured.
  public var rules: MetadataRules?

  /// The recordings whose paths match `pattern`.
  public init(
    _ pattern: RecordingPath, roles: ChannelRoles, analysis: Analysis, rules: MetadataRules? = nil
  ) {
    self.pattern = pattern
    self.roles = roles
    self.analysis = analysis
    self.rules = rules
  }

  /// Whether a recording is from here.
  public func matches(_ path: RecordingPath) -> Bool { path.matches(pattern) }
}

/// Recorders that put the agent on the same channel everywhere, as their vendors document.
public enum Recorder: String, Sendable, Hashable, CaseIterable {
  case amazonConnect = "amazon-connect"
  case twilioFlex = "twilio-flex"
  case verint, vicidial

  /// The agent's channel.
  public var roles: ChannelRoles {
    switch self {
    case .amazonConnect, .twilioFlex: .right
    case .verint, .vicidial: .left
    }
  }
}

extension PipelineOptions {
  /// The roles of a recording, and the version and hash in its summary: those of the first source that
  /// matches, otherwise the general ones.
  public func decided(for path: RecordingPath) -> (roles: ChannelRoles, analysis: Analysis) {
    let source = sources.first { $0.matches(path) }
    return (source?.roles ?? roles, source?.analysis ?? analysis)
  }

  /// Who called whom, where the name of a recording says it: known before the sound, it tells whose telephone rings.
  func direction(of path: RecordingPath) -> CallDirection? {
    guard let rules = sources.first(where: { $0.matches(path) })?.rules,
      let name = rules.names.lazy.compactMap({ $0.evidence(of: path) }).first
    else { return nil }
    return name.fields[.direction].flatMap(CallDirection.init)
  }
}
