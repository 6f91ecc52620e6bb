internal import CallModel

/// The call ends right after the customer's last word.
struct RushedClosing: FindingRule {
  private let settings: FindingSettings

  init(settings: AnalysisSettings) { self.settings = settings.findings }

  func findings(in call: CallSummary) -> [Finding] {
    let duration = call.recording.duration
    guard call.ending.kind == .natural, let last = call.parties.customer.talkspurts?.last,
      last.end > (call.parties.agent.talkspurts?.last?.end ?? duration),
      duration - last.end < settings.rushedClosingS
    else { return [] }
    return [
      call.finding(
        .rushedClosing, .notice, TimeRange(max(0, last.start - 5), duration), party: .agent,
        value: duration - last.end, threshold: settings.rushedClosingS,
        "The call ends right after the customer's last word.")
    ]
  }
}
