internal import CallModel

/// The caller reached a voicemail.
struct Voicemail: FindingRule {
  init(settings: AnalysisSettings) {}

  func findings(in call: CallSummary) -> [Finding] {
    guard call.ending.kind == .voicemail else { return [] }
    return [
      call.finding(
        .voicemail, .notice, call.endingRange, party: .customer,
        "Evidence suggests that the caller reached a voicemail.")
    ]
  }
}
