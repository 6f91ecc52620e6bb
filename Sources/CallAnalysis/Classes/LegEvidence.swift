internal import CallModel
internal import SignalProcessing

/// What the features of speech read of a leg that carries speech.
struct LegEvidence {
  /// Its levels and ratios.
  let input: SpeechInput
  /// Its voiced core.
  let core: VoicedCore
  /// Who speaks on it.
  let parties: ChannelParties
  /// The level of each frame under the loud talk.
  let depth: RunningBytes
  /// The ratio of each frame over the noise.
  let ratio: RunningBytes
  /// Whether the leg sounds as loud as talk in each frame.
  let talks: [Bool]
  /// Usable frames far from the core: of the line and of the room.
  let isFar: [Bool]
  /// The median and the 95 % ratio of these frames, in dB.
  let noise: (middle: Float, loud: Float)

  /// The sound of the line and of the room lies this far from the core, in ms: further than the consonants and the pauses
  /// of a word (our measurement).
  private static let guardMs = 400.0
  /// Less of it than this, in ms, is a pause between words, which tells nothing of the room (our measurement).
  private static let noiseMinimumMs = 400.0
  /// The ratios of a quiet line, in dB: what too little noise is taken for.
  private static let quiet: (middle: Float, loud: Float) = (0, 2)
  /// Talk lies within this of the loud talk, in dB, as the core does ...
  private static let talkDepthDb: Float = -20
  /// ... and this far over the noise, in dB, as the core does.
  private static let talkRatioDb: Float = 6

  init(_ input: SpeechInput, core: VoicedCore, parties: ChannelParties) {
    (self.input, self.core, self.parties) = (input, core, parties)
    depth = RunningBytes(
      input.steadyLevel, from: core.loud - 60, perUnit: SpeechFeatures.stepsPerDb)
    ratio = RunningBytes(input.ratio, from: -6, perUnit: SpeechFeatures.ratioStepsPerDb)
    talks = ratio.isAbove(
      SpeechFeatures.ratioByte(Self.talkRatioDb),
      where: depth.isAbove(SpeechFeatures.depthByte(Self.talkDepthDb)))
    var isFar = input.usable
    let guardFrames = Frames.count(milliseconds: Self.guardMs)
    for run in core.runs {
      let near = max(0, run.lowerBound - guardFrames)..<min(isFar.count, run.upperBound + guardFrames)
      isFar.replaceSubrange(near, with: repeatElement(false, count: near.count))
    }
    self.isFar = isFar
    let population = Levels(input.ratio, where: isFar)
    let isHeard = population.count > Frames.count(milliseconds: Self.noiseMinimumMs)
    noise =
      isHeard
      ? (population.quantile(0.5) ?? Self.quiet.middle, population.quantile(0.95) ?? Self.quiet.loud)
      : Self.quiet
  }
}
