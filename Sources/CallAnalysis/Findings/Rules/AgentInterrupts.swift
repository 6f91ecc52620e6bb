internal import CallModel

/// The agent interrupts the customer several times.
struct AgentInterrupts: FindingRule {
  private let settings: FindingSettings

  init(settings: AnalysisSettings) { self.settings = settings.findings }

  func findings(in call: CallSummary) -> [Finding] {
    let cuts = call.events.filter { $0.type == .interruption && $0.by == .agent }
    guard let first = cuts.first, cuts.count >= settings.agentInterruptions else { return [] }
    return [
      call.finding(
        .agentInterrupts, .notice, first.range, party: .agent, value: Double(cuts.count),
        threshold: Double(settings.agentInterruptions),
        "The agent starts to speak while the customer is speaking \(cuts.count) times; this is the first.")
    ]
  }
}
