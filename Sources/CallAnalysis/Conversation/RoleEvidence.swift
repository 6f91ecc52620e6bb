internal import CallModel
internal import SignalProcessing

/// Which leg is the agent's, from what a recording holds.
enum RoleEvidence {
  /// Decides who is on which leg: as given, else from evidence, else channel 0 is assumed to be the agent's.
  ///
  /// The leg on which ringing and holds are heard is the business's; whoever is called speaks first, and whoever
  /// calls is the first to speak at length after that. The logarithms of the odds of each sign add up.
  static func decide(
    _ wanted: ChannelRoles, record: CallRecord, signals: [[ToneSignal]], settings: AnalysisSettings
  ) -> (agentLeg: Int, roles: Roles) {
    switch wanted {
    case .left: return (0, Roles(source: .given, confidence: 1))
    case .right: return (1, Roles(source: .given, confidence: 1))
    case .auto, .first, .second: break
    }
    let starts = record.legs.map { $0.speech.first?.lowerBound ?? Int.max }
    if wanted != .auto, starts[0] != starts[1] {
      return ((starts[0] < starts[1]) == (wanted == .first) ? 0 : 1, Roles(source: .given, confidence: 1))
    }
    let rules = settings.roles
    var odds = 0.0
    func weigh(_ weight: Double, _ isLeft: Bool, _ isRight: Bool) {
      if isLeft != isRight { odds += isLeft ? weight : -weight }
    }
    func has(_ leg: Int, _ type: CallEvent.Kind) -> Bool { signals[leg].contains { $0.type == type } }
    weigh(rules.ring, has(0, .ringback), has(1, .ringback))
    let holds = (0..<2).map { !record.legs[$0].music.isEmpty || has($0, .hold) }
    weigh(rules.hold, holds[0], holds[1])
    let speech = record.legs.map(\.speech)
    weigh(rules.speaksFirst, starts[0] < starts[1], starts[1] < starts[0])
    if let silent = speech.firstIndex(where: \.isEmpty) {
      if !speech[1 - silent].isEmpty { weigh(rules.speaksAlone, silent == 1, silent == 0) }
    } else {
      // The names are of no matter here.
      let turns = Turns(talkspurts: [.agent: speech[0], .customer: speech[1]], settings: settings.turns).turns
      let long = turns.dropFirst().first { $0.frames.count >= frames(s: rules.longTurnS) }?.party
      weigh(rules.speaksLong, long == .customer, long == .agent)
    }
    guard odds != 0 else { return (0, Roles(source: .assumed, confidence: 0)) }
    let confidence = 1 / (1 + exponential(-abs(odds)))
    return (odds > 0 ? 0 : 1, Roles(source: .inferred, confidence: confidence))
  }
}
