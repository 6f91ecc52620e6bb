internal import CallModel

/// One party or neither spoke: an announcement that plays on, or a person who waits for an answer.
enum NobodyConversed: EndingRule {
  static func verdict(on evidence: EndingEvidence) -> EndingVerdict? {
    guard evidence.spoke.count < 2 else { return nil }
    // Who gets no answer waits for one between attempts; an announcement goes on.
    let attempts = evidence.speech.agent.bridged(gap: Frames.count(seconds: evidence.settings.waitS)).count
    let isPrompt = evidence.spoke == [.agent] && attempts <= evidence.settings.waits
    let silent = Party.both.filter { !evidence.spoke.contains($0) }
    return EndingVerdict(
      Ending(
        kind: isPrompt ? .systemPrompt : .noConversation, abrupt: isPrompt, confidence: isPrompt ? 0.7 : 0.9,
        evidence: silent.map {
          "the \($0.rawValue)'s leg carries \(evidence.speech[$0].isEmpty ? "no" : "hardly any") speech"
        }), atTheEndOf: evidence.duration)
  }
}
