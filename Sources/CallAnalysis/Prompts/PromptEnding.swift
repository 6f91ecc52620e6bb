internal import CallModel

/// The end of a call in which the agent's leg carries only recorded prompts: a voicemail where a prompt is labelled so
/// or a beep comes after it, otherwise a system prompt. Queues, holds and cut recordings end as they did.
struct PromptEnding {
  /// The summary as it was before prompts were known.
  let call: CallSummary
  /// Where prompts are heard, in seconds, by start, and what they are.
  let prompts: [(range: TimeRange, kind: PromptKind)]
  let settings: PromptSettings

  private static let mayChange: [Ending.Kind] = [
    .natural, .cutOff, .noConversation, .systemPrompt, .voicemail, .unknown,
  ]
  /// A beep may begin this much before the prompt's end, in s: ends are known to a step or two.
  private static let beepMargin = 0.2

  /// The ending; nil where prompts do not change it.
  var ending: Ending? {
    let talk = call.parties.agent.talkspurts ?? []
    let total = talk.reduce(0) { $0 + $1.duration }
    let covered = talk.reduce(0) { $0 + $1.covered(by: prompts.map(\.range)) }
    guard let last = prompts.last, total > 0, covered >= settings.coveredRatio * total,
      Self.mayChange.contains(call.ending.kind), prompts.contains(where: { $0.kind != .holdAnnouncement })
    else { return nil }
    let isBeep = call.events.contains {
      $0.type == .beep && $0.leg == .agent && $0.start > last.range.end - Self.beepMargin
    }
    let isVoicemail =
      prompts.contains { $0.kind == .voicemail }
      || last.kind != .systemPrompt && (isBeep || call.ending.kind == .voicemail)
    var evidence = ["the agent's leg carries only recorded prompts, which other calls share"]
    if isVoicemail { evidence.append(isBeep ? "a beep follows" : "one of them greets for a voicemail") }
    var ending = Ending(
      kind: isVoicemail ? .voicemail : .systemPrompt, abrupt: !isVoicemail,
      firstLegGone: call.ending.firstLegGone, confidence: 0.95, evidence: evidence)
    ending.from = last.range.start
    ending.tail = call.ending.tail
    return ending
  }
}
