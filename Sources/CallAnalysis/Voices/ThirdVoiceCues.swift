internal import CallModel
internal import RealModule

/// What says that there is a third voice, or how much each of it says.
struct ThirdVoiceCues: Sendable, Encodable {
  /// 1.
  var constant: Double
  /// The evidence for three voices over two, as a logarithm with a sign.
  var evidence: Double

  /// The cues by their weights.
  func weighed(by weights: Self) -> Double {
    constant * weights.constant + evidence * weights.evidence
  }
}

extension ThirdVoiceCues {
  /// A voice with fewer distinct turns than this is not cut in two.
  private static let minimumSplitTurns = 3
  /// Each of three voices has so many distinct turns at least: a single sound is no voice.
  private static let minimumTurns = 2
  /// With less talk than this, in s, nobody is a third voice (our measurement).
  private static let minimumTalkS = 3.0
  /// A voice is cut at the medians of so many axes, those in which parties differ most.
  private static let axes = 4
  /// Three voices take longer to settle than two.
  private static let rounds = 16
  /// The difference of the evidence is counted in these units, as when the weights were fitted.
  private static let evidenceScale = 5.0
  /// The two voices that are most alike are moods of one where they lie this far apart in pitch, in semitones:
  /// different people who sound alike do not, and acted anger is an octave higher (our measurement).
  private static let moodSemitones = 10.0
  /// They are moods too where somebody raises the voice and one change explains more than this share of their
  /// turns, 0 to 1.
  private static let moodShare = 0.9

  /// The cues of some turns as three voices, against the same as two; nil where the third has too little talk, or
  /// the two most alike are one person's moods.
  init?(_ turns: VoiceTurns, pair: VoiceMixture, someRaise: Bool) {
    guard let best = Self.bestFit(of: turns.points, pair: pair) else { return nil }
    let voices = best.labels
    for voice in 0..<3 {
      guard voices.count(where: { $0 == voice }) >= Self.minimumTurns,
        turns.talk(of: voice, in: voices) >= Double(Frames.count(seconds: Self.minimumTalkS))
      else { return nil }
    }
    let couples = [(0, 1), (0, 2), (1, 2)]
    let (a, b) = couples.min { best.separation($0.0, $0.1) < best.separation($1.0, $1.1) } ?? (0, 1)
    let order = turns.sounds.map { voices[$0] }.filter { $0 == a || $0 == b }.map { $0 == a }
    guard turns.pitchDistance(a, b, in: voices) < Self.moodSemitones,
      !(someRaise && order.shareOfSingleChange > Self.moodShare)
    else { return nil }
    self.init(constant: 1, evidence: .asinh((best.evidence - pair.evidence) / Self.evidenceScale))
  }

  /// The best of some fits of three voices, each begun from one of two voices cut in half along an axis.
  private static func bestFit(of points: VoiceMixture.Points, pair: VoiceMixture) -> VoiceMixture? {
    var best: VoiceMixture?
    for voice in 0..<2 {
      let own = points.values.indices.filter { pair.shares[voice][$0] > 0.5 }
      guard own.count >= minimumSplitTurns else { continue }
      for axis in 0..<axes {
        let upper = points.upperHalf(along: axis, of: own)
        let fit = VoiceMixture(
          points,
          start: [
            pair.shares[1 - voice], zip(pair.shares[voice], upper).map { $0 * $1 },
            zip(pair.shares[voice], upper).map { $0 * (1 - $1) },
          ], rounds: rounds)
        if fit.evidence > best?.evidence ?? -.infinity { best = fit }
      }
    }
    return best
  }
}
