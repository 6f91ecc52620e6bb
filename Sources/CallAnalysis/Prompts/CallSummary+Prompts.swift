public import CallModel

extension CallSummary {
  /// The talkspurts in which prompts are looked for: the agent's, or those of the one channel for both.
  private var businessTalk: [TimeRange] { parties.agent.talkspurts ?? mixed?.talkspurts ?? [] }

  /// A shared stretch as it is heard here: from and to the ends of the talkspurts in which it begins and ends,
  /// where those are near. In seconds.
  public func heard(_ range: TimeRange, settings: PromptSettings) -> TimeRange {
    let touched = businessTalk.filter { $0.overlap(with: range) > 0 }
    guard let first = touched.first, let last = touched.last else { return range }
    let isNear = { (a: Double, b: Double) in abs(a - b) <= settings.edgeS }
    let start = isNear(first.start, range.start) ? first.start : range.start
    let end = isNear(last.end, range.end) ? last.end : range.end
    return TimeRange(start.milliseconds, end.milliseconds)
  }

  /// The summary with recorded prompts among its facts: an event for each, the talk that they are, the ending where
  /// the agent's leg carries nothing else; and the findings that follow.
  ///
  /// - Parameter prompts: where prompts are heard, in seconds, by start, and what they are.
  public func withPrompts(
    _ prompts: [(range: TimeRange, kind: PromptKind)], settings: AnalysisSettings
  ) -> CallSummary {
    guard !prompts.isEmpty else { return self }
    var call = self
    call.events =
      (events
      + prompts.map { prompt in
        CallEvent(
          .prompt, start: prompt.range.start, end: prompt.range.end, leg: mixed == nil ? .agent : nil)
      }).inOrder
    let ranges = prompts.map(\.range)
    let spurts = businessTalk
    call.conversation.promptTalk = spurts.reduce(0) { $0 + $1.covered(by: ranges) }.milliseconds
    let own = spurts.first { 2 * $0.covered(by: ranges) < $0.duration }?.start ?? recording.duration
    call.opening.prompt = ranges.reduce(0) { $0 + ($1.start < own ? $1.duration : 0) }.milliseconds
    if let ending = PromptEnding(call: self, prompts: prompts, settings: settings.prompts).ending {
      call.ending = ending
    }
    call.findings = Findings.all(in: call, settings: settings)
    return call
  }
}

extension TimeRange {
  /// How much of this range others cover, in seconds; they do not overlap.
  func covered(by others: [TimeRange]) -> Seconds { others.reduce(0) { $0 + overlap(with: $1) } }
}
