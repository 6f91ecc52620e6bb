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
  /// A frame of the call that is to be explained.
  var explainedFrame: Int?
  /// Its explanation, for each leg.
  private(set) var explanations: [FrameExplanation] = []

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
    let levels = track.legs.map { LegLevels(of: $0, count: count, settings: settings.activity) }
    let stretches = stretches(of: track, levels: levels, committed: local)
    let scenes = LegScene.scenes(of: track.legs, levels: levels, settings: settings)
    let leakages = scenes.indices.map {
      leakage(onto: $0, track, scenes: scenes, separate: stretches.separate)
    }
    let activities = SpeechActivity.find(
      track, scenes: scenes, leakages: leakages, stretches: stretches, settings: settings.activity)
    if let frame = explainedFrame, committed.contains(frame) {
      let local = frame - track.firstFrame
      let isShared = stretches.shared.contains { $0.contains(local) }
      let search = SpeechSearch(
        track, scenes: scenes, leakages: leakages, parties: isShared ? .both : .one,
        stretches: stretches.shared.isEmpty || stretches.separate.isEmpty
          ? nil : isShared ? stretches.shared : stretches.separate,
        settings: settings.activity)
      explanations = scenes.indices.map {
        search.explanation(
          leg: $0, frame: local, scene: scenes[$0], firstFrame: track.firstFrame)
      }
    }
    for leg in scenes.indices {
      meters[leg].consume(
        LegSection(
          features: track.legs[leg], scene: scenes[leg], activity: activities[leg], leakage: leakages[leg],
          committed: local, firstFrame: track.firstFrame,
          // The voices of both parties are told apart on the first leg alone.
          shared: leg == 0 ? stretches.shared : []))
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

  /// Where the legs carry one party each, and where both carry both: decided from the levels alone. A single leg
  /// carries both throughout.
  private mutating func stretches(
    of track: FeatureTrack, levels: [LegLevels], committed: FrameRange
  ) -> SectionStretches {
    guard levels.count == 2 else {
      return SectionStretches(separate: [], shared: [0..<levels[0].level.count])
    }
    let same = SameSound(
      levels: ByLeg(levels[0].level, levels[1].level), firstFrame: track.firstFrame)
    let part = same.compared(in: committed)
    compared = (compared.all + part.all, compared.same + part.same)
    let shared = same.stretches.filter(\.isSame).map(\.frames)
    self.shared += shared.intersection([committed]).map {
      $0.lowerBound + track.firstFrame..<$0.upperBound + track.firstFrame
    }
    return SectionStretches(
      separate: same.stretches.filter { !$0.isSame }.map(\.frames), shared: shared)
  }

  /// How the other leg's voice is heard on a leg, where each carries a party of its own; nil where it is not.
  private func leakage(
    onto leg: Int, _ track: FeatureTrack, scenes: [LegScene], separate: [FrameRange]
  ) -> Leakage? {
    guard scenes.count == 2, !separate.isEmpty else { return nil }
    let pair = LegPair(
      source: track.legs[1 - leg], target: track.legs[leg], sourceScene: scenes[1 - leg],
      targetScene: scenes[leg], stretches: separate)
    return Leakage(in: pair, settings: settings.leakage)
  }
}
