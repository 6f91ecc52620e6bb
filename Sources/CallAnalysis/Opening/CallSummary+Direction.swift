public import CallModel

extension CallSummary {
  /// The summary where somebody knows who called whom, with the findings that follow; nil says nothing.
  public func knowing(_ direction: CallDirection?, settings: AnalysisSettings) -> CallSummary {
    guard let direction, opening.called != direction.called else { return self }
    var call = self
    call.opening.called = direction.called
    call.notMeasured.removeAll { $0.field == "opening.called" }
    call.findings = Findings.all(in: call, settings: settings)
    return call
  }
}
