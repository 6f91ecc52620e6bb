internal import CallModel
internal import SignalProcessing

/// Which leg is the agent's, from what a recording holds.
enum RoleEvidence {
  /// Decides who is on which leg: as given, else from evidence, else channel 0 is assumed to be the agent's.
  ///
  /// The leg on which ringing, music and announcements are heard is the business's; and whoever answers speaks
  /// first. The weights are the odds by which each sign decides, as natural logarithms.
  static func decide(_ wanted: ChannelRoles, record: CallRecord, signals: [[ToneSignal]]) -> (
    agentLeg: Int, roles: Roles
  ) {
    switch wanted {
    case .left: return (0, Roles(source: .given, confidence: 1))
    case .right: return (1, Roles(source: .given, confidence: 1))
    case .auto, .first, .second: break
    }
    let starts = record.legs.map { $0.speech.first?.lowerBound ?? Int.max }
    if wanted != .auto, starts[0] != starts[1] {
      return ((starts[0] < starts[1]) == (wanted == .first) ? 0 : 1, Roles(source: .given, confidence: 1))
    }
    var odds = 0.0
    func weigh(_ weight: Double, _ left: Bool, _ right: Bool) {
      if left != right { odds += left ? weight : -weight }
    }
    func has(_ leg: Int, _ type: CallEvent.Kind) -> Bool { signals[leg].contains { $0.type == type } }
    weigh(3, has(0, .ringback), has(1, .ringback))
    weigh(3, !record.legs[0].music.isEmpty, !record.legs[1].music.isEmpty)
    weigh(1, starts[0] < starts[1], starts[1] < starts[0])
    guard odds != 0 else { return (0, Roles(source: .assumed, confidence: 0)) }
    let confidence = 1 / (1 + exponential(-abs(odds)))
    return (odds > 0 ? 0 : 1, Roles(source: .inferred, confidence: confidence))
  }
}
