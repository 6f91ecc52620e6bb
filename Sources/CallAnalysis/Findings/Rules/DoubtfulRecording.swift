internal import CallModel

/// The recording is not what its header or its name says.
struct DoubtfulRecording: FindingRule {
  init(settings: AnalysisSettings) {}

  func findings(in call: CallSummary) -> [Finding] {
    (call.recording.faults ?? []).map { fault in
      // Of a leg alone all that is its own is right.
      let severity: Finding.Severity = fault.code == .legsUnaligned ? .notice : .alert
      return call.finding(fault.code, severity, call.wholeRange, fault.message)
    }
  }
}
