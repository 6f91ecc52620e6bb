internal import CallModel

/// Nothing is heard of a party while the other talks and waits.
struct OneWayAudio: FindingRule {
  init(settings: AnalysisSettings) {}

  func findings(in call: CallSummary) -> [Finding] {
    Party.both.filter { call[$0].line?.oneWay == true }.map { party in
      call.finding(
        .oneWayAudio, .alert, call.wholeRange, party: party,
        "Nothing is heard of the \(party.rawValue) while the other party talks.")
    }
  }
}
