internal import CallModel
internal import RealModule

/// What says that there is a second voice, or how much each of it says.
struct SecondVoiceCues: Sendable, Encodable {
  /// 1.
  var constant: Double
  /// The evidence for two voices over one, as a logarithm with a sign.
  var evidence: Double
  /// How far the logarithm of the odds of long pauses lies above what is usual where both parties are heard.
  var silence: Double
  /// The logarithm of the distance of their pitches in semitones.
  var pitch: Double

  /// The cues by their weights.
  func weighed(by weights: Self) -> Double {
    constant * weights.constant + evidence * weights.evidence + silence * weights.silence
      + pitch * weights.pitch
  }
}

extension SecondVoiceCues {
  /// From this long a pause is the other party's turn, which this channel does not carry, in s: in calls of two on
  /// one channel such pauses are rare (our measurement).
  private static let silentTurnS = 1.5
  /// Between these the logarithm of the odds of long pauses tells: four of five calls of two lie below the first, three
  /// of five single legs above the second (our measurement). Beyond it more pauses say no more: dead air is long too.
  private static let silences = -2.0 ... -0.5

  /// The difference of the evidence is counted in these units, as when the weights were fitted.
  private static let evidenceScale = 3.0

  /// The cues of some turns as two voices, against the same as a single one; `pauses` in frames are those of the
  /// whole call.
  init(_ turns: VoiceTurns, pair: VoiceMixture, single: VoiceMixture, pauses: [Int]) {
    let voices = pair.labels
    let long = Double(pauses.count { $0 > Frames.count(seconds: Self.silentTurnS) })
    let odds = Double.log((long + 0.5) / (Double(pauses.count) - long + 1.5))
    // What is added before a logarithm keeps it finite.
    self.init(
      constant: 1, evidence: .asinh((pair.evidence - single.evidence) / Self.evidenceScale),
      silence: min(max(odds, Self.silences.lowerBound), Self.silences.upperBound) - Self.silences.lowerBound,
      pitch: .log(turns.pitchDistance(0, 1, in: voices) + 1))
  }
}
