internal import CallModel
internal import SignalProcessing

/// One leg of one section of a call, as the meters see it. Frames count from the start of the section.
struct LegSection {
  /// Its features.
  let features: LegTrack
  /// Its levels, tones, music and noise.
  let scene: LegScene
  /// Where its party speaks.
  let activity: SpeechActivity
  /// How the other leg's voice is heard on it; nil where it is not.
  let leakage: Leakage?
  /// The frames that this section answers for; what lies outside is context.
  let committed: FrameRange
  /// The frame of the call at which the section begins.
  let firstFrame: Int
  /// The stretches in which the leg carries both parties.
  let shared: [FrameRange]

  /// The number of frames.
  var count: Int { scene.level.count }
  /// The parts of the talkspurts that this section answers for.
  let speech: [FrameRange]

  init(
    features: LegTrack, scene: LegScene, activity: SpeechActivity, leakage: Leakage?, committed: FrameRange,
    firstFrame: Int, shared: [FrameRange]
  ) {
    self.features = features
    self.scene = scene
    self.activity = activity
    self.leakage = leakage
    self.committed = committed
    self.firstFrame = firstFrame
    self.shared = shared
    speech = activity.speech.map { $0.clamped(to: committed) }.filter { !$0.isEmpty }
  }

  /// Frames of the section as frames of the call.
  func inCall(_ frames: FrameRange) -> FrameRange {
    frames.lowerBound + firstFrame..<frames.upperBound + firstFrame
  }
}

/// Measures one thing on one leg, section by section, in order.
protocol LegMeter {
  associatedtype Result
  /// Takes the next section.
  mutating func consume(_ section: LegSection)
  /// What was measured in all sections.
  consuming func finish() -> Result
}
