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

/// Reads and analyses one recording. A failure is a value: it never ends a run.
public func analyseRecording(at path: RecordingPath, options: PipelineOptions) -> CallOutcome {
  do throws(CallFailure) {
    var reader = try RecordingReader(opening: path, limits: options.limits)
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
