internal import CallModel

/// Both channels carry the same sound, in the whole call or for a while.
struct BothChannelsSame: FindingRule {
  /// A shorter stretch is a ring or an announcement that both parties hear, in s.
  private static let minimumS = 30.0

  init(settings: AnalysisSettings) {}

  func findings(in call: CallSummary) -> [Finding] {
    if call.mixed != nil, call.recording.channels > 1 {
      return [
        call.finding(
          .bothChannelsSame, .notice, call.wholeRange,
          "Both channels carry the same sound: the parties share a channel.")
      ]
    }
    return (call.conversation.sameSound ?? []).filter { $0.duration >= Self.minimumS }.map { stretch in
      call.finding(
        .bothChannelsSame, .notice, stretch,
        "Both channels carry the same sound for \(wholeSeconds(stretch.duration)) s: talk there counts for both parties."
      )
    }
  }
}
