public import CallAnalysis
public import CallAudio
public import CallModel

/// Everything that decides what an analysis answers, beside the sound.
public struct PipelineOptions: Sendable, Hashable {
  /// The constants of the analysis.
  public var settings: AnalysisSettings
  /// What is refused before it is analysed.
  public var limits: ReadingLimits
  /// Who is on which channel.
  public var roles: ChannelRoles
  /// The version and the hash of the settings that a summary carries.
  public var analysis: Analysis

  /// These options.
  public init(settings: AnalysisSettings, limits: ReadingLimits, roles: ChannelRoles, analysis: Analysis) {
    self.settings = settings
    self.limits = limits
    self.roles = roles
    self.analysis = analysis
  }
}

/// Reads and analyses one recording. A failure is a value: it never ends a run. A symbolic link is followed
/// only if `followingLinks`, as for a file that the user named.
public func analyseRecording(
  at path: RecordingPath, options: PipelineOptions, followingLinks: Bool = true
) -> CallOutcome {
  do throws(CallFailure) {
    var reader = try RecordingReader(opening: path, limits: options.limits, followingLinks: followingLinks)
    var analyzer = CallAnalyzer(
      format: SignalFormat(
        sampleRate: reader.sampleRate, channels: reader.channels, encoding: reader.encoding),
      settings: options.settings)
    try reader.forEachBlock { analyzer.consume($0) }
    let recording = try reader.finish()
    return .analysed(analyzer.finish(recording: recording, analysis: options.analysis, roles: options.roles))
  } catch {
    return .failed(error)
  }
}

/// Reads and analyses what was found under a path.
public func analyseRecording(_ entry: ShareEntry, options: PipelineOptions) -> CallOutcome {
  switch entry {
  case .recording(let path, let isNamed):
    analyseRecording(at: path, options: options, followingLinks: isNamed)
  case .failure(let failure, _): .failed(failure)
  }
}
