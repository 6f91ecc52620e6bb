internal import SignalProcessing

/// What one leg carries in a section, before and beside speech.
struct LegScene {
  /// The level of each frame in dBov.
  var level: [Float]
  /// Whether the line is live: samples change, also where they are only noise.
  var live: [Bool]
  /// Tones, in frames of the section.
  var tones: [Tone] = []
  /// Music, in frames of the section.
  var music: [FrameRange] = []
  /// Frames of tones and music: they are not speech.
  var notSpeech: [Bool]
  /// Live frames without tone or music.
  var usable: [Bool]
  /// The 95 % level of these frames, in dBov.
  var loud: Float?
  /// The noise floor.
  var floor: NoiseFloor

  init(leg: LegTrack, count: Int, settings: AnalysisSettings) {
    let levels = LegLevels(of: leg, count: count, settings: settings.activity)
    (level, live) = (levels.level, levels.live)
    let finder = ToneFinder(leg: leg, level: level, settings: settings.tones)
    let found = finder.find()
    let certain = finder.cadences(of: found)
    let signalling = certain.map(\.frames).mask(count: count)
    let music = Music.find(
      leg: leg, levels: levels, excluded: signalling, settings: settings.music)
    self.music = music
    // Notes of a melody are no signals.
    let signals = found.filter { tone in
      certain.contains(tone) || !music.contains { $0.overlaps(tone.frames) }
    }
    tones = signals
    let not = (music + signals.flatMap { [$0.frames, finder.tail(of: $0, in: signals)] }).mask(count: count)
    notSpeech = not
    var usable = live
    for frame in 0..<count where not[frame] { usable[frame] = false }
    self.usable = usable
    let heard = Levels(level, where: usable)
    loud = heard.quantile(0.95)
    floor = NoiseFloor(
      leg: leg, levels: heard, usable: usable, dead: live.count { !$0 }, settings: settings.activity)
  }

  /// Drops the pulses that are heard here only because they sound much louder on the other leg; their frames
  /// still are not speech.
  mutating func dropTones(leakedFrom other: LegScene, settings: ToneSettings) {
    tones.removeAll { tone in
      other.tones.contains {
        $0.sharesFrequency(with: tone) && $0.frames.overlaps(tone.frames)
          && $0.level > tone.level + Float(settings.leakedDb)
      }
    }
  }
}
