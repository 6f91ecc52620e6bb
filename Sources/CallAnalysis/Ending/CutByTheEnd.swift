internal import CallModel

/// The recording ends in a word that has not decayed.
enum CutByTheEnd: EndingRule {
  /// A talkspurt that reaches this close to the end of the recording was cut by it, in ms, ...
  private static let edgeMs = 30.0
  /// ... unless it has decayed this far below the leg's loud talk, in dB: a natural last word has, even where the
  /// recording ends 60 ms after it (our measurement).
  private static let decayDb: Float = 26

  static func verdict(on evidence: EndingEvidence) -> EndingVerdict? {
    let cut = Party.both.filter { party in
      isCut(lastSpeech: evidence.lastSpeech(party), evidence.frameCount, evidence.legs[party].tail)
    }
    // Of two the one that is louder at the end.
    guard
      let party = cut.max(by: { evidence.legs[$0].tail.decay > evidence.legs[$1].tail.decay })
    else { return nil }
    if evidence.isTruncated {
      return EndingVerdict(
        Ending(
          kind: .truncatedRecording, abrupt: false, confidence: 0.9,
          evidence: ["the file is cut short while the \(party.rawValue) speaks"]),
        atTheEndOf: evidence.duration)
    }
    return EndingVerdict(
      Ending(
        kind: .cutOff, abrupt: true, cutParty: party, firstLegGone: evidence.firstLegGone,
        confidence: cut.count == 1 ? 0.9 : 0.6,
        evidence: [
          "the recording ends within \(Int(edgeMs)) ms of the \(party.rawValue)'s speech, which has not decayed"
        ]), atTheEndOf: evidence.duration)
  }

  /// Whether the last talkspurt of a leg was cut by the end of the recording.
  static func isCut(lastSpeech: Int, _ frameCount: Int, _ tail: LegTail) -> Bool {
    frameCount - lastSpeech <= Frames.count(milliseconds: edgeMs) && tail.decay < decayDb
  }
}
