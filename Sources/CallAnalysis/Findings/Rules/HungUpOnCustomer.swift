internal import CallModel

/// The customer was cut off in mid-word, and not by a failure of the customer's own leg.
struct HungUpOnCustomer: FindingRule {
  init(settings: AnalysisSettings) {}

  func findings(in call: CallSummary) -> [Finding] {
    guard call.ending.kind == .cutOff, call.ending.cutParty == .customer,
      call.ending.firstLegGone != .customer
    else { return [] }
    return [
      call.finding(
        .hungUpOnCustomer, .alert, call.endingRange, party: .agent,
        "Evidence suggests that the call was ended while the customer was speaking.")
    ]
  }
}
