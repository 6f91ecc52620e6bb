internal import CallModel

/// A voice that is hard to hear.
struct LowLevel: FindingRule {
  private let settings: FindingSettings

  init(settings: AnalysisSettings) { self.settings = settings.findings }

  func findings(in call: CallSummary) -> [Finding] {
    Party.both.compactMap { party in
      guard let level = call[party].level, level < settings.lowLevelDbov else { return nil }
      return call.finding(
        .lowLevel, .notice, call.wholeRange, party: party, value: level, threshold: settings.lowLevelDbov,
        "The \(party.rawValue) is hard to hear.")
    }
  }
}
