internal import CallModel
internal import SignalProcessing

/// Where one leg carries the speech of its party, or of both parties on a channel that they share. All ranges are in
/// frames of the section, in ascending order.
struct SpeechActivity: Sendable, Hashable {
  /// The talkspurts.
  let speech: [FrameRange]
  /// The talkspurts with the odds of speech lowered by `sensitivityDb`.
  let strict: [FrameRange]
  /// The talkspurts with the odds of speech raised by `sensitivityDb`.
  let lenient: [FrameRange]
  /// Voiced frames well above the noise, as loud as the party talks.
  let core: [FrameRange]
  /// The 95 % level of the core, in dBov; nil without a core.
  let loud: Float?
  /// The whitened signal-to-noise ratio of each frame, in dB; -200 in frames that do not count.
  let ratio: [Float]

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
