internal import CallModel

extension SummaryMapping {
  /// Fields of a party that one channel does not show, though the voices are told apart.
  private static let unknownOfVoices = ["noise_dbov", "line.one_way", "line.leakage_db"]
  /// Fields that need to know who is who.
  private static let unknownWithoutParties = [
    "opening.first_speaker", "opening.greeting_s", "opening.greeting_latency_s", "ending.cut_party",
  ]
  /// Fields that one channel never shows.
  private static let unknownOnOneChannel = [
    "conversation.overlap_s", "conversation.floor_transfer_s", "conversation.leg_skew_s",
    "conversation.interruptions.agent", "conversation.interruptions.customer",
    "conversation.backchannels.agent", "conversation.backchannels.customer", "ending.first_leg_gone",
    "mixed.talk_share", "mixed.talk_confidence", "mixed.turns", "mixed.longest_turn_s",
    "mixed.response_latency_s", "mixed.line.one_way", "mixed.line.leakage_db",
  ]

  /// Says why one channel that carries both parties leaves fields unknown.
  func explainUnknowns(_ reasons: inout Reasons) {
    let layout =
      facts.layout == .sameOnBoth ? "both channels carry the same sound" : "one channel carries both parties"
    let voices =
      switch facts.channel?.voices ?? .none {
      case .none: "no voice is heard for long enough"
      case .one: "only one voice is heard, and whose it is is not known"
      case .oneOrTwo: "one voice or two are heard on one channel, too little of them to tell"
      case .two: layout
      case .more: "more than two voices are heard on one channel"
      }
    if facts.channel?.voices == .oneOrTwo { reasons.add("separation.voices", voices) }
    let ofParties =
      facts.parties == nil ? PartySummary.CodingKeys.allCases.map(\.rawValue) : Self.unknownOfVoices
    for party in Party.both {
      for field in ofParties { reasons.add("parties.\(party.rawValue).\(field)", voices) }
    }
    if facts.parties == nil {
      for field in Self.unknownWithoutParties { reasons.add(field, voices) }
    }
    for field in Self.unknownOnOneChannel { reasons.add(field, layout) }
  }
}
