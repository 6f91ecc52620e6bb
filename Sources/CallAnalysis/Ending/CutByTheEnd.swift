internal import CallModel

/// The recording ends in a word that has not decayed.
enum CutByTheEnd: EndingRule {
  static func verdict(on evidence: EndingEvidence) -> EndingVerdict? {
    let cut = Party.both.filter { !evidence.diesBefore($0) && evidence.legs[$0].tail.isCut }
    // Of two the surer.
    guard
      let party = cut.max(by: {
        evidence.legs[$0].tail.cutOdds ?? 0 < evidence.legs[$1].tail.cutOdds ?? 0
      })
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
        confidence: cut.count == 1 ? evidence.legs[party].tail.cutProbability : 0.6,
        evidence: ["the recording ends in a word of the \(party.rawValue)'s that has not decayed"]),
      atTheEndOf: evidence.duration)
  }
}
