internal import CallModel

/// The customer was cut off in mid-word.
struct CustomerCutOff: FindingRule {
  init(settings: AnalysisSettings) {}

  func findings(in call: CallSummary) -> [Finding] {
    guard call.ending.kind == .cutOff, call.ending.cutParty == .customer else { return [] }
    return [
      call.finding(
        .customerCutOff, .alert, call.endingRange, party: .customer,
        "Evidence suggests that the customer was cut off in mid-word.")
    ]
  }
}
