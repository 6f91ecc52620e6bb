internal import CallModel

/// A rule about the end of a call with a leg for each party.
protocol EndingRule {
  /// The verdict where the rule holds; nil elsewhere.
  static func verdict(on evidence: EndingEvidence) -> EndingVerdict?
}

/// The rules about the end of a call, in order: the first that holds decides.
enum EndingRules {
  private static var ordered: [any EndingRule.Type] {
    [
      WasAFax.self, LeftOnHold.self, ReachedVoicemail.self, NobodyConversed.self, LegDied.self,
      CutByTheEnd.self,
    ]
  }

  /// How a call with a leg for each party ended.
  static func verdict(on evidence: EndingEvidence) -> EndingVerdict {
    for rule in ordered {
      if let verdict = rule.verdict(on: evidence) { return verdict }
    }
    return CameToItsEnd.verdict(on: evidence)
  }
}
