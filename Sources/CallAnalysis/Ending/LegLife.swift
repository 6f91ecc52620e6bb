internal import CallModel

/// Where the life of a leg ends in a section: before the final digital silence and the tones in it.
struct LegLife {
  /// The frame of the section.
  let end: Int
  /// Frames of the leg's tones, with their blurred edges and what a codec makes of their ends.
  let tonal: [Bool]

  /// A tone's edges are blurred by this many frames.
  private static let toneMargin = 3
  /// What a codec leaves between tones and silence is at most this long, in frames.
  private static let longestRemnant = 15
  /// The pulses of a busy tone come within this many frames: 1 s.
  private static let cadence = Frames.perSecond
  /// The decoder of GSM 6.10 rings on for so many frames at most after a loud word (our measurement), ...
  private static let longestRing = 30
  /// ... below the bands of speech: with a whitened ratio under this, in dB, ...
  private static let ringRatioDb: Float = 6
  /// ... though its level lies at most this far under the leg's loud talk, in dB.
  private static let ringDepthDb: Float = 26

  init(_ section: LegSection) {
    tonal = Self.tonalFrames(section)
    var end = Self.beforeTones(section, tonal)
    if end < section.count, let loud = section.activity.loud {
      let earliest = max(0, end - Self.longestRing)
      while end > earliest, section.scene.level[end - 1] > loud - Self.ringDepthDb,
        section.activity.ratio[end - 1] < Self.ringRatioDb
      { end -= 1 }
    }
    self.end = end
  }

  private static func tonalFrames(_ section: LegSection) -> [Bool] {
    let count = section.count
    var tonal = section.scene.tones.map {
      max(0, $0.frames.lowerBound - toneMargin)..<min(count, $0.frames.upperBound + toneMargin)
    }.mask(count: count)
    let music = section.scene.music.mask(count: count)
    for frame in 0..<count where section.scene.notSpeech[frame] && !music[frame] { tonal[frame] = true }
    return tonal
  }

  /// The end of life before digital silence, tones, and the remnants of tones.
  private static func beforeTones(_ section: LegSection, _ tonal: [Bool]) -> Int {
    func isDead(_ frame: Int) -> Bool { !section.scene.live[frame] || tonal[frame] }
    var end = section.count
    while end > 0 {
      while end > 0, isDead(end - 1) { end -= 1 }
      var start = end
      while start > max(0, end - longestRemnant), !isDead(start - 1) { start -= 1 }
      let before = (max(0, start - cadence)..<start).reversed().prefix { isDead($0) }
      guard before.contains(where: { tonal[$0] }) else { break }
      end = start
    }
    return end
  }
}
