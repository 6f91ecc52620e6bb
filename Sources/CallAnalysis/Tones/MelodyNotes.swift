internal import CallModel

/// Pulses that are notes of music, on hold or behind a party, rather than signals: what is heard around them is hardly
/// quieter, and its peaks stand still.
struct MelodyNotes {
  let evidence: MusicEvidence
  /// The tone pulses of the leg, in order of time.
  let pulses: [Tone]

  /// Whether a pulse is a note. Neither it nor others of its frequency count for what is around it.
  func contains(_ pulse: Tone) -> Bool {
    let reach = pulse.frames.lowerBound - Self.reach..<pulse.frames.upperBound + Self.reach
    let same = pulses.filter { $0.frames.overlaps(reach) && $0.sharesFrequency(with: pulse) }
      .map { $0.frames.lowerBound - Self.edge..<$0.frames.upperBound + Self.edge }
    let around =
      (max(0, reach.lowerBound / Frames.perStep)..<min(evidence.count, reach.upperBound / Frames.perStep))
      .filter { step in !same.contains { $0.contains(Frames.perStep * step) } }
    let typical = around.map { evidence.loudness[$0] }.quantile(0.5) ?? -200
    return typical > pulse.level - PulseAcceptance.contrastDb
      && evidence.peaks.share(around) > MusicEvidence.persistence
  }

  /// Music is looked for so many frames before and after a pulse: 2 s, half the window of its evidence.
  private static let reach = MusicEvidence.windowSteps / 2 * Frames.perStep
  /// Windows of 64 ms blur the edges of a pulse, in frames.
  private static let edge = 7
}
