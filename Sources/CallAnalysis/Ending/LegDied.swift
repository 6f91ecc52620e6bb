internal import CallModel

/// A leg dies in mid-word and the recording goes on. Where the leg had no noise to lose, a busy tone follows, or the
/// other party talks to nobody for long.
enum LegDied: EndingRule {
  /// A busy tone this close to the last word shows that the leg died, in s.
  private static let busyAfterS = 0.5
  /// The other party talks on this long without an answer after a leg died that had no noise to lose, in s.
  private static let talkToNobodyS = 4.0
  /// The other party goes on talking where it is heard this long after the leg died, in s.
  private static let talkOnS = 0.3

  static func verdict(on evidence: EndingEvidence) -> EndingVerdict? {
    let dead = Party.both.filter { isDead($0, evidence) }
    guard let party = dead.min(by: { evidence.died($0) < evidence.died($1) }) else { return nil }
    let died = evidence.died(party)
    let goesOn = evidence.lastSpeech(party.other) - died
    return EndingVerdict(
      Ending(
        kind: .cutOff, abrupt: true, cutParty: party, firstLegGone: party,
        confidence: evidence.legs[party].tail.cutProbability,
        evidence: ["the \(party.rawValue)'s leg falls silent at \(clock(died)), in mid-word"]
          + (goesOn > Frames.count(seconds: talkOnS)
            ? ["the \(party.other.rawValue) goes on talking for \(tenths(goesOn)) s"]
            : isBusy(party, evidence) ? ["a busy tone follows"] : [])), from: max(0, Frames.seconds(died) - 5)
    )
  }

  private static func isDead(_ party: Party, _ evidence: EndingEvidence) -> Bool {
    let tail = evidence.legs[party].tail
    guard evidence.diesBefore(party), tail.soundsCut else { return false }
    return tail.isCut || isBusy(party, evidence)
      || evidence.lastSpeech(party.other) - evidence.died(party) >= Frames.count(seconds: talkToNobodyS)
  }

  /// Whether a busy tone follows where a leg died.
  private static func isBusy(_ party: Party, _ evidence: EndingEvidence) -> Bool {
    let died = evidence.died(party)
    return evidence.signals[party].contains {
      [.busyTone, .congestionTone].contains($0.type) && $0.frames.upperBound > died
        && $0.frames.lowerBound - died <= Frames.count(seconds: busyAfterS)
    }
  }
}
