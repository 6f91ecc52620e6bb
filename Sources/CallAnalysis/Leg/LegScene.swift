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
  /// Where fax machines talk to each other, on either leg, in frames of the section; nil where none do.
  let fax: FrameRange?
  /// Frames of tones, own or leaked, of music and of fax machines: they are not speech.
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
    let isCertain = zip(pulses, levels).map { pulses, levels in
      ExchangePulses(level: levels.level, settings: settings.tones).areCertain(pulses)
    }
    let fax = FaxStretch.find(legs: legs, levels: levels, pulses: pulses)
    let certain = legs.indices.map { leg in
      (zip(pulses[leg], isCertain[leg]).filter(\.1).map(\.0.frames) + [fax].compactMap(\.self))
        .mask(count: levels[leg].level.count)
    }
    let evidence = legs.indices.map { leg in
      MusicEvidence(
        leg: legs[leg], levels: levels[leg], excluded: certain[leg],
        lowestDbov: Float(settings.music.lowestDbov))
    }
    return legs.indices.map { leg in
      let own = pulses[leg]
      let other = legs.count == 2 ? 1 - leg : nil
      let music = evidence[leg].map {
        Music.find(
          by: $0, other: other.flatMap { evidence[$0] }, level: levels[leg].level, excluded: certain[leg],
          settings: settings.music)
      }
      let signals = signals(
        among: own, isCertain: isCertain[leg], music: music ?? [],
        notes: evidence[leg].map { MelodyNotes(evidence: $0, pulses: own) }, settings: settings.tones)
      let isLeaked = other.map { LeakedTones.areLeaked(signals, from: pulses[$0]) }
      return LegScene(
        leg: legs[leg], levels: levels[leg], music: music ?? [], fax: fax, signals: signals,
        isLeaked: isLeaked ?? signals.map { _ in false })
    }
  }

  /// The tone pulses of a leg, in order of time.
  private static func pulses(of leg: LegTrack, level: [Float], settings: ToneSettings) -> [Tone] {
    let candidates = PulseCandidates(leg: leg, level: level, settings: settings).find()
    return PulseAcceptance(level: level, settings: settings).tones(among: candidates)
  }

  /// - Parameters:
  ///   - signals: the tones on the leg, in order of time.
  ///   - isLeaked: for each of them whether it is only the other leg's.
  private init(
    leg: LegTrack, levels: LegLevels, music: [FrameRange], fax: FrameRange?, signals: [Tone],
    isLeaked: [Bool]
  ) {
    let others = music + [fax].compactMap(\.self)
    let notSpeech = Self.mask(of: signals, and: others, level: levels.level)
    let live = levels.live
    let usable = [Bool](count: live.count) { live[$0] && !notSpeech[$0] }
    let heard = Levels(levels.level, where: usable)

    self.levels = levels
    self.music = music
    self.fax = fax
    tones = zip(signals, isLeaked).filter { !$0.1 }.map(\.0)
    self.notSpeech = notSpeech
    self.usable = usable
    loud = heard.quantile(Self.loudQuantile)
    floor = NoiseFloor(
      leg: leg, levels: heard, usable: usable, dead: live.count - live.count(where: \.self))
  }

  /// The pulses that are signals: those that are certain, keys and special information tones, and of the others those
  /// that are no notes of a melody.
  private static func signals(
    among pulses: [Tone], isCertain: [Bool], music: [FrameRange], notes: MelodyNotes?, settings: ToneSettings
  ) -> [Tone] {
    let information = ToneGroups.informationTones(
      in: pulses, among: Array(pulses.indices), settings: settings
    ).joined()
    return pulses.indices.filter { index in
      let pulse = pulses[index]
      if isCertain[index] { return true }
      if music.contains(where: { $0.overlaps(pulse.frames) }) { return false }
      return pulse.isKey || information.contains(index) || notes?.contains(pulse) != true
    }.map { pulses[$0] }
  }

  /// The frames of tones, of what a codec makes of their ends, and of other sounds.
  private static func mask(of tones: [Tone], and others: [FrameRange], level: [Float]) -> [Bool] {
    let tail = ToneTail(level: level)
    return (others + tones.flatMap { [$0.frames, tail.frames(after: $0, before: tones)] })
      .mask(count: level.count)
  }

  /// What is heard at its loudest, clicks aside.
  private static let loudQuantile = 0.95
}
