internal import SignalProcessing

/// How loud the party talks around a time: its level drifts, and who talks in the room is never as loud.
struct LoudTalk {
  /// The 95 % level of the runs around each block, or of all if that is lower or little is around.
  private var levels: [Float]
  /// A block has this many frames.
  private static let block = 200
  /// Fewer voiced frames than two syllables have tell nothing.
  private static let least = 30

  /// - Parameters:
  ///   - levels: the level of each frame in dBov.
  ///   - runs: voiced runs, sorted and apart.
  ///   - reach: how far around, in frames.
  ///   - fallPerS: how fast the level falls at most, to both sides, in dB a second: where the party is silent others
  ///     are the loudest.
  init(levels: [Float], runs: [FrameRange], reach: Int, fallPerS: Float) {
    let blocks = (levels.count + Self.block - 1) / Self.block
    let reach = reach / Self.block
    var counts = ValueCounts(from: -100, steps: 400, perUnit: 4)
    var parts: [(frames: FrameRange, block: Int)] = []
    for run in runs {
      counts.add(levels, in: run)
      for block in run.lowerBound / Self.block...(run.upperBound - 1) / Self.block {
        parts.append((run.clamped(to: block * Self.block..<(block + 1) * Self.block), block))
      }
    }
    let whole = Self.loud(counts) ?? 0
    counts = ValueCounts(from: -100, steps: 400, perUnit: 4)
    var (first, next) = (0, 0)
    var course = (0..<blocks).map { middle in
      while next < parts.count, parts[next].block <= middle + reach {
        counts.add(levels, in: parts[next].frames)
        next += 1
      }
      while first < next, parts[first].block < middle - reach {
        counts.add(levels, in: parts[first].frames, times: -1)
        first += 1
      }
      return counts.total < Self.least ? whole : min(whole, Self.loud(counts) ?? whole)
    }
    let fall = fallPerS * Float(Self.block) / 100
    for block in course.indices.dropFirst() { course[block] = max(course[block], course[block - 1] - fall) }
    for block in course.indices.dropLast().reversed() {
      course[block] = max(course[block], course[block + 1] - fall)
    }
    self.levels = course
  }

  private static func loud(_ counts: ValueCounts) -> Float? {
    let rank = min(counts.total - 1, Int(0.95 * Double(counts.total)))
    return counts.value(rank: rank)
  }

  /// The 95 % level of the runs around the middle of a run, or of all if that is lower or little is around.
  func level(around run: FrameRange) -> Float { levels[(run.lowerBound + run.upperBound) / 2 / Self.block] }
}

/// Tells talkspurts from the whitened ratio and what is known of the party.
struct TalkspurtDetector {
  let leg: LegTrack
  let scene: LegScene
  let ratio: [Float]
  /// Where talkspurts may lie.
  let eligible: [Bool]
  /// Frames of the core.
  let voiced: [Bool]
  /// Those that are loud enough to carry a talkspurt.
  let strong: [Bool]
  let loudTalk: LoudTalk
  /// Whether others may be heard on the leg: in the room, from the other leg, in noise.
  let isShared: Bool
  let voice: PartyVoice
  let onset: Float
  let offset: Float
  /// How many frames talkspurts are held beyond their end.
  let hold: Int
  let settings: ActivitySettings

  /// The talkspurts with the thresholds moved by so many dB.
  func talkspurts(shift: Float) -> [FrameRange] {
    let onset = max(1, onset + shift)
    let offset = max(offset / 2, offset + shift)
    let least = frames(ms: settings.onsetMinimumMs)
    let runs = runs(above: offset)
      .filter { run in run.count { ratio[$0] > onset } >= least }
      .bridged(gap: frames(ms: settings.bridgeMs))
      .filter { run in
        run.count >= frames(ms: settings.talkspurtMinimumMs) && run.contains { strong[$0] }
          && voice.distance(leg: leg, run: run, voiced: voiced) < Float(settings.foreignDistance)
      }
    return withoutFar(runs).map(held).bridged(gap: frames(ms: settings.bridgeMs))
  }

