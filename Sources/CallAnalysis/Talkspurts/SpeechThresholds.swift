internal import CallModel

/// The thresholds with which talkspurts are found on a leg.
struct SpeechThresholds {
  /// A talkspurt reaches above this ratio, in dB.
  let onset: Float
  /// A talkspurt extends as far as its ratio stays above this, in dB.
  let offset: Float
  /// The frames by which talkspurts are extended beyond their end.
  let hangover: Int

  /// The onset threshold is this share of the core's typical ratio ... (our measurement)
  private static let onsetShare: Float = 0.25
  /// ... within these bounds, in dB, unless there is noise apart from speech that asks for more (our measurement).
  private static let onsetDb: ClosedRange<Float> = 3...6
  /// The offset threshold, in dB (our measurement).
  private static let offsetDb: Float = 2
  /// The offset threshold where both parties share the channel, in dB: a word cut in two tells less of a voice (our
  /// measurement).
  private static let sharedOffsetDb: Float = 1.2

  /// With both parties on the channel, talkspurts get a hangover where the typical ratio lies below this, in dB: noise
  /// hides the ends of words. With one party on each channel it would pass for overlap (our measurement).
  private static let hangoverBelowDb = 18.0
  /// The hangover for each dB below, in ms: the ends of words fall by some 70 dB in a second.
  private static let hangoverMsPerDb = 15.0
  /// The longest hangover, in ms (our measurement).
  private static let hangoverMaximumMs = 80.0
  /// With a hangover the offset threshold is at least this, in dB (our measurement).
  private static let hangoverOffsetDb: Float = 3

  /// Usable frames further than this from the core are the noise population, in ms: the sounds of the line and of the
  /// room.
  private static let guardMs = 400.0
  /// The noise population counts from this much of it, in s.
  private static let noiseMinimumS = 0.4
  /// The onset threshold rises to this quantile of the noise population's ratio ... (our measurement)
  private static let noiseOnsetQuantile = 0.95
  /// ... but no higher than this share of the core's typical ratio (our measurement).
  private static let onsetMaximumShare: Float = 0.65
  /// The offset threshold rises to this quantile of the noise population's ratio ... (our measurement)
  private static let noiseOffsetQuantile = 0.7
  /// ... but no higher than this share of the core's typical ratio (our measurement).
  private static let offsetMaximumShare: Float = 0.5

  init(_ input: SpeechInput, core: VoicedCore, parties: ChannelParties) {
    let typical = core.typicalRatio
    var onset = min(max(Self.onsetShare * typical, Self.onsetDb.lowerBound), Self.onsetDb.upperBound)
    var offset = parties == .one ? Self.offsetDb : Self.sharedOffsetDb
    hangover = parties == .one ? 0 : Self.hangover(typicalRatio: typical)
    if hangover > 0 { offset = max(offset, Self.hangoverOffsetDb) }
    let noise = Self.noisePopulation(input, core: core)
    if noise.count >= Frames.count(seconds: Self.noiseMinimumS) {
      let (high, middle) = (noise.quantile(Self.noiseOnsetQuantile), noise.quantile(Self.noiseOffsetQuantile))
      onset = max(onset, min(high ?? 0, Self.onsetMaximumShare * typical))
      offset = max(offset, min(middle ?? 0, Self.offsetMaximumShare * typical))
    }
    (self.onset, self.offset) = (onset, offset)
  }

  private static func hangover(typicalRatio: Float) -> Int {
    let ms = (hangoverBelowDb - Double(typicalRatio)) * hangoverMsPerDb
    return Int((min(max(0, ms), hangoverMaximumMs) / Frames.hopMs).rounded())
  }

  /// The ratios of usable frames that lie apart from the core.
  private static func noisePopulation(_ input: SpeechInput, core: VoicedCore) -> Levels {
    let margin = Frames.count(milliseconds: guardMs)
    var apart = input.usable
    for run in core.runs {
      let near = max(0, run.lowerBound - margin)..<min(apart.count, run.upperBound + margin)
      for frame in near { apart[frame] = false }
    }
    return Levels(input.ratio, where: apart)
  }
}
