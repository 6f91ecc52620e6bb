internal import CallModel

/// The last word has decayed before the end, or the file itself is cut short: where no other rule holds.
enum CameToItsEnd {
  static func verdict(on evidence: EndingEvidence) -> EndingVerdict {
    let lastWord = max(evidence.lastSpeech(.agent), evidence.lastSpeech(.customer))
    var reasons = ["the last word, at \(clock(lastWord)), has decayed before the end"]
    if let gone = evidence.firstLegGone { reasons.append("the \(gone.rawValue)'s leg went silent first") }
    return EndingVerdict(
      Ending(
        kind: evidence.isTruncated ? .truncatedRecording : .natural, abrupt: false,
        firstLegGone: evidence.firstLegGone, confidence: 0.85,
        evidence: evidence.isTruncated ? ["the file is cut short"] : reasons), atTheEndOf: evidence.duration)
  }
}
