internal import CallModel

/// The agent was cut off in mid-word.
struct AgentCutOff: FindingRule {
  init(settings: AnalysisSettings) {}

  func findings(in call: CallSummary) -> [Finding] {
    guard call.ending.kind == .cutOff, call.ending.cutParty == .agent else { return [] }
    return [
      call.finding(
        .agentCutOff, .notice, call.endingRange, party: .agent,
        "Evidence suggests that the agent was cut off in mid-word.")
    ]
  }
}
