internal import CVectors

/// The mean and the spread of the shape of a leg's spectrum over some steps. The shape is the level of each band less the
/// mean over bands, as binary logarithms of power.
public struct Timbre: Sendable {
  /// The number of steps.
  public private(set) var count = 0
  private var sums = [Float](repeating: 0, count: 2 * shapeSize)

  /// Bands 0 to 15, then 11 to 18, of which the first five are empty: as the kernels have them.
  private static let shapeSize = 24
  /// A variance that is added to each band's, in squared units of 3 dB: 2 dB, below the spread of any voice.
  private static let smallestVariance: Float = 0.44

  /// Adds up the shapes of the steps of a leg that are chosen.
  public init(of leg: LegTrack, where isChosen: [Bool]) {
    leg.withSteps(where: isChosen) { bands, stride, chosen in
      count = addShapes(bands, stride: stride, where: chosen, count: isChosen.count, to: &sums)
    }
  }

  /// How likely it is that each chosen step of a leg has this timbre rather than another: the mean over bands of the
  /// logarithm of the ratio of two normal distributions, -5 to 5; 0 in other steps. O(n).
  public func logOdds(
    against other: Timbre, of leg: LegTrack, where isChosen: [Bool]
  ) -> [Float] {
    precondition(count > 0 && other.count > 0)
    let (own, others) = (distribution(), other.distribution())
    return leg.measured(where: isChosen) { bands, stride, chosen, odds in
      compareShapes(
        bands, stride: stride, where: chosen, count: isChosen.count, own: own.shape, other: others.shape,
        into: odds)
      for step in isChosen.indices where chosen[step] != 0 {
        let value =
          (odds[step] + others.logarithms - own.logarithms) / (2 * Float(FrameFeatures.bandCount))
        odds[step] = min(max(value, -5), 5)
      }
    }
  }

  /// The means and one over the variances of the bands, and the sum of the variances' logarithms.
  private func distribution() -> (shape: [Float], logarithms: Float) {
    var shape = [Float](repeating: 0, count: 2 * Self.shapeSize)
    var logarithms: Float = 0
    for place in 0..<Self.shapeSize where place < 16 || place >= 21 {
      let mean = sums[place] / Float(count)
      let variance =
        max(0, sums[Self.shapeSize + place] / Float(count) - mean * mean) + Self.smallestVariance
      shape[place] = mean
      shape[Self.shapeSize + place] = 1 / variance
      logarithms += decibels(variance) * 0.2302585
    }
    return (shape, logarithms)
  }
}
