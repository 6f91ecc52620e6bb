internal import CallModel

extension SummaryMapping {
  /// How the call began.
  func opening(_ reasons: inout Reasons) -> Opening {
    let found = facts.opening
    var opening = Opening(ringCount: found.ringCount)
    opening.called = reasons.value(
      found.called, "opening.called", else: "neither a name nor a ring says who was called")
    if let ringing = found.ringing {
      opening.ring = Frames.seconds(ringing.count).milliseconds
      opening.answeredAt = reasons.value(
        found.answered.map { seconds($0).milliseconds }, "opening.answered_at_s",
        else: "nothing is heard after the ring")
    } else {
      for field in ["opening.ring_s", "opening.answered_at_s"] {
        reasons.add(field, "no ring is heard: the recording may begin at the answer")
      }
    }
    guard facts.parties != nil else { return opening }
    opening.firstSpeaker = reasons.value(found.firstSpeaker, "opening.first_speaker", else: "nobody talked")
    opening.greeting = reasons.value(
      found.greeting.map { Frames.seconds($0.count).milliseconds }, "opening.greeting_s",
      else: "the agent did not talk")
    if let greeting = found.greeting, let answered = opening.answeredAt {
      opening.greetingLatency = max(0, seconds(greeting.lowerBound) - answered).milliseconds
    } else {
      reasons.add(
        "opening.greeting_latency_s",
        found.greeting == nil ? "the agent did not talk" : "when the call was answered is unknown")
    }
    return opening
  }
}
