internal import CallModel

/// The customer left while on hold.
struct AbandonedOnHold: FindingRule {
  init(settings: AnalysisSettings) {}

  func findings(in call: CallSummary) -> [Finding] {
    guard call.ending.kind == .abandonedOnHold else { return [] }
    return [
      call.finding(
        .abandonedOnHold, .alert, call.endingRange, party: .customer,
        "Evidence suggests that the customer left while on hold.")
    ]
  }
}
