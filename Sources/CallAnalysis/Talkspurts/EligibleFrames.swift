internal import CallModel

/// The frames in which talkspurts may lie: loud enough, near the party's voice where other sounds are as loud, and not
/// standing still.
enum EligibleFrames {
  /// With other voices in the room or much noise, how far speech reaches from the party's voiced frames, in ms: further
  /// than its consonants. Other people's speech lies further away (our measurement).
  private static let reachMs = 230.0
  /// With other voices in the room, the party's voiced frames lie within this of its loud talk, in dB (our measurement).
  private static let roomNearDb: Float = 13

  /// Whether each frame is eligible.
  ///
  /// - Parameters:
  ///   - loudTalk: the party's loud talk.
  ///   - isNoisy: whether there is much noise.
  ///   - rangeDb: how far below the core's 90 % level speech lies at most, in dB.
  static func mask(
    _ input: SpeechInput, core: VoicedCore, loudTalk: LoudTalk, isNoisy: Bool, rangeDb: Double
  ) -> [Bool] {
    var eligible = input.usable
    let lowest = core.level90 - Float(rangeDb)
    for frame in eligible.indices where !(input.steadyLevel[frame] > lowest) { eligible[frame] = false }
    if core.hasRoom || isNoisy {
      let near = nearVoice(input, core: core, loudTalk: loudTalk)
      for frame in eligible.indices where !near[frame] { eligible[frame] = false }
    }
    for run in StandingSound.find(input, core: core) {
      for frame in run { eligible[frame] = false }
    }
    return eligible
  }

  /// Whether each frame is within reach of the party's voiced frames.
  private static func nearVoice(_ input: SpeechInput, core: VoicedCore, loudTalk: LoudTalk) -> [Bool] {
    let reach = Frames.count(milliseconds: reachMs)
    return core.runs.compactMap { run -> FrameRange? in
      let minimum = core.hasRoom ? loudTalk.level(around: run) - roomNearDb : -200
      guard let first = run.first(where: { input.level[$0] > minimum }),
        let last = run.last(where: { input.level[$0] > minimum })
      else { return nil }
      return max(0, first - reach)..<min(input.count, last + 1 + reach)
    }.mask(count: input.count)
  }
}
