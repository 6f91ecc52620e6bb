internal import CallModel

/// Fax machines have called or talked to each other, and no conversation follows: who answers a machine gets no answer.
enum WasAFax: EndingRule {
  static func verdict(on evidence: EndingEvidence) -> EndingVerdict? {
    let isLast =
      evidence.spoke.count < 2
      || max(evidence.lastSpeech(.agent), evidence.lastSpeech(.customer)) <= evidence.fax.last?.upperBound
        ?? 0
    return isLast ? verdict(evidence.fax.last, frameCount: evidence.frameCount) : nil
  }

  /// The verdict on a call, of one channel or two, that ends with this fax; nil without one.
  static func verdict(_ fax: FrameRange?, frameCount: Int) -> EndingVerdict? {
    guard let fax else { return nil }
    let end = min(fax.upperBound, frameCount)
    return EndingVerdict(
      Ending(
        kind: .fax, abrupt: false, confidence: 0.95,
        evidence: ["fax machines or modems are heard from \(clock(fax.lowerBound)) to \(clock(end))"]),
      from: Frames.seconds(fax.lowerBound))
  }
}
