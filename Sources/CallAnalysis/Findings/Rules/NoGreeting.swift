internal import CallModel

/// The agent did not greet: the customer speaks first, or the first turn is too short for it.
struct NoGreeting: FindingRule {
  /// Endings of calls in which nobody was there to greet.
  private static let withoutConversation: [Ending.Kind] = [
    .noConversation, .systemPrompt, .voicemail, .abandonedInQueue,
  ]

  private let settings: AnalysisSettings

  init(settings: AnalysisSettings) { self.settings = settings }

  func findings(in call: CallSummary) -> [Finding] {
    guard !Self.withoutConversation.contains(call.ending.kind), let greeting = call.opening.greeting,
      let first = call.turns(settings.turns)?.turns(of: .agent).first
    else { return [] }
    // Who is called answers: where the business called, the customer speaks first. Without an answer the recording may begin
    // later than the call.
    let isSecond = call.opening.firstSpeaker == .customer && call.opening.called != .customer
    guard isSecond && call.opening.answeredAt != nil || greeting < settings.findings.greetingS else {
      return []
    }
    return [
      call.finding(
        .noGreeting, .notice, TimeRange(0, Frames.range(first).end), party: .agent, value: greeting,
        threshold: settings.findings.greetingS,
        isSecond ? "The customer speaks first." : "The agent's first turn lasts \(greeting) s.")
    ]
  }
}
