internal import CallModel
internal import RealModule
internal import SignalProcessing

/// Measures how a leg ends: the tail of the last section.
struct TailMeter: LegMeter {
  private var tail = LegTail()

  /// The time within which a dying leg falls, in ms: words fade over 60 ms and more (our measurement).
  static let fallMs = 15.0
  /// Sound after which a fall is looked for lies at most this far under the leg's loud talk, in dB.
  private static let loudRange: Float = 26
  /// A tone's edges are blurred by this many frames.
  private static let toneMargin = 3
  /// Digital silence shorter than this, in frames, is no dead leg.
  private static let minimumSilence = 5
  /// Noise is looked for in this many frames before the end: 30 s.
  private static let noiseWindow = 30 * Frames.perSecond
  /// Fewer quiet frames than this tell nothing of noise.
  private static let minimumQuiet = 20
  /// A fall is looked for from so many parts of 2.5 ms before the end of the last talkspurt to so many after it.
  private static let partsBefore = 24
  private static let partsAfter = 12
  /// Levels before and after a fall are means over so many parts: 10 ms.
  private static let parts = FrameFeatures.partCount
  /// The level at the end of the last talkspurt is that of so many frames.
  private static let lastFrames = 3

  mutating func consume(_ section: LegSection) { tail = Self.tail(of: section) }

  consuming func finish() -> LegTail { tail }

  private static func tail(of section: LegSection) -> LegTail {
    var tail = LegTail()
    let count = section.count
    let tonal = section.scene.tones.map {
      max(0, $0.frames.lowerBound - toneMargin)..<min(count, $0.frames.upperBound + toneMargin)
    }.mask(count: count)
    var alive = count
    while alive > 0 && (!section.scene.live[alive - 1] || tonal[alive - 1]) { alive -= 1 }
    if count - alive > minimumSilence { tail.deadFrom = alive + section.firstFrame }
    tail.hadNoise = hasNoise(section, before: alive, tonal: tonal)
    if let last = section.activity.speech.last {
      tail.fall = steepestFall(around: last.upperBound, section)
      tail.decay = decay(at: last, section)
    }
    return tail
  }

  /// Whether most quiet frames before the end are live.
  private static func hasNoise(_ section: LegSection, before end: Int, tonal: [Bool]) -> Bool {
    let spoken = section.activity.speech.mask(count: section.count)
    let quiet = (max(0, end - noiseWindow)..<end).filter {
      !spoken[$0] && !tonal[$0] && !section.scene.notSpeech[$0]
    }
    return quiet.count > minimumQuiet && 2 * quiet.count { section.scene.live[$0] } > quiet.count
  }

  /// The steepest fall of means of 10 ms within `fallMs` around a frame, in dB; 0 where nothing loud falls.
  private static func steepestFall(around end: Int, _ section: LegSection) -> Float {
    let count = section.count * parts
    let fallParts = Int((fallMs / (Frames.hopMs / Double(parts))).rounded())
    func mean(_ range: Range<Int>) -> Float {
      let inside = range.clamped(to: 0..<count)
      guard !inside.isEmpty else { return 0 }
      let sum = inside.reduce(0) {
        $0 + section.features.frames[$1 / parts].magnitude(part: $1 % parts)
      }
      return sum / Float(inside.count)
    }
    // Powers of mean magnitudes; 1 is full scale.
    let loud = power(decibels: (section.activity.loud ?? 0) - loudRange)
    let centre = end * parts
    let earliest = max(parts, centre - partsBefore)
    var steepest: Float = 0
    for edge in earliest..<max(earliest, min(count - fallParts - parts, centre + partsAfter)) {
      let before = mean(edge - parts..<edge)
      guard before * before / (32768 * 32768) > loud else { continue }
      let after = mean(edge + fallParts - parts..<edge + fallParts)
      // Half an LSB stands for silence.
      steepest = max(steepest, 20 * Float(Double.log10(Double(max(before, 0.5) / max(after, 0.5)))))
    }
    return steepest
  }

  /// How far the end of a talkspurt lies under the leg's loud talk, in dB.
  private static func decay(at last: FrameRange, _ section: LegSection) -> Float {
    let end = max(last.lowerBound, last.upperBound - lastFrames)..<last.upperBound
    let power = end.reduce(0) { $0 + section.features.frames[$1].power } / Float(max(1, end.count))
    let level = decibels(power)
    return (section.activity.loud ?? level) - level
  }
}
