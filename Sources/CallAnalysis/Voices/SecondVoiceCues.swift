internal import CallModel
internal import RealModule

/// What says that there is a second voice, or how much each of it says.
struct SecondVoiceCues: Sendable, Encodable {
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

extension SecondVoiceCues {
  /// From this long a pause is the other party's turn, which this channel does not carry, in s: in calls of two on
  /// one channel such pauses are rare (our measurement).
  private static let silentTurnS = 1.5

  /// The difference of the evidence is counted in these units, as when the weights were fitted.
  private static let evidenceScale = 3.0

  /// The cues of some turns as two voices, against the same as a single one; `pauses` in frames are those of the
  /// whole call.
  init(_ turns: VoiceTurns, pair: VoiceMixture, single: VoiceMixture, pauses: [Int]) {
    let voices = pair.labels
    let long = Double(pauses.count { $0 > Frames.count(seconds: Self.silentTurnS) })
    let share = turns.talk(of: 0, in: voices) / turns.allTalk
    // What is added before a logarithm keeps it finite.
    self.init(
      constant: 1, evidence: .asinh((pair.evidence - single.evidence) / Self.evidenceScale),
      turns: .log(Double(voices.count)),
      spread: .log(pair.separation(0, 1) * share * (1 - share) + 0.2),
      silence: .log((long + 0.5) / (Double(pauses.count) - long + 1.5)),
      level: .log(turns.levelDistance(0, 1, in: voices) + 1),
      pitch: .log(turns.pitchDistance(0, 1, in: voices) + 1))
  }
}
