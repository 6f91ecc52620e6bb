internal import CallModel
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
    let least = UInt8(min(255, (settings.activity.digitalSilenceRatio * 255).rounded(.up)))
    var level = [Float](repeating: 0, count: count)
    let live = leg.frames.withUnsafeBufferPointer { frames in
      [Bool](unsafeUninitializedCapacity: count) { live, number in
        for frame in 0..<count {
          level[frame] = frames[frame].power
          live[frame] = frames[frame].change >= least && !Self.idles(frames, frame)
        }
        number = count
      }
    }
    toDecibels(&level)
    (self.level, self.live) = (level, live)
    let finder = ToneFinder(leg: leg, level: level, settings: settings.tones)
    let found = finder.find()
    let certain = finder.cadences(of: found)
    let signalling = certain.map(\.frames).mask(count: count)
    let music = Music.find(
      leg: leg, level: level, live: live, excluded: signalling, settings: settings.music)
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
    let levels = Levels(level, where: usable)
    loud = levels.quantile(0.95)
    floor = NoiseFloor(leg: leg, levels: levels, usable: usable, dead: live.count { !$0 })
  }

  /// Whether a codec has nothing to say: the decoder of GSM 6.10 hums in digital silence, with samples of up to 16,
  /// or a few times that where a recorder amplifies, whose peaks are all alike, as those of noise are not.
  private static func idles(_ frames: UnsafeBufferPointer<FrameFeatures>, _ frame: Int) -> Bool {
    guard frame > 0, frames[frame].peaks[0] <= 128 else { return false }
    let (now, before) = (frames[frame].peaks, frames[frame - 1].peaks)
    let highest = max(now.max(), before.max())
    return highest <= 128 && highest - min(now.min(), before.min()) <= max(1, highest / 12)
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
