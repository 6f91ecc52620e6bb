internal import CallModel

/// One channel is later than the other.
struct LegsOutOfStep: FindingRule {
  private let settings: FindingSettings

  init(settings: AnalysisSettings) { self.settings = settings.findings }

  func findings(in call: CallSummary) -> [Finding] {
    guard let span = call.conversation.legSkewSpan, let skew = call.conversation.legSkew,
      abs(skew) >= settings.legSkewS
    else { return [] }
    let late: Party = skew > 0 ? .customer : .agent
    return [
      call.finding(
        .legsOutOfStep, .notice, span, party: late, value: abs(skew), threshold: settings.legSkewS,
        "The \(late.rawValue)'s channel seems to be late: who answers whom cannot be trusted.")
    ]
  }
}
