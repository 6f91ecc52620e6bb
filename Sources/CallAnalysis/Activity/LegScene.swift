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
  /// The noise floor.
  var floor: NoiseFloor

  init(leg: LegTrack, count: Int, settings: AnalysisSettings) {
    var levels = [Float](repeating: 0, count: count)
    for frame in 0..<count { levels[frame] = decibels(leg.power[frame]) }
    level = levels
    let least = UInt8((settings.activity.digitalSilenceRatio * 255).rounded(.up))
    live = (0..<count).map { leg.change[$0] >= least }
    let music = Music.find(leg: leg, level: levels, live: live, settings: settings.music)
    let tones = ToneFinder.find(leg: leg, level: levels, settings: settings.tones)
    self.music = music
    self.tones = tones
    let not = (music + tones.map(\.frames)).mask(count: count)
    notSpeech = not
    var usable = live
    for frame in 0..<count where not[frame] { usable[frame] = false }
    floor = NoiseFloor(leg: leg, usable: usable, settings: settings.activity)
  }
}
