internal import CallModel

/// A voice of which packets are played again in place of lost ones.
struct ConcealedLoss: FindingRule {
  private let settings: FindingSettings

  init(settings: AnalysisSettings) { self.settings = settings.findings }

  func findings(in call: CallSummary) -> [Finding] {
    Party.both.compactMap { party in
      guard let line = call[party].line, let rate = line.repeatsPerMinute, let span = line.repeatSpan,
        let count = line.repeatLength?.count, count >= Dropouts.minimumCount, rate >= settings.repeatsPerMin
      else { return nil }
      return call.finding(
        .concealedLoss, .notice, span, party: party, value: rate, threshold: settings.repeatsPerMin,
        "Packets of the \(party.rawValue)'s voice are played again \(count) times.")
    }
  }
}
