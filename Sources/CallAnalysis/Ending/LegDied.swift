internal import CallModel

/// A leg dies in mid-word: a busy tone follows at once on it, or its noise is gone with the word while the other talks
/// on, or the other talks to nobody for long. On a line whose noise is gated a natural last word falls as steeply, and
/// the other party's goodbye may follow.
enum LegDied: EndingRule {
  /// A leg dies when its level falls this far within `TailMeter.fallMs`, in dB: words fade (our measurement).
  static let fallDb: Float = 20
  /// ... or this far into digital silence, having carried live noise, in dB.
  private static let fallToSilenceDb: Float = 12
  /// Digital silence begins at most this far from the last word, in frames.
  private static let silentWithin = 10
  /// A busy tone this close to the last word shows that the leg died, in s.
  private static let busyAfterS = 0.5
  /// The other party talks on this long after a leg died whose noise went with it, in s.
  private static let talkOnS = 0.3
  /// The other party talks on this long without an answer after a leg died that had no noise to lose, in s.
  private static let talkToNobodyS = 4.0

  static func verdict(on evidence: EndingEvidence) -> EndingVerdict? {
    guard let party = Party.both.first(where: { isDead($0, evidence) }) else { return nil }
    let last = evidence.lastSpeech(party)
    let goesOn = evidence.lastSpeech(party.other) - last
    return EndingVerdict(
      Ending(
        kind: .cutOff, abrupt: true, cutParty: party, firstLegGone: party, confidence: 0.9,
        evidence: [
          "the \(party.rawValue)'s leg falls silent within \(Int(TailMeter.fallMs)) ms at \(clock(last)), in mid-word",
          goesOn > Frames.count(seconds: talkOnS)
            ? "the \(party.other.rawValue) goes on talking for \(tenths(goesOn)) s" : "a busy tone follows",
        ]), from: max(0, Frames.seconds(last) - 5))
  }

  private static func isDead(_ party: Party, _ evidence: EndingEvidence) -> Bool {
    let tail = evidence.legs[party].tail
    guard let last = evidence.speech[party].last, tail.fall >= fallToSilenceDb else { return false }
    let isSteep = tail.fall >= fallDb
    let isBusyAfter = evidence.signals[party].contains {
      [.busyTone, .congestionTone].contains($0.type)
        && abs($0.frames.lowerBound - last.upperBound) <= Frames.count(seconds: busyAfterS)
    }
    let isSilentAtOnce = tail.deadFrom.map { abs($0 - last.upperBound) <= silentWithin } == true
    let goesOn = evidence.lastSpeech(party.other) - last.upperBound
    return isSteep && isBusyAfter
      || isSilentAtOnce && tail.hadNoise && goesOn >= Frames.count(seconds: talkOnS)
      || isSilentAtOnce && isSteep && goesOn >= Frames.count(seconds: talkToNobodyS)
  }
}
