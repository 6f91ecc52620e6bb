internal import CallModel

/// A voice that is clipped.
struct Clipping: FindingRule {
  private let settings: FindingSettings

  init(settings: AnalysisSettings) { self.settings = settings.findings }

  func findings(in call: CallSummary) -> [Finding] {
    Party.both.compactMap { party in
      guard let rate = call[party].line?.clippingPerMinute, rate >= settings.clippingPerMin else {
        return nil
      }
      return call.finding(
        .clipping, .notice, call.wholeRange, party: party, value: rate, threshold: settings.clippingPerMin,
        "The \(party.rawValue)'s voice is clipped.")
    }
  }
}
