internal import CallModel

/// The fax machines of a call.
enum FaxFacts {
  /// Calling and answering that lies this close belongs to one fax, in frames: T.30 waits 35 s for an answer.
  private static let together = 35 * Frames.perSecond

  /// Takes out of a leg what was found in its fax: tones, music and talk that machines seem to make.
  static func clear(_ leg: inout LegRecord, _ signals: inout [ToneSignal]) {
    guard let start = leg.fax.first?.lowerBound else { return }
    let fax = leg.fax
    func isFax(_ frames: FrameRange) -> Bool { fax.contains { $0.overlaps(frames) } }
    leg.talkspurts.removeAll { isFax($0.frames) }
    leg.segments.removeAll { isFax($0.frames) }
    leg.music.removeAll(where: isFax)
    signals.removeAll { $0.type != .fax && $0.frames.lowerBound >= start && isFax($0.frames) }
  }

  /// The faxes of a call, from the first sign to the last.
  static func all(legs: [LegRecord], signals: [[ToneSignal]]) -> [FrameRange] {
    legs.flatMap(\.fax).union(signals.joined().filter { $0.type == .fax }.map(\.frames))
      .bridged(gap: together)
  }
}
