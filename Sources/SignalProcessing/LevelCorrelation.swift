internal import CVectors

/// How two legs' levels go together, where the second lies well below the first.
public struct LevelCorrelation {
  private let firsts: [Float]
  private let seconds: [Float]
  private let count: Int

  /// Levels in dB, frame by frame: minus infinity on the first leg and plus infinity on the second where they
  /// are not to be compared.
  public init(_ firsts: [Float], _ seconds: [Float]) {
    count = min(firsts.count, seconds.count)
    self.firsts = firsts.prefix(count) + [Float](repeating: -.infinity, count: 16)
    self.seconds = seconds.prefix(count) + [Float](repeating: .infinity, count: 16)
  }

  /// The correlation with the second leg `lag` frames later, over the frames where that lies by more than `depth`
  /// dB below the first, and the number of these frames; nil without any, or where levels stand still.
  public func correlation(lag: Int, depth: Float) -> (value: Float, count: Int)? {
    guard abs(lag) < count else { return nil }
    var sums = SIMD8<Float>()
    firsts.withUnsafeBufferPointer { firsts in
      seconds.withUnsafeBufferPointer { seconds in
        withUnsafeMutableBytes(of: &sums) { sums in
          correlate(
            firsts.baseAddress! + max(0, -lag), seconds.baseAddress! + max(0, lag), count - abs(lag), depth,
            sums.baseAddress!.assumingMemoryBound(to: Float.self))
        }
      }
    }
    let n = sums[0]
    guard n > 0 else { return nil }
    let vx = sums[3] - sums[1] * sums[1] / n
    let vy = sums[4] - sums[2] * sums[2] / n
    guard vx > 0, vy > 0 else { return nil }
    return ((sums[5] - sums[1] * sums[2] / n) / (vx * vy).squareRoot(), Int(n))
  }
}