  /// The runs of eligible frames whose ratio lies above a threshold.
  private func runs(above offset: Float) -> [FrameRange] {
    var runs: [FrameRange] = []
    eligible.withUnsafeBufferPointer { eligible in
      ratio.withUnsafeBufferPointer { ratio in
        var index = 0
        while index < eligible.count {
          while index < eligible.count, !(eligible[index] && ratio[index] > offset) { index += 1 }
          let start = index
          while index < eligible.count, eligible[index], ratio[index] > offset { index += 1 }
          if start < index { runs.append(start..<index) }
        }
      }
    }
    return runs
  }

  /// Leaves out what lies far below the loud talk around it and stands apart from louder talkspurts, where it may be
  /// another's.
  private func withoutFar(_ runs: [FrameRange]) -> [FrameRange] {
    let near = runs.filter { run in
      // Whether the 90 % level lies above.
      let least = loudTalk.level(around: run) - Float(settings.farDepthDb)
      return run.count { !(scene.level[$0] > least) } <= Int(0.9 * Double(run.count))
    }
    if near.count == runs.count { return runs }
    let apart = frames(ms: settings.roomApartMs)
    let beside = near.map { $0.lowerBound - apart..<$0.upperBound + apart }
    return runs.filter { run in
      beside.contains { $0.overlaps(run) }
        || !isShared && run.count < frames(s: settings.foreignLongestS)
          && voice.distance(leg: leg, run: run, voiced: voiced) < Float(settings.farDistance)
    }
  }

  private func held(_ run: FrameRange) -> FrameRange {
    var end = run.upperBound
    while end < min(ratio.count, run.upperBound + hold), !scene.notSpeech[end], scene.live[end] { end += 1 }
    return run.lowerBound..<end
  }
}

/// What tells a party's voiced frames from those of animals and things: how periodic they are, how much of their
/// power first formants have, and how high they are.
struct PartyVoice {
  /// The medians of the voiced runs.
  private var voicing: Float
  private var low: Float
  private var pitch: Float
  /// The share of low frequencies in each step of these runs.
  private var lowShares: [Float]
  private let settings: ActivitySettings

  init(leg: LegTrack, core: [FrameRange], settings: ActivitySettings) {
    self.settings = settings
    let steps = core.flatMap { $0.lowerBound / 2..<$0.upperBound / 2 }
    voicing = steps.map { leg.steps[$0].voicing }.quantile(0.5) ?? 1
    let shares = steps.map { leg.lowShare(step: $0) }
    low = shares.quantile(0.5) ?? 1
    lowShares = [Float](repeating: 0, count: leg.steps.count)
    for (step, share) in zip(steps, shares) { lowShares[step] = share }
    // A second voice on the leg, after a prompt or a transfer, may be an octave higher than the first.
    pitch = max(steps.map { leg.steps[$0].pitch }.quantile(0.5) ?? 0, Float(settings.highVoiceHz))
  }

  /// How far the voiced frames of a talkspurt lie from the party's voice, in spreads added up; only what barks
  /// and squeals have more of than voices counts.
  func distance(leg: LegTrack, run: FrameRange, voiced: [Bool]) -> Float {
    // Who shouts is far from the own voice as well, but for longer.
    guard run.count < frames(s: settings.foreignLongestS) else { return 0 }
    var sums = SIMD4<Float>()
    for step in (run.lowerBound + 1) / 2..<max((run.lowerBound + 1) / 2, run.upperBound / 2)
    where voiced[2 * step] {
      let higher = max(0, octaves(leg.steps[step].pitch, pitch))
      sums += SIMD4(1, leg.steps[step].voicing, lowShares[step], higher)
    }
    guard sums[0] > 0 else { return 0 }
    let mean = sums / sums[0]
    return max(0, voicing - mean[1]) / Float(settings.voicingSpread)
      + max(0, low - mean[2]) / Float(settings.lowShareSpread) + mean[3] / Float(settings.pitchSpreadOctaves)
  }
}

/// The interval between two frequencies in octaves, without a logarithm of doubles.
func octaves(_ a: Float, _ b: Float) -> Float {
  a > 0 && b > 0 ? decibels(a / b) / 3.0103 : 99
}
