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
  /// Usable frames further than 400 ms from the core: of the line and of the room.
  let isFar: [Bool]
  /// The median and the 95 % ratio of these frames, in dB.
  let noise: (middle: Float, loud: Float)

  init(_ input: SpeechInput, core: VoicedCore, parties: ChannelParties) {
    (self.input, self.core, self.parties) = (input, core, parties)
    depth = RunningBytes(
      input.steadyLevel, from: core.loud - 60, perUnit: SpeechFeatures.stepsPerDb)
    ratio = RunningBytes(input.ratio, from: -6, perUnit: SpeechFeatures.ratioStepsPerDb)
    var isFar = input.usable
    let guardFrames = Frames.count(milliseconds: 400)
    for run in core.runs {
      let near = max(0, run.lowerBound - guardFrames)..<min(isFar.count, run.upperBound + guardFrames)
      for frame in near { isFar[frame] = false }
    }
    self.isFar = isFar
    let population = Levels(input.ratio, where: isFar)
    // Less is a pause between words, which tells nothing of the room.
    let isHeard = population.count > Frames.count(milliseconds: 400)
    noise = (
      isHeard ? population.quantile(0.5) ?? 0 : 0, isHeard ? population.quantile(0.95) ?? 2 : 2
    )
  }

  /// Whether the leg sounds as loud as talk in a frame: within 20 dB of the loud talk and 6 dB over the noise.
  func talks(_ frame: Int) -> Bool {
    depth.bytes[frame] > SpeechFeatures.depthByte(-20) && ratio.bytes[frame] > SpeechFeatures.ratioByte(6)
  }
}
