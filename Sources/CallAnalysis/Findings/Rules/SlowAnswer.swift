internal import CallModel

/// The line rang for long before it was answered.
struct SlowAnswer: FindingRule {
  private let settings: FindingSettings

  init(settings: AnalysisSettings) { self.settings = settings.findings }

  func findings(in call: CallSummary) -> [Finding] {
    guard let answered = call.opening.answeredAt, answered >= settings.slowAnswerS else { return [] }
    return [
      call.finding(
        .slowAnswer, .notice, TimeRange(0, answered), value: answered, threshold: settings.slowAnswerS,
        "Answered after \(wholeSeconds(answered)) s.")
    ]
  }
}
