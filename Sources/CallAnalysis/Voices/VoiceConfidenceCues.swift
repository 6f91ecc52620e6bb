internal import RealModule

/// What says how much of the talk has its right voice, or how much each of it says.
struct VoiceConfidenceCues: Sendable, Encodable {
  /// 1.
  var constant: Double
  /// The logarithm of the variance between the voices in that within, along the line of their means.
  var contrast: Double
  /// The logarithm of how uncertain the segments' voices are.
  var doubt: Double
  /// The logarithm of the odds of two voices over one.
  var second: Double
  /// The logarithm of the odds of a third.
  var third: Double

  /// The cues by their weights.
  func weighed(by weights: Self) -> Double {
    constant * weights.constant + contrast * weights.contrast + doubt * weights.doubt
      + second * weights.second + third * weights.third
  }
}

extension VoiceConfidenceCues {
  /// The odds of two voices and of a third are bounded, as when the weights were fitted: beyond, they say no more.
  private static let oddsOfTwo = -3.0...3.0
  private static let minimumOddsOfThird = -1.0

  /// The cues of segments, of which `shares` says how likely each is the second voice's.
  init(_ shares: [Double], points: VoiceMixture.Points, pair: VoiceMixture, number: VoiceCount) {
    let weight = points.weights.reduce(0, +)
    let certain = zip(shares, points.weights).reduce(0) { $0 + abs(2 * $1.0 - 1) * $1.1 } / weight
    // What is added before a logarithm keeps it finite.
    self.init(
      constant: 1, contrast: .log(pair.contrast(points) + 3), doubt: .log(1.01 - certain),
      second: min(max(number.odds, Self.oddsOfTwo.lowerBound), Self.oddsOfTwo.upperBound),
      third: max(number.oddsOfThird, Self.minimumOddsOfThird))
  }
}
