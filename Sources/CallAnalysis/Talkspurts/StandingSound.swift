internal import CallModel

/// Sound above the noise and away from voiced runs whose level stands still: speech moves, machines and rooms do not.
enum StandingSound {
  /// The window in which the level stands still, in ms: syllables follow each other faster.
  private static let windowMs = 200.0
  /// The level stands still where its standard deviation is below this, in dB (our measurement).
  private static let deviationDb: Float = 1.4
  /// Frames this near the core are left alone, in ms: fricatives and held vowels stand still too.
  private static let apartMs = 50.0
  /// The mean level lies at least this far below the loud talk, in dB (our measurement).
  private static let depthDb: Float = 8
  /// The lowest ratio, in dB: the floor below always stands still.
  private static let minimumRatioDb: Float = 3

  /// The windows of standing sound; they overlap.
  static func find(_ input: SpeechInput, core: VoicedCore) -> [FrameRange] {
    let width = Frames.count(milliseconds: windowMs)
    let margin = Frames.count(milliseconds: apartMs)
    let near = core.runs.map {
      max(0, $0.lowerBound - margin)..<min(input.count, $0.upperBound + margin)
    }.mask(count: input.count)
    var (sum, squares) = (0.0, 0.0)
    var length = 0
    var result: [FrameRange] = []
    for frame in 0..<input.count {
      guard !near[frame], input.ratio[frame] >= minimumRatioDb else {
        (sum, squares, length) = (0, 0, 0)
        continue
      }
      let level = input.steadyLevel[frame] - core.loud
      sum += Double(level)
      squares += Double(level * level)
      length += 1
      guard length >= width else { continue }
      if length > width {
        let oldest = input.steadyLevel[frame - width] - core.loud
        sum -= Double(oldest)
        squares -= Double(oldest * oldest)
      }
      let mean = Float(sum) / Float(width)
      let variance = Float(squares) / Float(width) - mean * mean
      if mean < -depthDb, variance < deviationDb * deviationDb {
        result.append(frame + 1 - width..<frame + 1)
      }
    }
    return result
  }
}
