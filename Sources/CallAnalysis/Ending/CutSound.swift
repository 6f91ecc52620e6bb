internal import CallModel
internal import SignalProcessing

/// The sound with which a leg ends: whether a word is cut there.
///
/// Speech found before the cut weighs in, but does not decide: a word that began less than 0.25 s before is too short
/// for a talkspurt. A cut word is loud beside the leg's talk and beside what is heard between its words, voiced, and
/// does not fall; a natural one has faded. The weights are fitted to cuts of simulated calls
/// (docs/measurements/ending.md).
struct CutSound {
  /// How far the last 30 ms lie under the leg's loud talk, in dB.
  let decay: Float
  /// How far they lie over the loudest of what is heard without speech, in dB.
  let overBackground: Float
  /// Their whitened signal-to-noise ratio, in dB.
  let ratio: Float
  /// Whether anything within 60 ms is voiced.
  let isVoiced: Bool
  /// How far the last 20 ms lie over 20 ms that end 30 ms before the cut, in dB.
  let slope: Float
  /// Whether speech was found up to the cut.
  let isInSpeech: Bool
  /// Whether the leg dies there and the recording goes on.
  let dies: Bool

  /// The loudest background is this quantile of the levels of frames without speech: above it lie clicks.
  private static let backgroundQuantile = 0.95
  /// Speech that ends so many frames before the cut goes up to it: where its end was found is not surer.
  private static let speechReach = 4
  /// Frames less than this before the cut are not counted for background: they may be the word.
  private static let wordFrames = 30
  /// The parts of 2.5 ms in 10 ms.
  private static let parts = FrameFeatures.partCount
  /// The voicing above which a step at the end is voiced, 0 to 1: half of its window lies behind the cut, and bursts of
  /// noise seldom reach this (our measurement).
  private static let voicingThreshold: Float = 0.3
  /// A leg that dies falls this far within 15 ms, in dB, having been live: words fade over 60 ms and more (our
  /// measurement).
  private static let fallDb: Float = 12
  /// A fall is looked for from so many parts before the end of life to so many after it.
  private static let fallParts = (before: 24, after: 12)

  /// The sound at the end of a leg's life; nil where there is no talk to compare with, no fall where it dies, or no
  /// word: a click, or noise that was not found to be speech.
  ///
  /// - Parameters:
  ///   - lifeEnd: the frame at which the leg's life ends.
  ///   - dies: whether that is before the end of the recording.
  ///   - quiet: frames before it that carry no speech, tone or music.
  init?(_ section: LegSection, lifeEnd: Int, dies: Bool, quiet: [Int]) {
    let levels = PartLevels(frames: section.features.frames, count: section.count)
    let edge = Self.edge(levels, lifeEnd: lifeEnd, dies: dies)
    guard let loud = section.activity.loud, let edge, !levels.isClick(before: edge) else { return nil }
    let frame = min(section.count, edge / Self.parts)
    let level = levels.level(edge - 3 * Self.parts..<edge)
    decay = loud - level
    let background = Levels(
      quiet.filter { $0 < lifeEnd - Self.wordFrames && section.scene.usable[$0] }
        .map { section.scene.level[$0] })
    overBackground = level - (background.quantile(Self.backgroundQuantile) ?? section.scene.floor.level)
    ratio = section.activity.ratio[frame - 3..<frame].reduce(0) { $0 + max($1, 0) } / 3
    let steps = section.features.steps.prefix((frame + 1) / Frames.perStep).suffix(3)
    isVoiced = steps.contains { $0.voicing > Self.voicingThreshold }
    slope =
      levels.level(edge - 2 * Self.parts..<edge)
      - levels.level(edge - 5 * Self.parts..<edge - 3 * Self.parts)
    isInSpeech = section.activity.speech.contains {
      $0.lowerBound < frame && frame <= $0.upperBound + Self.speechReach
    }
    self.dies = dies
    guard isVoiced || isInSpeech else { return nil }
  }

  /// The part at which the leg is cut: at the end of its life, or where it falls as it dies; nil where it does not fall,
  /// or has hardly begun.
  private static func edge(_ levels: PartLevels, lifeEnd: Int, dies: Bool) -> Int? {
    let end = lifeEnd * parts
    guard lifeEnd > PartLevels.clickWindow else { return nil }
    guard dies else { return end }
    guard let fall = levels.steepestFall(in: end - fallParts.before...end + fallParts.after),
      fall.db >= fallDb
    else { return nil }
    return fall.part
  }

  /// The natural logarithm of the odds that a word is cut.
  func odds(hadNoise: Bool) -> Double {
    func clamped(_ value: Float, _ range: ClosedRange<Float>) -> Double {
      Double(min(max(value, range.lowerBound), range.upperBound))
    }
    var odds = -3.5 - 0.045 * clamped(decay, 0...50) + 0.065 * clamped(overBackground, -20...20)
    odds += 0.105 * clamped(ratio, 0...30) + 0.16 * clamped(slope, -10...10)
    if isVoiced { odds += 1.5 }
    if isInSpeech { odds += 1.3 }
    // Noise that goes with the word goes with the line; where there was none, a gate may have closed.
    if dies { odds += hadNoise ? 1.7 : -0.2 }
    return odds
  }
}
