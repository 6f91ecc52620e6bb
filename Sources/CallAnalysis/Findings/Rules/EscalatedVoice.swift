internal import CallModel

/// A voice changes for good against its own beginning.
struct EscalatedVoice: FindingRule {
  init(settings: AnalysisSettings) {}

  func findings(in call: CallSummary) -> [Finding] {
    call.events.filter { $0.type == .escalation }.map { event in
      // One listens from the turn before the change into its first seconds.
      let from = event.precedingTurn?.start ?? event.start
      return call.finding(
        .escalation, event.by == .customer ? .alert : .notice,
        TimeRange(from, min(event.end, event.start + 10)), party: event.by,
        "Evidence suggests that the \(event.by?.rawValue ?? "speaker") grew agitated: the voice changes against its own beginning."
      )
    }
  }
}
