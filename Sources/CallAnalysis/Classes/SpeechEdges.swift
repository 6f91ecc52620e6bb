internal import CallModel

/// Moves the edges of runs of speech to where the sound rises over the noise: the model weighs what is around a frame,
/// which blurs edges by some frames.
enum SpeechEdges {
  /// Sound is there above this ratio, in dB (our measurement: 2 and 2.5 give the same results).
  private static let soundDb: Float = 2
  /// How far an edge moves at most: the ends of words fall by 10 dB in that time.
  private static let reach = Frames.count(milliseconds: 150)
  /// What is left of a run at least.
  private static let shortest = Frames.count(milliseconds: 60)

  /// A run without the noise at its ends.
  ///
  /// - Parameter ratio: the whitened ratio of each frame over the noise, in dB.
  static func trimmed(_ run: FrameRange, ratio: [Float]) -> FrameRange {
    guard run.count > shortest else { return run }
    let last = run.reversed().prefix(reach).first { ratio[$0] > soundDb }
    let end = max(run.lowerBound + shortest, last.map { $0 + 1 } ?? run.upperBound)
    let first = run.prefix(reach).first { ratio[$0] > soundDb }
    return min(end - shortest, first ?? run.lowerBound)..<end
  }
}
