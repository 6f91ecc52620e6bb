public import CallModel
import Glibc

/// Recordings from one place, whose parties are on the same channels.
public struct RecordingSource: Sendable, Hashable {
  /// Which paths: as bytes, with the wildcards of the shell.
  public var pattern: RecordingPath
  /// Who is on which channel there.
  public var roles: ChannelRoles
  /// What analyses them: the hash of its settings knows the roles.
  public var analysis: Analysis

  /// The recordings whose paths match `pattern`.
  public init(_ pattern: RecordingPath, roles: ChannelRoles, analysis: Analysis) {
    self.pattern = pattern
    self.roles = roles
    self.analysis = analysis
  }

  /// Whether a recording is from here. `*` stands for any bytes, slashes too, `?` for one byte, `[…]` for one
  /// of some (POSIX `fnmatch`, bytes as the program sets no locale). A pattern that begins with a slash is
  /// held against the whole path from the root, links and `..` as they are; another one against the end of
  /// it, from any folder on.
  public func matches(_ path: RecordingPath) -> Bool {
    let slash = UInt8(ascii: "/")
    let isWhole = pattern.bytes.first == slash
    let whole = path.bytes.first == slash ? path : Self.workingFolder.appending(path.bytes)
    return cString((isWhole ? [] : Array("*/".utf8)) + pattern.bytes) { pattern in
      cString(whole.bytes) { fnmatch(pattern, $0, 0) == 0 }
    }
  }

  /// The folder that relative paths begin in.
  private static let workingFolder: RecordingPath = {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    guard getcwd(&bytes, bytes.count) != nil else { return RecordingPath("/") }
    return RecordingPath(bytes: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)))
  }()
}

private func cString<Result>(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  (bytes.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer { body($0.baseAddress!) }
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
  /// Who is on which channel of a recording, and what analyses it: as its source says, the first that it
  /// matches, otherwise as for all.
  public func decided(for path: RecordingPath) -> (roles: ChannelRoles, analysis: Analysis) {
    let source = sources.first { $0.matches(path) }
    return (source?.roles ?? roles, source?.analysis ?? analysis)
  }
}
