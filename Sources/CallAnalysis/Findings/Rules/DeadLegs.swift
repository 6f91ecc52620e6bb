internal import CallModel

/// A leg that carries nothing more while the call goes on, or nothing at all; or a recording that carries nothing.
struct DeadLegs: FindingRule {
  init(settings: AnalysisSettings) {}

  func findings(in call: CallSummary) -> [Finding] {
    let dead = call.events.filter { $0.type == .legDead }
    if dead.contains(where: { $0.leg == nil }) || dead.count(where: { $0.start == 0 }) == Party.both.count {
      return [
        call.finding(
          .silentRecording, .alert, call.wholeRange,
          "The recording is digital silence: the recorder was given no sound.")
      ]
    }
    return dead.map { event in
      let whose = event.leg.map { "The \($0.rawValue)'s leg" } ?? "A leg"
      return call.finding(
        .legDead, .notice, event.range, party: event.leg,
        event.start == 0
          ? "\(whose) carries no sound at all."
          : "\(whose) carries no sound from \(wholeSeconds(event.start)) s on, while the other party talks.")
    }
  }
}
