internal import RealModule

/// What says how much of the talk has its right voice, or how much each of it says.
struct VoiceConfidenceCues: Sendable, Encodable {
  /// 1.
  var constant: Double
  /// The logarithm of the variance between the voices in that within, along the line of their means.
  var contrast: Double
  /// The logarithm of the odds of two voices over one.
  var second: Double

  /// The cues by their weights.
  func weighed(by weights: Self) -> Double {
    constant * weights.constant + contrast * weights.contrast + second * weights.second
  }
}

extension VoiceConfidenceCues {
  /// The least odds of two voices that count: below them one voice is told.
  private static let lowestOdds = -3.0

  /// The cues of segments in two voices.
  init(_ points: VoiceMixture.Points, pair: VoiceMixture, number: VoiceCount) {
    // What is added before a logarithm keeps it finite.
    self.init(
      constant: 1, contrast: .log(pair.contrast(points) + 3), second: max(Self.lowestOdds, number.odds))
  }
}
