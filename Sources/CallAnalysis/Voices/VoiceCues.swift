internal import SignalProcessing

/// What the voices of a recording were counted from.
package struct VoiceCues: Sendable, Encodable {
  /// What tells of a second voice; nil where hardly anything is said.
  var second: SecondVoiceCues?
  /// What tells of a third; nil where there can be none.
  var third: ThirdVoiceCues?
  /// What tells how much of the talk has its right voice.
  var confidence: VoiceConfidenceCues?
  /// Where each segment begins and ends, in s, and its voice, 0 or 1.
  var segments: [[Double]] = []
}

/// What tells of a second voice, or how much each of it tells.
package struct SecondVoiceCues: Sendable, Encodable {
  /// 1.
  var constant: Double
  /// The evidence for two voices over one, as a logarithm with a sign.
  var evidence: Double
  /// The logarithm of the number of distinct turns.
  var turns: Double
  /// The logarithm of the variance that two voices explain.
  var spread: Double
  /// The logarithm of the odds of long pauses.
  var silence: Double
  /// The logarithm of the distance of their levels in dB.
  var level: Double
  /// The logarithm of the distance of their pitches in semitones.
  var pitch: Double

  /// The cues by their weights.
  func weighed(by weights: Self) -> Double {
    constant * weights.constant + evidence * weights.evidence + turns * weights.turns
      + spread * weights.spread + silence * weights.silence + level * weights.level + pitch * weights.pitch
  }
}

/// What tells of a third voice, or how much each of it tells.
package struct ThirdVoiceCues: Sendable, Encodable {
  /// 1.
  var constant: Double
  /// The evidence for three voices over two, as a logarithm with a sign.
  var evidence: Double
  /// The logarithm of the number of distinct turns: in a long call any voice falls in three.
  var turns: Double

  /// The cues by their weights.
  func weighed(by weights: Self) -> Double {
    constant * weights.constant + evidence * weights.evidence + turns * weights.turns
  }
}

/// What tells how much of the talk has its right voice, or how much each of it tells.
package struct VoiceConfidenceCues: Sendable, Encodable {
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
  /// Weighs `shares`, how likely each segment is the second voice's.
  init(_ shares: [Double], points: VoiceMixture.Points, pair: VoiceMixture, number: VoiceCount) {
    let weight = points.weights.reduce(0, +)
    let certain = zip(shares, points.weights).reduce(0) { $0 + abs(2 * $1.0 - 1) * $1.1 } / weight
    self.init(
      constant: 1, contrast: naturalLogarithm(pair.contrast(points) + 3),
      doubt: naturalLogarithm(1.01 - certain), second: min(max(number.odds, -3), 3),
      third: max(number.oddsOfThird, -1)
    )
  }
}
