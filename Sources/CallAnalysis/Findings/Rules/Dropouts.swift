internal import CallModel

/// A voice with many holes.
struct Dropouts: FindingRule {
  /// Fewer holes are chance, however short the talk.
  static let minimumCount = 3

  private let settings: FindingSettings

  init(settings: AnalysisSettings) { self.settings = settings.findings }

  func findings(in call: CallSummary) -> [Finding] {
    Party.both.compactMap { party in
      guard let line = call[party].line, let rate = line.dropoutsPerMinute, let span = line.dropoutSpan,
        let count = line.dropoutLength?.count, count >= Self.minimumCount, rate >= settings.dropoutsPerMin
      else { return nil }
      return call.finding(
        .dropouts, .notice, span, party: party, value: rate, threshold: settings.dropoutsPerMin,
        "The \(party.rawValue)'s voice has \(count) holes.")
    }
  }
}
