internal import CallModel
internal import RealModule

/// Which leg is the agent's, from what a recording with two legs holds.
///
/// The leg on which ringing and holds are heard is the business's; whoever is called speaks first, and whoever
/// calls is the first to speak at length after that. Each sign weighs by the logarithm of the odds with which it
/// tells the agent's leg, and the logarithms add up. The weights of speech are fitted to simulated calls (logistic
/// regression, our measurement).
enum LegRoles {
  /// Ringing is heard on the leg of the business that is called.
  private static let ring = 3.0
  /// So are the music and the beeps of a hold.
  private static let hold = 3.0
  /// Who is called speaks first.
  private static let speaksFirst = 0.9
  /// Who calls is the first to speak for long after the first turn, which greets.
  private static let speaksLong = 1.4
  /// Such a turn lasts at least this long, in s: greetings that are returned are shorter.
  private static let longTurnS = 2.5
  /// A leg that alone carries speech plays announcements, or calls a person whose line is dead.
  private static let speaksAlone = 1.7

  /// Decides which leg is the agent's: as requested, else from evidence, else the first is assumed to be.
  static func decide(
    _ requested: ChannelRoles, legs: ByLeg<LegRecord>, signals: ByLeg<[ToneSignal]>, settings: TurnSettings
  ) -> (agent: Leg, roles: Roles) {
    let given = Roles(source: .given, confidence: 1)
    let starts = legs.map { $0.speech.first?.lowerBound ?? Int.max }
    let earlier: Leg? =
      starts[.first] == starts[.second] ? nil : starts[.first] < starts[.second] ? .first : .second
    switch (requested, earlier) {
    case (.left, _): return (.first, given)
    case (.right, _): return (.second, given)
    case (.first, let leg?): return (leg, given)
    case (.second, let leg?): return (leg.other, given)
    case (.auto, _), (.first, nil), (.second, nil): break
    }
    let odds = odds(legs, signals, earlier: earlier, settings: settings)
    guard odds != 0 else { return (.first, Roles(source: .assumed, confidence: 0)) }
    return (
      odds > 0 ? .first : .second, Roles(source: .inferred, confidence: 1 / (1 + .exp(-abs(odds))))
    )
  }

  /// The logarithm of the odds that the first leg is the agent's.
  private static func odds(
    _ legs: ByLeg<LegRecord>, _ signals: ByLeg<[ToneSignal]>, earlier: Leg?, settings: TurnSettings
  ) -> Double {
    /// A sign that only one of the legs shows.
    func weigh(_ weight: Double, _ shows: ByLeg<Bool>) -> Double {
      shows[.first] == shows[.second] ? 0 : shows[.first] ? weight : -weight
    }
    func weigh(_ weight: Double, _ leg: Leg?) -> Double {
      leg.map { $0 == .first ? weight : -weight } ?? 0
    }
    let speech = legs.map(\.speech)
    let isSilent = speech.map(\.isEmpty)
    let rings = signals.map { $0.contains { $0.type == .ringback } }
    let holds = ByLeg { leg in !legs[leg].music.isEmpty || signals[leg].contains { $0.type == .hold } }
    var sum = weigh(ring, rings) + weigh(hold, holds) + weigh(speaksFirst, earlier)
    if isSilent[.first] || isSilent[.second] {
      sum += weigh(speaksAlone, isSilent.swapped)
    } else {
      // Turns that start together come in the order of the legs: a sign that depends on it is none.
      let long = longSpeaker(speech, settings)
      let isCertain = long == longSpeaker(speech.swapped, settings)?.other
      sum += weigh(speaksLong, isCertain ? long?.other : nil)
    }
    return sum
  }

  /// The leg that is the first to speak for long after the first turn; nil where none does.
  private static func longSpeaker(_ speech: ByLeg<[FrameRange]>, _ settings: TurnSettings) -> Leg? {
    Turns(talkspurts: speech, settings: settings).turns.dropFirst()
      .first { $0.frames.count >= Frames.count(seconds: longTurnS) }?.speaker
  }
}
