internal import CallModel
internal import SignalProcessing

/// Where one leg carries the speech of its party, or of both parties on a channel that they share. All ranges are in
/// frames of the section, in ascending order.
struct SpeechActivity: Sendable, Hashable {
  /// The talkspurts.
  let speech: [FrameRange]
  /// The talkspurts with the thresholds moved up by `sensitivityDb`.
  let strict: [FrameRange]
  /// The talkspurts with the thresholds moved down by `sensitivityDb`, the offset threshold at most by half.
  let lenient: [FrameRange]
  /// Voiced frames well above the noise, as loud as the party talks.
  let core: [FrameRange]
  /// The 95 % level of the core, in dBov; nil without a core.
  let loud: Float?
  /// The whitened signal-to-noise ratio of each frame, in dB; -200 in frames that do not count.
  let ratio: [Float]

  /// There is much noise where the core's typical ratio lies below this, in dB: what goes on beside the party's voice
  /// may be noise or others (our measurement: 16 to 24 give the same results).
  private static let noisyBelowDb: Float = 20

  /// Finds the speech of a leg.
  ///
  /// - Parameters:
  ///   - leg: its features.
  ///   - scene: its levels, and what is already known not to be speech.
  ///   - leak: the power that the other leg's voice brings, by frame and band; nil without leakage.
  ///   - parties: how many parties speak on the channel.
  ///   - stretches: the frames that count, sorted and apart; nil for the whole section. Frames outside are taken for
  ///     unusable and have no influence on the result, except on what the scene says of the frames inside.
  init(
    leg: LegTrack, scene: LegScene, leak: LeakedPower?, parties: ChannelParties,
    stretches: [FrameRange]? = nil, settings: ActivitySettings
  ) {
    let input = SpeechInput(leg: leg, scene: scene, leak: leak, parties: parties, stretches: stretches)
    guard let core = VoicedCore(input, parties: parties) else {
      self.init(speech: [], strict: [], lenient: [], core: [], loud: nil, ratio: input.ratio)
      return
    }
    let isNoisy = parties == .one && core.typicalRatio < Self.noisyBelowDb
    let loudTalk = LoudTalk(
      levels: input.level, runs: core.runs, reach: Frames.count(seconds: FarRule.windowS / 2),
      maximumFallDbPerS: .infinity)
    let voice = PartyVoice(leg: leg, core: core)
    let farRule = FarRule(
      input: input, loudTalk: loudTalk, voice: voice, mayHaveOthers: core.hasRoom || isNoisy || leak != nil)
    let detector = TalkspurtDetector(
      input: input, core: core, thresholds: SpeechThresholds(input, core: core, parties: parties),
      eligible: EligibleFrames.mask(
        input, core: core, loudTalk: loudTalk, isNoisy: isNoisy, rangeDb: settings.rangeDb),
      voice: voice, farRule: parties == .one ? farRule : nil, settings: settings)
    let shift = Float(settings.sensitivityDb)
    self.init(
      speech: detector.talkspurts(shift: 0), strict: detector.talkspurts(shift: shift),
      lenient: detector.talkspurts(shift: -shift), core: core.runs, loud: core.loud, ratio: input.ratio)
  }

  /// What was found, part by part.
  init(
    speech: [FrameRange], strict: [FrameRange], lenient: [FrameRange], core: [FrameRange], loud: Float?,
    ratio: [Float]
  ) {
    self.speech = speech
    self.strict = strict
    self.lenient = lenient
    self.core = core
    self.loud = loud
    self.ratio = ratio
  }
}
