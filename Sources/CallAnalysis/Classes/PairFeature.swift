/// What tells a party's soft words from others in the room, once each leg has been looked at by itself. The order is that
/// of the columns that the weights ask.
enum PairFeature: Int, CaseIterable, Sendable {
  // How likely speech is by the evidence of the leg.
  case logOdds, logOddsMean250ms, logOddsMean1s, logOddsMaximum1s, talk3s, sureTalk3s
  // What the other leg does at the same time.
  case otherLogOddsMaximum300ms, otherSureTalk1500ms
  // Whether the leg's soft sounds meet talk of the other party.
  case softWithOther
  // How the leg's soft sounds differ from its loud ones.
  case softLogOdds, softTimbre, loudTimbre, softPitch, softLowShare, loudLowShare
}

extension PairFeature {
  /// What kinds of evidence there are.
  enum Block: String, CaseIterable, Sendable {
    case thisLeg, otherLeg, turnTaking, softSounds
  }

  /// Which kind of evidence the feature is.
  var block: Block {
    switch rawValue {
    case ..<Self.otherLogOddsMaximum300ms.rawValue: .thisLeg
    case ..<Self.softWithOther.rawValue: .otherLeg
    case ..<Self.softLogOdds.rawValue: .turnTaking
    default: .softSounds
    }
  }

  /// What the feature is, and how its byte is read: the value of byte 0, the steps of one unit, the unit.
  var meaning: (name: String, lowest: Float, perUnit: Float, unit: String) {
    let (odds, share) = (LegTalk.stepsPerUnit, Float(250))
    return switch self {
    case .logOdds: ("log-odds by this channel alone", -8, odds, "")
    case .logOddsMean250ms: ("the same, mean within 0.12 s", -8, odds, "")
    case .logOddsMean1s: ("the same, mean within 0.5 s", -8, odds, "")
    case .logOddsMaximum1s: ("the same, highest within 0.5 s", -8, odds, "")
    case .talk3s: ("log-odds above 0, mean within 1.5 s", 0, 2 * odds, "")
    case .sureTalk3s: ("share of sure talk within 1.5 s", 0, share, "")
    case .otherLogOddsMaximum300ms: ("other channel: highest log-odds within 0.15 s", -8, odds, "")
    case .otherSureTalk1500ms: ("other channel: share of sure talk within 0.75 s", 0, share, "")
    case .softWithOther:
      ("soft sounds meet the other's talk by chance, rather than seldom: log-odds", -20, 4, "")
    case .softLogOdds: ("mean log-odds of soft sounds", -8, odds, "")
    case .softTimbre: ("timbre of soft sounds", -5, 25, "")
    case .loudTimbre: ("timbre of loud sounds", -5, 25, "")
    case .softPitch: ("pitch of soft sounds over that of loud ones", -128.0 / 60, 60, "octaves")
    case .softLowShare: ("share of power below 990 Hz of soft sounds", 0, share, "")
    case .loudLowShare: ("share of power below 990 Hz of loud sounds", 0, share, "")
    }
  }
}
