internal import CallModel

/// Measures how a leg ends: the tail of the last section.
struct TailMeter: LegMeter {
  private var tail = LegTail()

  /// Digital silence shorter than this, in frames, is no dead leg.
  private static let minimumSilence = 5
  /// Noise is looked for in this many frames before the end: 30 s.
  private static let noiseWindow = 30 * Frames.perSecond
  /// Fewer quiet frames than this tell nothing of noise.
  private static let minimumQuiet = 20

  mutating func consume(_ section: LegSection) {
    let next = Self.tail(of: section)
    // Where a leg is dead throughout a section, it died in one before.
    if tail.deadFrom != nil, next.deadFrom == section.firstFrame { return }
    tail = next
  }

  consuming func finish() -> LegTail { tail }

  private static func tail(of section: LegSection) -> LegTail {
    var tail = LegTail()
    let life = LegLife(section)
    let dies = section.count - life.end > minimumSilence
    if dies { tail.deadFrom = life.end + section.firstFrame }
    let quiet = quietFrames(section, before: life)
    tail.hadNoise = quiet.count > minimumQuiet && 2 * quiet.count { section.scene.live[$0] } > quiet.count
    tail.cutOdds = CutSound(section, lifeEnd: life.end, dies: dies, quiet: quiet)?.odds(
      hadNoise: tail.hadNoise)
    return tail
  }

  /// The frames before the end of life that carry no speech, tone or music.
  private static func quietFrames(_ section: LegSection, before life: LegLife) -> [Int] {
    let spoken = section.activity.speech.mask(count: section.count)
    return (max(0, life.end - noiseWindow)..<life.end).filter {
      !spoken[$0] && !life.tonal[$0] && !section.scene.notSpeech[$0]
    }
  }
}
