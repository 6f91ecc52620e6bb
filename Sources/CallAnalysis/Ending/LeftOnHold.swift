internal import CallModel

/// A hold goes on to the end and nobody speaks after it: who waited has left, from a call or from a queue.
enum LeftOnHold: EndingRule {
  static func verdict(on evidence: EndingEvidence) -> EndingVerdict? {
    for party in Party.both {
      guard
        let hold = Hold.last(
          music: evidence.legs[party].music, signals: evidence.signals[party], settings: evidence.settings),
        evidence.frameCount - hold.frames.upperBound <= hold.reach,
        evidence.speech.values.allSatisfy({ talkspurts in
          !talkspurts.contains { $0.lowerBound > hold.frames.upperBound }
        })
      else { continue }
      return EndingVerdict(
        Ending(
          kind: evidence.spoke.count == 2 ? .abandonedOnHold : .abandonedInQueue, abrupt: true,
          confidence: 0.95,
          evidence: [
            "\(hold.sound) on the \(party.rawValue)'s leg from \(clock(hold.frames.lowerBound)) to the end",
            "nobody speaks after it",
          ]), from: Frames.seconds(hold.frames.lowerBound))
    }
    return nil
  }
}
