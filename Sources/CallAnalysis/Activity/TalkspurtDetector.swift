internal import SignalProcessing

/// How loud the party talks around a time: its level drifts, and who talks in the room is never as loud.
struct LoudTalk {
  /// The 95 % level around each block, in dBov.
  private var course: [Float]
  /// A block has this many frames.
  private static let block = 200
  /// Fewer voiced frames than two syllables have tell nothing.
  private static let least = 30
  /// Levels are counted by quarters of a decibel from -100 dBov.
  private static let bins = 400

  /// - Parameters:
  ///   - levels: the level of each frame in dBov.
  ///   - runs: voiced runs.
  ///   - reach: how far around, in frames. Where there is too little talk, that of all runs counts.
  ///   - fallPerS: how fast the level falls at most, to both sides, in dB a second: where the party is silent others
  ///     are the loudest.
  init(levels: [Float], runs: [FrameRange], reach: Int, fallPerS: Float) {
    let blocks = (levels.count + Self.block - 1) / Self.block
    // How many frames of the runs have each level, in all blocks before one.
    var sums = [Int32](repeating: 0, count: (blocks + 1) * Self.bins)
    for run in runs {
      for frame in run {
        let bin = Int(min(max((levels[frame] + 100) * 4, 0), Float(Self.bins - 1)))
        sums[(frame / Self.block + 1) * Self.bins + bin] += 1
      }
    }
    for index in Self.bins..<sums.count { sums[index] += sums[index - Self.bins] }
    func loud(_ from: Int, _ to: Int, atLeast least: Int) -> Float? {
      let (from, to) = (from * Self.bins, to * Self.bins)
      let count = (0..<Self.bins).reduce(0) { $0 + Int(sums[to + $1] - sums[from + $1]) }
      guard count >= least else { return nil }
      var above = count - min(count - 1, Int(0.95 * Double(count)))
      for bin in (0..<Self.bins).reversed() {
        above -= Int(sums[to + bin] - sums[from + bin])
        if above <= 0 { return (Float(bin) + 0.5) / 4 - 100 }
      }
      return nil
    }
    let whole = loud(0, blocks, atLeast: 1) ?? 0
    let around = reach / Self.block
    course = (0..<blocks).map { block in
      min(whole, loud(max(0, block - around), min(blocks, block + around + 1), atLeast: Self.least) ?? whole)
    }
    let fall = fallPerS * Float(Self.block) / 100
    for block in course.indices.dropFirst() { course[block] = max(course[block], course[block - 1] - fall) }
    for block in course.indices.dropLast().reversed() {
      course[block] = max(course[block], course[block + 1] - fall)
    }
  }

  /// The level around the middle of a run, in dBov.
  func level(around run: FrameRange) -> Float {
    course[(run.lowerBound + run.upperBound) / 2 / Self.block]
  }
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
    let runs = [FrameRange](of: zip(eligible, ratio).map { $0.0 && $0.1 > offset })
      .filter { run in run.count { ratio[$0] > onset } >= least }
      .bridged(gap: frames(ms: settings.bridgeMs))
      .filter { run in
        run.count >= frames(ms: settings.talkspurtMinimumMs) && run.contains { strong[$0] }
          && voice.distance(leg: leg, run: run, voiced: voiced) < Float(settings.foreignDistance)
      }
    return withoutFar(runs).map(held).bridged(gap: frames(ms: settings.bridgeMs))
  }

  /// Leaves out what lies far below the loud talk around it and stands apart from louder talkspurts, where it may be
  /// another's.
  private func withoutFar(_ runs: [FrameRange]) -> [FrameRange] {
    let near = runs.filter { run in
      Array(scene.level[run]).quantile(0.9) ?? -200 > loudTalk.level(around: run) - Float(settings.farDepthDb)
    }
    if near.count == runs.count { return runs }
    let apart = frames(ms: settings.roomApartMs)
    let beside = near.map { $0.lowerBound - apart..<$0.upperBound + apart }
    return runs.filter { run in
      beside.contains { $0.overlaps(run) }
        || !isShared && voice.distance(leg: leg, run: run, voiced: voiced) < Float(settings.farDistance)
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
  private let settings: ActivitySettings

  init(leg: LegTrack, core: [FrameRange], settings: ActivitySettings) {
    self.settings = settings
    let steps = core.flatMap { $0.lowerBound / 2..<$0.upperBound / 2 }
    voicing = steps.map { leg.steps[$0].voicing }.quantile(0.5) ?? 1
    low = steps.map { leg.lowShare(step: $0) }.quantile(0.5) ?? 1
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
      sums += SIMD4(1, leg.steps[step].voicing, leg.lowShare(step: step), higher)
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
