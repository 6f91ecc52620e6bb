internal import CallModel
internal import SignalProcessing

/// What one leg carries in a section, before and beside speech.
struct LegScene {
  /// Its levels, and where the line is live.
  let levels: LegLevels
  /// The leg's own tones, in frames of the section and in order of time; not those that leak from the other leg.
  let tones: [Tone]
  /// Music, in frames of the section.
  let music: [FrameRange]
  /// Frames of tones, own or leaked, and of music: they are not speech.
  let notSpeech: [Bool]
  /// Live frames without tone or music.
  let usable: [Bool]
  /// The 95 % level of these frames, in dBov; nil where there is none.
  let loud: Float?
  /// The noise floor.
  let floor: NoiseFloor

  /// The level of each frame in dBov.
  var level: [Float] { levels.level }
  /// Whether the line is live, frame by frame.
  var live: [Bool] { levels.live }

  /// The scenes of the first `count` frames of one leg, or of both.
  static func scenes(of legs: [LegTrack], count: Int, settings: AnalysisSettings) -> [LegScene] {
    let levels = legs.map { LegLevels(of: $0, count: count, settings: settings.activity) }
    return scenes(of: legs, levels: levels, settings: settings)
  }

  /// The scenes of one leg, or of both, from their levels. In this order: pulses of both legs, which of them are only
  /// the other leg's, music, and then what depends on all of these.
  static func scenes(
    of legs: [LegTrack], levels: [LegLevels], settings: AnalysisSettings
  ) -> [LegScene] {
    precondition(legs.count == levels.count && (1...2).contains(legs.count), "a call has one leg or two")
    let pulses = zip(legs, levels).map { leg, levels in
      Self.pulses(of: leg, level: levels.level, settings: settings.tones)
    }
    return legs.indices.map { index in
      let own = pulses[index]
      let isLeaked =
        legs.count == 2
        ? LeakedTones.areLeaked(own, from: pulses[1 - index]) : own.map { _ in false }
      return LegScene(
        leg: legs[index], levels: levels[index], pulses: own, isLeaked: isLeaked, settings: settings)
    }
  }

  /// The tone pulses of a leg, in order of time.
  private static func pulses(of leg: LegTrack, level: [Float], settings: ToneSettings) -> [Tone] {
    let candidates = PulseCandidates(leg: leg, level: level, settings: settings).find()
    return PulseAcceptance(level: level, settings: settings).tones(among: candidates)
  }

  /// - Parameters:
  ///   - pulses: the leg's tone pulses, in order of time.
  ///   - isLeaked: for each of them whether it is only the other leg's.
  private init(
    leg: LegTrack, levels: LegLevels, pulses: [Tone], isLeaked: [Bool], settings: AnalysisSettings
  ) {
    let count = levels.level.count
    let isCertain = ExchangePulses(level: levels.level, settings: settings.tones).areCertain(pulses)
    let certain = pulses.indices.filter { isCertain[$0] }.map { pulses[$0].frames }
    let music = Music.find(
      leg: leg, levels: levels, excluded: certain.mask(count: count), settings: settings.music)
    // Notes of a melody are no signals.
    let signals = pulses.indices.filter { index in
      isCertain[index] || !music.contains { $0.overlaps(pulses[index].frames) }
    }
    let notSpeech = Self.mask(of: signals.map { pulses[$0] }, and: music, level: levels.level)
    var usable = levels.live
    for frame in 0..<count where notSpeech[frame] { usable[frame] = false }
    let heard = Levels(levels.level, where: usable)

    self.levels = levels
    self.music = music
    tones = signals.filter { !isLeaked[$0] }.map { pulses[$0] }
    self.notSpeech = notSpeech
    self.usable = usable
    loud = heard.quantile(Self.loudQuantile)
    floor = NoiseFloor(
      leg: leg, levels: heard, usable: usable, dead: levels.live.count { !$0 })
  }

  /// The frames of tones, of what a codec makes of their ends, and of music.
  private static func mask(of tones: [Tone], and music: [FrameRange], level: [Float]) -> [Bool] {
    let tail = ToneTail(level: level)
    return (music + tones.flatMap { [$0.frames, tail.frames(after: $0, before: tones)] })
      .mask(count: level.count)
  }

  /// What is heard at its loudest, clicks aside.
  private static let loudQuantile = 0.95
}
