public import CallModel
internal import SignalProcessing

/// What the analysis has to know of the samples it is given.
public struct SignalFormat: Sendable, Hashable {
  /// Samples per second and channel.
  public var sampleRate: Int
  /// Interleaved channels.
  public var channels: Int
  /// The encoding of the file as in `Recording.encoding`: it decides at which value a codec clips.
  public var encoding: String

  /// A format of these properties.
  public init(sampleRate: Int, channels: Int, encoding: String) {
    self.sampleRate = sampleRate
    self.channels = channels
    self.encoding = encoding
  }

  /// The largest magnitude that the codec can carry, in LSB of 16 bits (ITU-T G.711, tables 1 and 2).
  var ceiling: Int {
    switch encoding {
    case "ULAW": 32124
    case "ALAW": 32256
    case "PCM_U8", "PCM_S8": 32512
    default: 32767
    }
  }
}

/// One call from its samples to its summary, in one forward pass: create, consume blocks, finish. The answer is
/// the same for every block size, and memory does not grow with the samples.
public struct CallAnalyzer: ~Copyable {
  private let settings: AnalysisSettings
  private let legChannels: [Int]
  private var offset: LineOffset
  private var frames: FrameAnalyser
  private var recorder: CallRecorder

  /// An analyser for samples of this format: 1 to 8 channels, 4 to 192 kHz. Of more than two channels the
  /// first two are taken for the parties. Landmarks are found only where they are to be kept.
  public init(format: SignalFormat, settings: AnalysisSettings, keepingLandmarks: Bool = false) {
    self.settings = settings
    legChannels = format.channels > 1 ? [0, 1] : [0]
    offset = LineOffset(
      sampleRate: format.sampleRate, channels: format.channels, legChannels: legChannels,
      ceiling: format.ceiling)
    frames = FrameAnalyser(
      sampleRate: format.sampleRate, channels: format.channels, legChannels: legChannels,
      ceiling: format.ceiling,
      lineFloor: power(decibels: Float(min(settings.music.lowestDbov, settings.tones.lowestDbov))))
    recorder = CallRecorder(
      legs: legChannels.count, settings: settings, keepingLandmarks: keepingLandmarks)
    // A section and a block of samples, so that features lie where they stay.
    frames.track.reserve(frames: min(100_000, sectionLength) + 500)
  }

  /// The frames of a section: an even number.
  private var sectionLength: Int { max(Self.minimumSection, Self.wholeSteps(settings.sections.lengthS)) }
  /// The shortest section, in frames: shorter ones hold no pause of speech.
  private static let minimumSection = 2 * Frames.perSecond

  /// Seconds as frames, down to a whole step: sections are cut between steps.
  private static func wholeSteps(_ seconds: Seconds) -> Int {
    Int(seconds * Double(Frames.perSecond / Frames.perStep)) * Frames.perStep
  }

  /// Takes the next samples, interleaved; any number of whole sample frames.
  public mutating func consume(_ samples: Span<Int16>) {
    var taken = 0
    while taken < samples.count {
      taken += offset.fill(samples.extracting(taken..<samples.count))
      if offset.isFull { analyseBlock() }
    }
  }

  /// Analyses the samples of a block of `offset`, or of the last part of one.
  private mutating func analyseBlock() {
    offset.correct()
    let block = offset.samples
    frames.consume(block.span)
    offset.removeAll()
    analyseFullSections()
  }

  /// The summary of all that was consumed.
  ///
  /// - Parameter direction: who called whom, where a name or a record says it.
  public consuming func finish(
    recording: Recording, analysis: Analysis, roles: ChannelRoles, direction: CallDirection? = nil
  ) -> CallSummary {
    finishWithLandmarks(recording: recording, analysis: analysis, roles: roles, direction: direction).summary
  }

  /// The summary, and the landmarks of the agent's leg, or of the one that carries both parties.
  public consuming func finishWithLandmarks(
    recording: Recording, analysis: Analysis, roles: ChannelRoles, direction: CallDirection? = nil
  ) -> (summary: CallSummary, landmarks: [Landmark]) {
    analyseRest()
    let record = recorder.finish()
    let facts = CallFacts(
      record: record,
      frame: CallFacts.Frame(
        duration: recording.duration, isTruncated: recording.status == .truncated, roles: roles,
        direction: direction, channels: legChannels), settings: settings)
    let summary = CallSummary(facts, recording: recording, analysis: analysis, settings: settings)
    let leg = legChannels.firstIndex { $0 == summary.parties.agent.channel } ?? 0
    return (summary, record.legs[leg].landmarks)
  }

  /// Asks why the frame at a time counts as speech or not; before any samples are consumed.
  public mutating func explain(at time: Seconds) {
    recorder.explainedFrame = max(0, Frames.count(seconds: time))
  }

  /// The summary, and the explanation for each channel of a party; empty where the recording is shorter.
  public consuming func finishWithExplanations(
    recording: Recording, analysis: Analysis, roles: ChannelRoles, direction: CallDirection? = nil
  ) -> (summary: CallSummary, explanations: [FrameExplanation]) {
    analyseRest()
    let explanations = recorder.explanations
    return (
      finish(recording: recording, analysis: analysis, roles: roles, direction: direction), explanations
    )
  }

  /// What tells of the voices on one channel with both parties, to train by.
  @_spi(Training) public consuming func voiceCues() -> VoiceCues {
    analyseRest()
    return VoiceCues(of: recorder.finish().legs[0].segments)
  }

  /// The features of speech of each leg, of the first section of a recording, to train by.
  @_spi(Training) public consuming func trainingFeatures(_ model: TrainingFeatures.Model)
    -> [TrainingFeatures]
  {
    analyseBlock()
    frames.finish()
    let count = min(frames.track.frameCount, sectionLength)
    guard count > 0 else { return [] }
    return TrainingFeatures.legs(of: frames.track, count: count, model: model, settings: settings)
  }

  private mutating func analyseRest() {
    analyseBlock()
    frames.finish()
    analyseFullSections()
    let rest = frames.track.frameCount
    recorder.analyse(
      frames.track, frames: rest, committed: recorder.frameCount..<frames.track.firstFrame + rest)
  }

  /// Whenever a section and its context are there, records it and forgets what the next does not need. The cuts
  /// depend on frames alone, not on blocks.
  private mutating func analyseFullSections() {
    let length = sectionLength
    // A section moves on by more than half its length whatever the settings say.
    let context = min(Self.wholeSteps(settings.sections.contextS), length / 8 * 2)
    while frames.track.frameCount >= length {
      let end = frames.track.firstFrame + length
      recorder.analyse(frames.track, frames: length, committed: recorder.frameCount..<end - context)
      frames.track.removeFirst(frames: length - 2 * context)
    }
  }
}
