internal import CallModel

/// A hold goes on to the end and nobody speaks after it, nor much to it: who waited has left, from a call or from a queue.
enum LeftOnHold: EndingRule {
  static func verdict(on evidence: EndingEvidence) -> EndingVerdict? {
    for party in Party.both {
      guard
        let hold = Hold.last(
          music: evidence.legs[party].music, signals: evidence.signals[party], settings: evidence.settings),
        evidence.frameCount - hold.frames.upperBound <= hold.reach,
        evidence.speech.values.allSatisfy({ talkspurts in
          !talkspurts.contains { $0.lowerBound > hold.frames.upperBound }
        }), !isTalkedTo(hold, evidence.speech[party.other])
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

  /// Whether the other party talks through a hold as in a conversation: then it is what is heard behind a party.
  private static func isTalkedTo(_ hold: Hold, _ speech: [FrameRange]) -> Bool {
    Double(speech.intersection([hold.frames]).frameTotal) > talkedShare * Double(hold.frames.count)
  }

  /// Who waits says a sentence or two; in a conversation each party talks for 30 to 60 % of the time.
  private static let talkedShare = 0.2
}
