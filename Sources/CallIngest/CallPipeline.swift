public import CallAnalysis
public import CallAudio
public import CallModel

/// Everything besides the sound that an analysis depends on.
public struct PipelineOptions: Sendable, Hashable {
  /// The settings of the analysis.
  public var settings: AnalysisSettings
  /// The limits beyond which a recording is refused.
  public var limits: ReadingLimits
  /// Who is on which channel where no source matches.
  public var roles: ChannelRoles
  /// The version and the hash of the settings that a summary carries where no source is matched.
  public var analysis: Analysis
  /// Where recordings come from; the first that matches decides.
  public var sources: [RecordingSource]

  /// These options.
  public init(
    settings: AnalysisSettings, limits: ReadingLimits, roles: ChannelRoles, analysis: Analysis,
    sources: [RecordingSource] = []
  ) {
    self.settings = settings
    self.limits = limits
    self.roles = roles
    self.analysis = analysis
    self.sources = sources
  }
}

/// The outcome of a recording, with the landmarks by which its speech is found in other calls.
public struct RecordingAnalysis: Sendable {
  /// The summary or the failure.
  public var outcome: CallOutcome
  /// The landmarks of the agent's leg; nil where they were not asked for or nothing was analysed.
  public var landmarks: [Landmark]?

  /// An outcome with its landmarks.
  public init(_ outcome: CallOutcome, landmarks: [Landmark]? = nil) {
    self.outcome = outcome
    self.landmarks = landmarks
  }
}

/// Reads and analyses what was found under a path. A failure is a value: it never ends a run.
///
/// - Parameters:
///   - keepingLandmarks: whether the landmarks are found by which `ingest` finds recorded prompts.
///   - progress: called before each step: the opening, each block, the end.
public func analyseRecording(
  _ entry: ShareEntry, options: PipelineOptions, keepingLandmarks: Bool, progress: () -> Void = {}
) -> RecordingAnalysis {
  switch entry {
  case .recording(let path, let isNamed):
    analyse(
      path, options: options, followingLinks: isNamed, keepingLandmarks: keepingLandmarks, progress: progress)
  case .failure(let failure, _): RecordingAnalysis(.failed(failure))
  }
}

private func analyse(
  _ path: RecordingPath, options: PipelineOptions, followingLinks: Bool, keepingLandmarks: Bool,
  progress: () -> Void
) -> RecordingAnalysis {
  do throws(CallFailure) {
    progress()
    var reader = try RecordingReader(opening: path, limits: options.limits, followingLinks: followingLinks)
    var analyzer = CallAnalyzer(
      format: SignalFormat(
        sampleRate: reader.sampleRate, channels: reader.channels, encoding: reader.encoding),
      settings: options.settings, keepingLandmarks: keepingLandmarks)
    try reader.forEachBlock { block in
      progress()
      analyzer.consume(block)
    }
    progress()
    let (roles, analysis) = options.decided(for: path)
    let (summary, landmarks) = analyzer.finishWithLandmarks(
      recording: try reader.finish(), analysis: analysis, roles: roles,
      direction: options.direction(of: path))
    return RecordingAnalysis(.analysed(summary), landmarks: keepingLandmarks ? landmarks : nil)
  } catch {
    return RecordingAnalysis(.failed(error))
  }
}

/// Reads and analyses one recording and explains a moment of it, for each channel of a party; there is no explanation
/// behind its end.
public func explainRecording(
  at path: RecordingPath, moment: Seconds, options: PipelineOptions
) throws(CallFailure) -> (summary: CallSummary, explanations: [FrameExplanation]) {
  var reader = try RecordingReader(opening: path, limits: options.limits, followingLinks: true)
  var analyzer = CallAnalyzer(
    format: SignalFormat(
      sampleRate: reader.sampleRate, channels: reader.channels, encoding: reader.encoding),
    settings: options.settings)
  analyzer.explain(at: moment)
  try reader.forEachBlock { analyzer.consume($0) }
  let (roles, analysis) = options.decided(for: path)
  return analyzer.finishWithExplanations(
    recording: try reader.finish(), analysis: analysis, roles: roles,
    direction: options.direction(of: path))
}
