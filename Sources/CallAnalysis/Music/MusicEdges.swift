internal import CallModel

/// Finds where music begins and ends, which the window of the evidence has blurred by half its length.
struct MusicEdges {
  /// The level of each frame in dBov.
  let level: [Float]
  /// Frames of signalling tones.
  let excluded: [Bool]
  let evidence: MusicEvidence
  /// The shortest music, in frames.
  let minimum: Int
  /// The level of what is heard beside music, in dBov.
  let background: Float
  /// The share of steady peaks in it.
  let beside: Float

  /// A run with its edges moved to where its sound begins and ends. Sound beside it, after a rest, belongs to it where
  /// its peaks stand still rather as those of the music than as those of speech.
  func trim(_ run: FrameRange) -> FrameRange {
    let typical = Array(level[run]).quantile(0.5) ?? -200
    let faded = typical - Self.fadeDb
    let floor = max(faded, min(typical - Self.edgeDepthDb, background + Self.riseDb))
    if background >= floor { return steadiestPart(of: run) }
    let isCrowded = floor > faded
    let inset = min(Self.reach, run.count / 3)
    let core = isCrowded ? steadiestPart(of: run) : run.lowerBound + inset..<run.upperBound - inset
    let sounds = sounds(around: run, above: floor)
    let inside = sounds.filter { $0.overlaps(core) }
    guard let first = inside.first, let last = inside.last else { return core.lowerBound..<core.lowerBound }
    // Who speaks just before or after is not music, though no rest is heard in the crowd; nor is what lies beyond.
    let isVoiceBefore = isCrowded && isVoice(first.lowerBound, core.lowerBound, beside: core)
    let isVoiceAfter = isCrowded && isVoice(core.upperBound, last.upperBound, beside: core)
    let limits = limits(of: run, core: core)
    let start =
      isVoiceBefore
      ? core.lowerBound
      : furthest(of: sounds.filter { $0.upperBound <= first.lowerBound }.reversed(), above: limits.before)?
        .lowerBound ?? first.lowerBound
    let end =
      isVoiceAfter
      ? core.upperBound
      : furthest(of: sounds.filter { $0.lowerBound >= last.upperBound }, above: limits.after)?
        .upperBound ?? last.upperBound
    return start..<end
  }

  /// The sounds in a run and around it, with rests between them.
  private func sounds(around run: FrameRange, above floor: Float) -> [FrameRange] {
    let start = max(0, run.lowerBound - Self.margin)
    let end = isLast(run) ? level.count : min(level.count, run.upperBound + Self.margin)
    return [FrameRange](of: (start..<end).map { level[$0] >= floor && !excluded[$0] })
      .bridged(gap: Frames.count(milliseconds: Self.restMs))
      .map { start + $0.lowerBound..<start + $0.upperBound }
  }

  /// Whether less follows a run than music lasts: it may be its thin end.
  private func isLast(_ run: FrameRange) -> Bool { level.count - run.upperBound < minimum }

  /// The shares of steady peaks, in dB, above which sound before and after a run belongs to its music: halfway between
  /// the music's and that of what is beside it. Where the recording begins or ends that near, the music rather goes on
  /// to there.
  private func limits(of run: FrameRange, core: FrameRange) -> (before: Float, after: Float) {
    let middle = (SteadyPeaks.inDecibels(share(core)) + SteadyPeaks.inDecibels(beside)) / 2
    let near = min(middle, SteadyPeaks.inDecibels(0) + Self.nearDb)
    return (run.lowerBound < Self.margin ? near : middle, isLast(run) ? near : middle)
  }

  /// The furthest of some sounds, nearest first, up to which they have most steady peaks above a limit in dB.
  private func furthest(of sounds: [FrameRange], above limit: Float) -> FrameRange? {
    var sum: Float = 0
    var best: Float = 0
    var furthest: FrameRange?
    for sound in sounds {
      sum += Float(sound.count) * (SteadyPeaks.inDecibels(share(sound)) - limit)
      if sum > best { (best, furthest) = (sum, sound) }
    }
    return furthest
  }

  /// Whether what lies between two frames, beside the core of music, is a voice rather than music whose peaks move.
  private func isVoice(_ from: Int, _ to: Int, beside core: FrameRange) -> Bool {
    guard to - from > Frames.count(seconds: Self.voiceS), to - from < core.count else { return false }
    let steps = from / Frames.perStep..<min(evidence.count, to / Frames.perStep)
    return evidence.gliding.sum(steps) > Self.voiceGlideShare * Float(steps.count)
  }

  /// The part of a run, or beside it, in which most peaks stand still beyond the mean of the run's share of them and
  /// that of what is beside it.
  private func steadiestPart(of run: FrameRange) -> FrameRange {
    let middle = SteadyPeaks.middle(share(run), beside)
    let first = max(0, run.lowerBound - Self.reach) / Frames.perStep
    let steps = first..<min(evidence.count, (run.upperBound + Self.reach) / Frames.perStep)
    let none = run.lowerBound / Frames.perStep
    var best: (sum: Float, steps: Range<Int>) = (0, none..<none)
    var start = steps.lowerBound
    var sum: Float = 0
    // The run with the largest sum (Kadane).
    for step in steps {
      if sum <= 0 { (start, sum) = (step, 0) }
      sum += evidence.peaks.excess(at: step, over: middle)
      if sum > best.sum { best = (sum, start..<step + 1) }
    }
    return Frames.perStep * best.steps.lowerBound..<Frames.perStep * best.steps.upperBound
  }

  /// The share of steady peaks in some frames.
  private func share(_ frames: FrameRange) -> Float {
    let first = frames.lowerBound / Frames.perStep
    return evidence.peaks.share(
      first..<min(evidence.count, max(frames.upperBound / Frames.perStep, first + 1)))
  }

  /// The level below its median at which music has faded, in dB.
  private static let fadeDb: Float = 30
  /// In a crowd music ends this far below its median at the latest, in dB.
  private static let edgeDepthDb: Float = 10
  /// ... and this far above what is heard beside it, in dB.
  private static let riseDb: Float = 6
  /// The window blurs an edge by half its length, in frames.
  private static let reach = MusicEvidence.windowSteps / 2 * Frames.perStep
  /// Sounds this near belong to the music or not, in frames: the window's length.
  private static let margin = MusicEvidence.windowSteps * Frames.perStep
  /// What lies between music and the end of the recording within its minimum, or its start within the window, is its
  /// own from this far above no steady peaks at all, in dB.
  private static let nearDb: Float = 3
  /// Sound after a rest this long may be another's, in ms.
  private static let restMs = 200.0
  /// In a crowd, what joins the music without a rest is a voice from this length on, in s, as long as it is shorter than
  /// the music, ...
  private static let voiceS = 1.0
  /// ... and its pitch glides for this share of the time: voices .07 to .45, music of moving peaks up to .04 (our
  /// measurement, 143 pieces).
  private static let voiceGlideShare: Float = 0.055
}
