internal import CallModel

/// A turn of the agent from a length on.
struct AgentMonologue: FindingRule {
  private let settings: AnalysisSettings

  init(settings: AnalysisSettings) { self.settings = settings }

  func findings(in call: CallSummary) -> [Finding] {
    let turns = call.turns(settings.turns)?.turns(of: .agent) ?? []
    return turns.map(Frames.range).filter { $0.duration >= settings.findings.monologueS }.map { turn in
      call.finding(
        .agentMonologue, .notice, turn, party: .agent, value: turn.duration,
        threshold: settings.findings.monologueS,
        "The agent speaks for \(wholeSeconds(turn.duration)) s in one turn.")
    }
  }
}
