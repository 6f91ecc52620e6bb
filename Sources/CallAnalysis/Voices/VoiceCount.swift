internal import SignalProcessing

/// How many voices a channel carries, one, two or more, from how well one, two or three voices explain its turns, from
/// level and pitch, and from its pauses: on a line where one party is heard, the turns of the other are long silences.
///
/// Raised voices are left out: anger lies further from the same person's calm than another person does, and nobody
/// talks an octave above a man all the time. `VoiceCountWeights` says how much each cue tells.
struct VoiceCount {
  /// The logarithm of the odds that there are two voices, not one.
  var odds: Double
  /// The logarithm of the odds that there are three, not two.
  var oddsOfThird: Double
  /// What tells of a second voice.
  var second: SecondVoiceCues
  /// What tells of a third; nil where there can be none.
  var third: ThirdVoiceCues?

  /// Counts the voices of `segments`, whose points are given; `pauses` in frames are those of the whole call.
  init(_ segments: [VoiceSegment], pauses: [Int], points: VoiceMixture.Points, settings: VoicesSettings) {
    let raised = Talkspurt.semitones(settings.raisedHz)
    var calm = segments.indices.filter { segments[$0].semitones ?? 0 <= raised }
    let talk = calm.reduce(0) { $0 + segments[$1].strong }
    if 2 * talk < segments.reduce(0, { $0 + $1.strong }) { calm = Array(segments.indices) }
    let someRaise = calm.count < segments.count
    let own = calm.map { segments[$0] }
    let ownPoints = points.only(calm)
    let turns = VoiceTurns(
      own, points: ownPoints, second: VoiceMixture.pair(ownPoints).shares[1].map { $0 > 0.5 },
      settings: settings)
    let single = VoiceMixture(
      turns.points, start: [[Double](repeating: 1, count: turns.points.values.count)])
    let pair = VoiceMixture.pair(turns.points)
    let voices = pair.labels
    let long = Double(pauses.count { $0 > frames(s: settings.silentTurnS) })
    let share = turns.talk { voices[$0] == 0 } / turns.talk.reduce(0, +)
    second = SecondVoiceCues(
      constant: 1, evidence: inverseHyperbolicSine((pair.evidence - single.evidence) / 3),
      turns: naturalLogarithm(Double(voices.count)),
      spread: naturalLogarithm(pair.separation(0, 1) * share * (1 - share) + 0.2),
      silence: naturalLogarithm((long + 0.5) / (Double(pauses.count) - long + 1.5)),
      level: naturalLogarithm(Self.distance([0, 1].map { v in turns.level { voices[$0] == v } }) + 1),
      pitch: naturalLogarithm(Self.distance([0, 1].map { v in turns.pitch { voices[$0] == v } }) + 1))
    // Somebody is angry, and the voices changed but once: that is a mood.
    odds =
      someRaise && Self.once(voices.map { $0 == 1 }) > 0.97
      ? -.infinity : second.weighed(by: VoiceCountWeights.second)
    third = Self.third(turns, pair: pair, someRaise: someRaise, settings: settings)
    oddsOfThird = third?.weighed(by: VoiceCountWeights.third) ?? -.infinity
  }

  /// What the best fit of three explains more than two. Where the two most alike are far apart in pitch, or somebody
  /// raises the voice and one of the two only follows the other, they are one person's moods.
  private static func third(
    _ turns: VoiceTurns, pair: VoiceMixture, someRaise: Bool, settings: VoicesSettings
  ) -> ThirdVoiceCues? {
    let points = turns.points
    var best: VoiceMixture?
    for voice in 0..<2 {
      let own = points.values.indices.filter { pair.shares[voice][$0] > 0.5 }
      guard own.count >= 3 else { continue }
      for axis in 0..<4 {
        let upper = points.upperHalf(along: axis, of: own)
        let fit = VoiceMixture(
          points,
          start: [
            pair.shares[1 - voice], zip(pair.shares[voice], upper).map { $0 * $1 },
            zip(pair.shares[voice], upper).map { $0 * (1 - $1) },
          ], rounds: 16)
        if fit.evidence > best?.evidence ?? -.infinity { best = fit }
      }
    }
    guard let best else { return nil }
    let voices = best.labels
    for voice in 0..<3 {
      guard voices.count(where: { $0 == voice }) >= 2,
        turns.talk(of: { voices[$0] == voice }) >= Double(frames(s: settings.thirdTalkS))
      else { return nil }
    }
    let couples = [(0, 1), (0, 2), (1, 2)]
    let (a, b) = couples.min { best.separation($0.0, $0.1) < best.separation($1.0, $1.1) } ?? (0, 1)
    let pitches = [a, b].map { voice in turns.pitch { voices[$0] == voice } }
    let order = turns.sounds.map { voices[$0] }.filter { $0 == a || $0 == b }.map { $0 == a }
    guard distance(pitches) < settings.moodSemitones, !(someRaise && once(order) > 0.9) else { return nil }
    return ThirdVoiceCues(
      constant: 1, evidence: inverseHyperbolicSine((best.evidence - pair.evidence) / 5),
      turns: naturalLogarithm(Double(voices.count)))
  }

  /// The share of a row of yes and no that one change from one to the other explains.
  private static func once(_ row: [Bool]) -> Double {
    let total = row.count(where: \.self)
    var before = 0
    var most = 0
    for (index, value) in row.enumerated() {
      before += value ? 1 : 0
      let noAfter = row.count - index - 1 - (total - before)
      most = max(most, before + noAfter, row.count - before - noAfter)
    }
    return row.isEmpty ? 1 : Double(most) / Double(row.count)
  }

  /// The distance of two figures; 0 where one is unknown.
  private static func distance(_ figures: [Double?]) -> Double {
    guard let a = figures[0], let b = figures[1] else { return 0 }
    return abs(a - b)
  }
}
