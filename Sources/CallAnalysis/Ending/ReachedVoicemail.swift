internal import CallModel

/// An announcement, a beep, and after it nobody on that leg: a voicemail.
enum ReachedVoicemail: EndingRule {
  /// Beeps that start within this of each other are one that both legs carry, in frames.
  private static let together = 20
  /// A word on the beep's leg may end this long after the beep, in frames: the beep's own edge.
  private static let edge = 20
  /// The other party said nothing longer than this, in frames, ...
  private static let longestWord = 100
  /// ... that began this long before the beep, in frames: callers listen to the announcement.
  private static let listens = 50

  static func verdict(on evidence: EndingEvidence) -> EndingVerdict? {
    // The last beep of each leg; of two that do not start together only the later one counts.
    let beeps = evidence.signals.map { $0.filter { $0.type == .beep }.map(\.frames).last }
    let starts = beeps.values.compactMap { $0?.lowerBound }
    guard let latest = starts.max() else { return nil }
    let candidates = Party.both.filter { party in
      beeps[party].map { latest - $0.lowerBound <= together } ?? false
    }
    guard let leg = candidates.first(where: { answers($0, beeps[$0], evidence) }), let beep = beeps[leg]
    else {
      return nil
    }
    return EndingVerdict(
      Ending(
        kind: .voicemail, abrupt: false, confidence: 0.9,
        evidence: [
          "a beep at \(clock(beep.lowerBound)) after an announcement",
          "only the \(leg.other.rawValue)'s leg carries speech after it",
        ]), from: Frames.seconds(beep.lowerBound))
  }

  /// Whether a leg carries an announcement before its beep and nothing after it, while the other party waits.
  private static func answers(_ leg: Party, _ beep: FrameRange?, _ evidence: EndingEvidence) -> Bool {
    guard let beep else { return false }
    return evidence.speech[leg].contains { $0.lowerBound < beep.lowerBound }
      && !evidence.speech[leg].contains { $0.upperBound > beep.upperBound + edge }
      && !evidence.speech[leg.other].contains {
        $0.lowerBound < beep.lowerBound - listens && $0.count > longestWord
      }
  }
}
