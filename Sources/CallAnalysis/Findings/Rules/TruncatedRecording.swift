internal import CallModel

/// The end of the call is not in the recording, or the file is shorter than it says.
struct TruncatedRecording: FindingRule {
  init(settings: AnalysisSettings) {}

  func findings(in call: CallSummary) -> [Finding] {
    let isEnding = call.ending.kind == .truncatedRecording
    guard isEnding || call.recording.status == .truncated else { return [] }
    return [
      call.finding(
        .truncatedRecording, .notice, call.endingRange,
        isEnding
          ? "The recording is cut short; the end of the call is not in it."
          : "The file is shorter than its header says.")
    ]
  }
}
