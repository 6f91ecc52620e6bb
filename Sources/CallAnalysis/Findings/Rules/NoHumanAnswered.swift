internal import CallModel

/// Nobody answered but an announcement, or no conversation came about.
struct NoHumanAnswered: FindingRule {
  init(settings: AnalysisSettings) {}

  func findings(in call: CallSummary) -> [Finding] {
    switch call.ending.kind {
    case .systemPrompt:
      [
        call.finding(
          .noHumanAnswered, .alert, call.endingRange, party: .agent,
          "Evidence suggests that only an announcement answered, and that the line closed after it.")
      ]
    case .noConversation:
      [
        call.finding(
          .noHumanAnswered, .notice, call.endingRange,
          "Evidence suggests that no conversation came about.")
      ]
    default: []
    }
  }
}
