internal import CallModel

/// Finds talkspurts by two thresholds on the whitened ratio: a run extends as far as its ratio stays above the offset
/// threshold, and reaches above the onset threshold somewhere.
struct TalkspurtDetector {
  let input: SpeechInput
  let core: VoicedCore
  let thresholds: SpeechThresholds
  /// Where talkspurts may lie.
  let eligible: [Bool]
  let voice: PartyVoice
  /// Leaves out what is another's; nil where both parties share the channel.
  let farRule: FarRule?
  let settings: ActivitySettings

  /// The time that a run has above the onset threshold, in ms: longer than a click.
  private static let onsetMinimumMs = 30.0
  /// A talkspurt whose voiced frames lie at least this many spreads from the party's own is an animal's or a thing's
  /// (our measurement).
  private static let foreignDistance: Float = 4.25
  /// The lowest onset threshold that a shift leads to, in dB: below lies the noise.
  private static let lowestOnsetDb: Float = 1

  /// The talkspurts with the thresholds moved by so many dB; the offset threshold falls to half at most.
  func talkspurts(shift: Float) -> [FrameRange] {
    let onset = max(Self.lowestOnsetDb, thresholds.onset + shift)
    let offset = max(thresholds.offset / 2, thresholds.offset + shift)
    let onsetMinimum = Frames.count(milliseconds: Self.onsetMinimumMs)
    let bridge = Frames.count(milliseconds: settings.bridgeMs)
    let runs = [FrameRange](count: input.count) { eligible[$0] && input.ratio[$0] > offset }
      .filter { run in run.count { input.ratio[$0] > onset } >= onsetMinimum }
      .bridged(gap: bridge)
      .filter(isPartys)
    // What is bridged over frames that do not count is taken apart again.
    return (farRule?.kept(runs) ?? runs).map(extended).bridged(gap: bridge).intersection(input.stretches)
  }

  /// Whether a run is long enough and loud enough, and has the party's voice.
  private func isPartys(_ run: FrameRange) -> Bool {
    run.count >= Frames.count(milliseconds: settings.talkspurtMinimumMs)
      && run.contains { core.strong[$0] } && voice.distance(of: run) < Self.foreignDistance
  }

  /// A talkspurt with its hangover, which ends at the first frame that is not usable.
  private func extended(_ run: FrameRange) -> FrameRange {
    var end = run.upperBound
    while end < min(input.count, run.upperBound + thresholds.hangover), input.usable[end] { end += 1 }
    return run.lowerBound..<end
  }
}
