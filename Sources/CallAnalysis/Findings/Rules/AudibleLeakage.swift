internal import CallModel

/// The other party's voice on a leg.
struct AudibleLeakage: FindingRule {
  private let settings: FindingSettings

  init(settings: AnalysisSettings) { self.settings = settings.findings }

  func findings(in call: CallSummary) -> [Finding] {
    Party.both.compactMap { party in
      guard let leakage = call[party].line?.leakage, leakage > settings.leakageDb else { return nil }
      return call.finding(
        .leakage, .notice, call.wholeRange, party: party, value: leakage, threshold: settings.leakageDb,
        "The \(party.other.rawValue)'s voice is heard on the \(party.rawValue)'s leg.")
    }
  }
}
