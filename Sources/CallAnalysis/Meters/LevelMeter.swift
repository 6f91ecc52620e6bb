internal import CallModel
internal import SignalProcessing

/// The active speech level of a leg (ITU-T P.56, method B), over its speech alone.
struct LevelMeter: LegMeter {
  private var level = SpeechLevel()
  /// What of the pauses before and after speech enters too, in frames: the recommendation's envelope of 30 ms rises
  /// and falls, and its hangover lasts 200 ms.
  private static let before = 5
  private static let after = 25

  mutating func consume(_ section: LegSection) {
    let around = section.speech.map {
      max(
        section.committed.lowerBound, $0.lowerBound - Self.before)..<min(
          section.committed.upperBound, $0.upperBound + Self.after)
    }
    for run in around.bridged(gap: 1) {
      for frame in run { level.consume(section.features.frames[frame]) }
    }
  }

  consuming func finish() -> SpeechLevel { level }
}
