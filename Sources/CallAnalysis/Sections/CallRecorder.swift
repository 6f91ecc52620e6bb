internal import CallModel
internal import SignalProcessing

/// Analyses a call section by section and keeps what was found.
///
/// In a section the order is: levels, where both legs are the same, tones and music, leakage, speech, measures. None of
/// it depends on the sections before: what is decided for the whole call is decided in `finish`, from what the
/// meters kept.
struct CallRecorder {
  /// The frames that have been analysed so far.
  private(set) var frameCount = 0
  private var meters: [LegMeters]
  /// Frames that were compared between the legs, and those of them where both are the same.
  private var compared = (all: 0, same: 0)
  /// The stretches of the call in which both legs are the same.
  private var shared: [FrameRange] = []
  private let settings: AnalysisSettings

  /// A recorder of one or two legs; landmarks are found only where they are to be kept.
  init(legs: Int, settings: AnalysisSettings, keepingLandmarks: Bool) {
    self.settings = settings
    meters = (0..<legs).map { _ in LegMeters(settings: settings, keepingLandmarks: keepingLandmarks) }
  }

  /// Analyses the first `count` frames of a track and records what lies in `committed`, in frames of the call; what
  /// lies outside is context.
  mutating func analyse(_ track: FeatureTrack, frames count: Int, committed: FrameRange) {
    guard count > 0 else { return }
    let local = committed.lowerBound - track.firstFrame..<committed.upperBound - track.firstFrame
    if track.legs.count == 2 {
      analyseTwo(track, count: count, committed: local)
    } else {
      let scene = LegScene(leg: track.legs[0], count: count, settings: settings)
      record(
        0, track, scene: scene, leakage: nil, stretches: [(0..<count, true)], committed: local)
    }
    frameCount = committed.upperBound
  }

  /// What was found in the whole call.
  consuming func finish() -> CallRecord {
    CallRecord(
      legs: meters.map { $0.finish() }, frameCount: frameCount,
      sameShare: compared.all > CallRecord.minimumCompared
        ? Double(compared.same) / Double(compared.all) : 0,
      shared: shared.bridged(gap: 1))
  }

  private mutating func analyseTwo(_ track: FeatureTrack, count: Int, committed: FrameRange) {
    let scenes = track.legs.map { LegScene(leg: $0, count: count, settings: settings) }
    let same = SameSound(
      levels: ByLeg(scenes[0].level, scenes[1].level), firstFrame: track.firstFrame)
    let part = same.compared(in: committed)
    compared = (compared.all + part.all, compared.same + part.same)
    let stretches = same.stretches
    shared += stretches.filter(\.isSame).map { $0.frames.clamped(to: committed) }.filter { !$0.isEmpty }
      .map { $0.lowerBound + track.firstFrame..<$0.upperBound + track.firstFrame }
    for leg in 0..<2 {
      let leakage = stretches.allSatisfy(\.isSame) ? nil : Leakage(
        source: track.legs[1 - leg], target: track.legs[leg], sourceScene: scenes[1 - leg],
        targetScene: scenes[leg], settings: settings.leakage)
      record(
        leg, track, scene: scenes[leg], leakage: leakage, stretches: stretches, committed: committed)
    }
  }

  /// Finds the speech of one leg and measures it.
  private mutating func record(
    _ leg: Int, _ track: FeatureTrack, scene: LegScene, leakage: Leakage?,
    stretches: [(frames: FrameRange, isSame: Bool)], committed: FrameRange
  ) {
    let shared = stretches.filter(\.isSame).map(\.frames)
    let separate = stretches.filter { !$0.isSame }.map(\.frames)
    let leak = leakage.map {
      LeakedPower($0, source: track.legs[1 - leg], settings: settings.leakage)
    }
    let activity = SpeechActivity.find(
      leg: track.legs[leg], scene: scene, leak: leak, separate: separate, shared: shared,
      settings: settings.activity)
    meters[leg].consume(
      LegSection(
        features: track.legs[leg], scene: scene, activity: activity, leakage: leakage, committed: committed,
        // The voices of both parties are told apart on the first leg alone.
        firstFrame: track.firstFrame, shared: leg == 0 ? shared : []))
  }
}
