internal import CallModel

/// Dead air from a length on.
struct LongDeadAir: FindingRule {
  private let settings: FindingSettings

  init(settings: AnalysisSettings) { self.settings = settings.findings }

  func findings(in call: CallSummary) -> [Finding] {
    call.events.filter { $0.type == .deadAir && $0.range.duration >= settings.deadAirS }.map { event in
      let length = event.range.duration
      let whose = event.owner.map { "; it was the \($0.rawValue)'s turn" } ?? ""
      return call.finding(
        .deadAir, length >= settings.deadAirAlertS ? .alert : .notice, event.range, party: event.owner,
        value: length, threshold: settings.deadAirS,
        "Nobody is heard for \(wholeSeconds(length)) s\(whose).")
    }
  }
}
