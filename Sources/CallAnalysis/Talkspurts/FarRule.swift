internal import CallModel

/// Leaves out talkspurts that lie far below the loud talk around them and apart from louder ones: they may be another's.
/// A party's own soft words stand beside louder ones.
struct FarRule {
  let input: SpeechInput
  let loudTalk: LoudTalk
  let voice: PartyVoice
  /// Whether others may be heard on the leg: in the room, from the other leg, in noise.
  let mayHaveOthers: Bool

  /// The time around a talkspurt in which the loud talk is measured, in s (our measurement).
  static let windowS = 20.0
  /// The quantile of a talkspurt's levels that is compared with the loud talk.
  private static let quantile = 0.9
  /// How far below the loud talk a talkspurt's level is another's, in dB (our measurement).
  private static let depthDb: Float = 10
  /// Where others are not heard, a short talkspurt stays whose voice lies nearer to the party's than this, in spreads: a
  /// soft yes lies up to 2 away, a bark 4 (our measurement).
  private static let maximumDistance: Float = 3

  /// The talkspurts that are the party's.
  func kept(_ runs: [FrameRange]) -> [FrameRange] {
    let loud = runs.filter(isLoud)
    if loud.count == runs.count { return runs }
    let apart = Frames.count(milliseconds: RoomRule.apartMs)
    let beside = loud.map { $0.lowerBound - apart..<$0.upperBound + apart }
    return runs.filter { run in beside.contains { $0.overlaps(run) } || isPartysYes(run) }
  }

  /// Whether the 90 % level of a talkspurt is near the loud talk around it.
  private func isLoud(_ run: FrameRange) -> Bool {
    let minimum = loudTalk.level(around: run) - Self.depthDb
    return run.count { !(input.level[$0] > minimum) } <= Int(Self.quantile * Double(run.count))
  }

  /// Whether a soft talkspurt is a short answer in the party's voice.
  private func isPartysYes(_ run: FrameRange) -> Bool {
    !mayHaveOthers && run.count < Frames.count(seconds: PartyVoice.foreignMaximumS)
      && voice.distance(of: run) < Self.maximumDistance
  }
}
