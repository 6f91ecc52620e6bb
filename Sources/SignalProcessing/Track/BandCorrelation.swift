internal import CVectors

/// How the spectra of two legs go together: the correlation of bands in dB, each about its own mean, over some frames.
public struct BandCorrelation: Sendable {
  /// The number of frames.
  public private(set) var count = 0
  private var sums = [Float](repeating: 0, count: 5 * 24)

  /// A correlation of no frames.
  public init() {}

  /// Adds some frames of a leg with those `lag` frames later of another; both legs have them.
  public mutating func add(_ leg: LegTrack, _ other: LegTrack, lag: Int, at places: [Int]) {
    precondition(
      places.allSatisfy { leg.frames.indices.contains($0) && other.frames.indices.contains($0 + lag) })
    leg.withBands { xs, stride in
      other.withBands { ys, _ in
        correlateBands(xs, ys, stride: stride, at: places, count: places.count, lag: lag, into: &sums)
      }
    }
    count += places.count
  }

  /// From -1 to 1; 0 where either stands still.
  public var value: Float {
    let count = Float(count)
    var (vx, vy, vxy): (Float, Float, Float) = (0, 0, 0)
    // The third vector begins with five bands of the second.
    for band in Array(0..<16) + Array(21..<24) {
      let (x, y) = (sums[band], sums[24 + band])
      vx += sums[48 + band] - x * x / count
      vy += sums[72 + band] - y * y / count
      vxy += sums[96 + band] - x * y / count
    }
    return vx > 0 && vy > 0 ? vxy / (vx * vy).squareRoot() : 0
  }
}
