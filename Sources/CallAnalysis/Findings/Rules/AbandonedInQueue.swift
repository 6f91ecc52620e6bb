internal import CallModel

/// The customer left a queue.
struct AbandonedInQueue: FindingRule {
  init(settings: AnalysisSettings) {}

  func findings(in call: CallSummary) -> [Finding] {
    guard call.ending.kind == .abandonedInQueue else { return [] }
    return [
      call.finding(
        .abandonedInQueue, .alert, call.endingRange, party: .customer,
        "Evidence suggests that the customer left the queue without an answer.")
    ]
  }
}
