internal import CallModel

/// A hold from a length on.
struct LongHold: FindingRule {
  private let settings: FindingSettings

  init(settings: AnalysisSettings) { self.settings = settings.findings }

  func findings(in call: CallSummary) -> [Finding] {
    call.events.filter { $0.type == .hold && $0.range.duration >= settings.longHoldS }.map { event in
      call.finding(
        .longHold, .notice, event.range, party: event.leg, value: event.range.duration,
        threshold: settings.longHoldS, "On hold for \(wholeSeconds(event.range.duration)) s.")
    }
  }
}
