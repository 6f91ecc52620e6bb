internal import CallModel
internal import RealModule

/// Which leg is the agent's, from what a recording with two legs holds.
///
/// A ring on a leg says that this party was called, a hold that it is the business; `RoleEvidence` has what the turns
/// say. The logarithms of odds add up.
enum LegRoles {
  /// The leg that rings is that of the party that is called.
  private static let ring = 3.0
  /// The music and the beeps of a hold are on the leg of the business.
  private static let hold = 3.0
  /// A leg that alone carries speech plays announcements, or calls a person whose line is dead.
  private static let speaksAlone = 1.7

  /// Decides which leg is the agent's: as requested, else from evidence, else the first is assumed to be.
  static func decide(
    _ requested: ChannelRoles, direction: CallDirection? = nil, legs: ByLeg<LegRecord>,
    signals: ByLeg<[ToneSignal]>, settings: TurnSettings
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
    // What depends on the order of the legs, as where turns start together, is no sign.
    let odds =
      (odds(legs, signals, direction, settings)
        - self.odds(legs.swapped, signals.swapped, direction, settings)) / 2
    guard odds != 0 else { return (.first, Roles(source: .assumed, confidence: 0)) }
    return (
      odds > 0 ? .first : .second, Roles(source: .inferred, confidence: 1 / (1 + .exp(-abs(odds))))
    )
  }

  /// The logarithm of the odds that the first leg is the agent's.
  private static func odds(
    _ legs: ByLeg<LegRecord>, _ signals: ByLeg<[ToneSignal]>, _ direction: CallDirection?,
    _ settings: TurnSettings
  ) -> Double {
    /// The leg that alone shows a sign.
    func only(_ shows: ByLeg<Bool>) -> Leg? {
      shows[.first] == shows[.second] ? nil : shows[.first] ? .first : .second
    }
    var evidence = RoleEvidence<Leg>(direction: direction)
    let speech = legs.map(\.speech)
    let rings = signals.map { $0.contains { $0.type == .ringback } }
    evidence.addCalled(ring, only(rings))
    evidence.addAgent(
      hold, only(ByLeg { leg in !legs[leg].music.isEmpty || signals[leg].contains { $0.type == .hold } }))
    evidence.addAgent(speaksAlone, only(speech.map { !$0.isEmpty }))
    evidence.add(Turns(talkspurts: speech, settings: settings).turns, rang: rings[.first] || rings[.second])
    return evidence.odds
  }
}
