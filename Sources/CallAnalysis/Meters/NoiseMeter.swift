internal import CallModel
internal import SignalProcessing

/// The levels of a leg's line beside speech, tones and music.
struct NoiseMeter: LegMeter {
  /// No levels: steps of half a decibel from -100 dBov.
  static let noLevels = ValueCounts(from: -100, steps: 200, perUnit: 2)

  private var levels = noLevels
  /// Speech fades out of sight a little before and after it is found, in frames.
  private static let margin = 10

  mutating func consume(_ section: LegSection) {
    var apart = section.scene.usable
    for run in section.speech {
      for frame in max(0, run.lowerBound - Self.margin)..<min(apart.count, run.upperBound + Self.margin) {
        apart[frame] = false
      }
    }
    levels.add(section.scene.level, in: section.committed, where: apart)
  }

  consuming func finish() -> ValueCounts { levels }
}
