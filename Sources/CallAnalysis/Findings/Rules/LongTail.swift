internal import CallModel

/// The recording goes on for long after the last sound.
struct LongTail: FindingRule {
  private let settings: FindingSettings

  init(settings: AnalysisSettings) { self.settings = settings.findings }

  func findings(in call: CallSummary) -> [Finding] {
    guard let tail = call.ending.tail, tail >= settings.longTailS else { return [] }
    let duration = call.recording.duration
    return [
      call.finding(
        .longTail, .notice, TimeRange(duration - tail, duration), value: tail, threshold: settings.longTailS,
        "Nothing is heard in the last \(wholeSeconds(tail)) s: somebody waits, or the recorder runs on.")
    ]
  }
}
