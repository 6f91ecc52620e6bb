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

  /// The summary with recorded prompts in it: an event for each, the talk that they are, and, where the agent's leg carries nothing else,
  /// the ending that follows: a voicemail where a prompt is labelled so or a beep comes after it, otherwise a
  /// system prompt. Queues, holds and cut recordings end as they did.
  ///
  /// - Parameter prompts: where prompts are heard, in seconds, by start, and what they are.
  public func withPrompts(
    _ prompts: [(range: TimeRange, kind: PromptKind)], settings: PromptSettings
  ) -> CallSummary {
    var call = self
    call.events += prompts.map { prompt in
      CallEvent(
        .prompt, start: prompt.range.start, end: prompt.range.end, leg: mixed == nil ? .agent : nil)
    }
    call.events.sort { ($0.start, $0.type.rawValue, $0.end) < ($1.start, $1.type.rawValue, $1.end) }
    let spurts = businessTalk
    func covered(_ spurt: TimeRange) -> Double {
      prompts.reduce(0) { $0 + $1.range.overlap(with: spurt) }
    }
    if !prompts.isEmpty {
      call.conversation.promptTalk = spurts.reduce(0) { $0 + covered($1) }.milliseconds
      let own = spurts.first { 2 * covered($0) < $0.duration }?.start ?? recording.duration
      call.opening.prompt =
        prompts.reduce(0) { $0 + ($1.range.start < own ? $1.range.duration : 0) }.milliseconds
    }
    let mayChange: [Ending.Kind] = [.natural, .cutOff, .noConversation, .systemPrompt, .voicemail, .unknown]
    let talk = parties.agent.talkspurts ?? []
    let total = talk.reduce(0) { $0 + $1.duration }
    guard let last = prompts.last, total > 0,
      talk.reduce(0, { $0 + covered($1) }) >= settings.coveredRatio * total,
      mayChange.contains(ending.kind), prompts.contains(where: { $0.kind != .holdAnnouncement })
    else { return call }

    let beep = events.contains { $0.type == .beep && $0.leg == .agent && $0.start > last.range.end - 0.2 }
    let isVoicemail =
      prompts.contains { $0.kind == .voicemail }
      || last.kind != .systemPrompt && (beep || ending.kind == .voicemail)
    var evidence = ["the agent's leg carries only recorded prompts, which other calls share"]
    if isVoicemail { evidence.append(beep ? "a beep follows" : "one of them greets for a voicemail") }
    call.ending = Ending(
      kind: isVoicemail ? .voicemail : .systemPrompt, abrupt: !isVoicemail,
      firstLegGone: ending.firstLegGone, confidence: 0.95, evidence: evidence)
    guard call.ending.kind != ending.kind else { return call }

    let ofEndings: [Finding.Code] = [
      .hungUpOnCustomer, .customerCutOff, .agentCutOff, .noHumanAnswered, .voicemail, .rushedClosing,
    ]
    call.findings.removeAll { ofEndings.contains($0.code) }
    call.findings.append(
      Finding(
        isVoicemail ? .voicemail : .noHumanAnswered, isVoicemail ? .notice : .alert, start: last.range.start,
        end: recording.duration, party: isVoicemail ? .customer : .agent,
        message: isVoicemail
          ? "Evidence suggests that the caller reached a voicemail."
          : "Evidence suggests that only recorded announcements answered."))
    call.findings.sort { ($0.start, $0.code.rawValue) < ($1.start, $1.code.rawValue) }
    return call
  }
}
