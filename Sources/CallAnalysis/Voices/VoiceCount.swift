internal import RealModule

/// How many voices a channel carries, one, two or more, from how well one, two or three voices explain its turns, from
/// their pitch, and from its pauses: on a line where one party is heard, the turns of the other are long silences.
///
/// Raised voices are left out: anger lies further from the same person's calm than another person does, and nobody
/// talks an octave above a man all the time. `VoiceCountWeights` says how much each cue says.
struct VoiceCount {
  /// Segments with a pitch above this, in Hz, are of a raised voice and do not count as a voice's own, unless half of
  /// the talk is: the pitch of women who converse has a mean of 210 Hz and a deviation of 20 (Traunmueller and
  /// Eriksson 1995).
  private static let raisedHz = 265.0
  /// Somebody raises the voice, and one change explains more than this share of the turns, 0 to 1: that is a mood
  /// of one person.
  private static let moodShare = 0.97
  /// The logarithms of the odds of two voices over one, as if both were as common, between which nothing is told. A
  /// recording of a call has two as a rule, four in five: so less is one, and more is two, three to one and more. Figures
  /// of two parties that are one person mislead, so that even odds are not enough for them.
  private static let undecided = -Double.log(4)...(Double.log(3) - .log(4))
  /// The logarithm of the odds of a third voice over two from which there are more than two: of calls of two 1 in 100
  /// lies above, and a quarter of those with a third (our measurement).
  private static let thirdOdds = 0.8

  /// The logarithm of the odds that there are two voices, not one.
  let odds: Double
  /// The logarithm of the odds that there are three, not two.
  let oddsOfThird: Double
  /// What says that there is a second voice.
  let second: SecondVoiceCues
  /// What says that there is a third; nil where there can be none.
  let third: ThirdVoiceCues?

  /// Counts the voices of `segments`, whose points are given; `pauses` in frames are those of the whole call.
  init(_ segments: [VoiceSegment], pauses: [Int], points: VoiceMixture.Points) {
    let calm = Self.calm(segments)
    let someRaise = calm.count < segments.count
    let ownPoints = points.only(calm)
    let turns = VoiceTurns(
      calm.map { segments[$0] }, points: ownPoints,
      isSecond: VoiceMixture.pair(ownPoints).shares[1].map { $0 > 0.5 })
    let single = VoiceMixture(
      turns.points, start: [[Double](repeating: 1, count: turns.points.values.count)])
    let pair = VoiceMixture.pair(turns.points)
    second = SecondVoiceCues(turns, pair: pair, single: single, pauses: pauses)
    let isMood = someRaise && pair.labels.map { $0 == 1 }.shareOfSingleChange > Self.moodShare
    odds = isMood ? -.infinity : second.weighed(by: VoiceCountWeights.second)
    third = ThirdVoiceCues(turns, pair: pair, someRaise: someRaise)
    oddsOfThird = third?.weighed(by: VoiceCountWeights.third) ?? -.infinity
  }

  /// The number of voices.
  var voices: VoiceSeparation.Count {
    if odds < Self.undecided.lowerBound { return .one }
    if odds <= Self.undecided.upperBound { return .oneOrTwo }
    return oddsOfThird > Self.thirdOdds ? .more : .two
  }

  /// The segments that are not of a raised voice, or all where half of the talk is.
  private static func calm(_ segments: [VoiceSegment]) -> [Int] {
    let raised = Talkspurt.semitones(raisedHz)
    let calm = segments.indices.filter { segments[$0].semitones ?? 0 <= raised }
    let talk = calm.reduce(0) { $0 + segments[$1].strong }
    return 2 * talk < segments.reduce(0) { $0 + $1.strong } ? Array(segments.indices) : calm
  }
}
