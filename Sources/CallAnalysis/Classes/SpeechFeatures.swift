internal import CallModel
internal import RealModule
internal import SignalProcessing

/// What tells own speech from everything else on a leg, frame by frame: normalised to the call, and beside what the
/// other leg does at the same time.
struct SpeechFeatures {
  /// The values, feature by feature, each as long as the section.
  private(set) var columns: [[Float]] = []
  /// The level of each frame under the leg's loud talk, in dB, -60 to 10.
  let depth: [Float]

  /// What is taken of the other leg.
  struct Other {
    /// Its level under its loud talk, in dB, and its ratio over its noise, in dB.
    let depth: [Float]
    let ratio: [Float]

    init(_ input: SpeechInput, core: VoicedCore?) {
      depth = SpeechFeatures.depth(input, core: core)
      ratio = SpeechFeatures.ratio(input)
    }
  }

  /// - Parameters:
  ///   - input: the levels and ratios of the leg.
  ///   - core: its voiced core; nil where it has none.
  ///   - other: what the other leg does; nil without one.
  ///   - leaks: whether the other leg's voice is heard on this one.
  init(_ input: SpeechInput, core: VoicedCore?, other: Other?, leaks: Bool) {
    let count = input.count
    let ratio = Self.ratio(input)
    let depth = Self.depth(input, core: core)
    self.depth = depth
    columns += [
      ratio, ratio.runningMean(width: 5), ratio.runningMaximum(width: 11), ratio.runningMinimum(width: 11),
      ratio.runningMean(width: 41), input.rawRatio.map { min(max($0, -6), 45) },
    ]
    columns += [
      depth, depth.runningMaximum(width: 31), depth.runningMean(width: 21), depth.runningMaximum(width: 101),
    ]
    addVoicing(input)
    addCore(core, depth: depth, count: count)
    addSpread(input.level)
    addNoise(input, core: core, ratio: ratio)
    addTimbre(input, core: core, depth: depth, ratio: ratio)
    addRoom(core, depth: depth)
    addOther(other, leaks: leaks, count: count)
  }

  /// The whitened ratio of each frame, -6 to 40 dB.
  private static func ratio(_ input: SpeechInput) -> [Float] { input.ratio.map { min(max($0, -6), 40) } }

  /// The level of each frame under the loud talk; without a core a high level of the leg stands for that.
  private static func depth(_ input: SpeechInput, core: VoicedCore?) -> [Float] {
    let loud = core?.loud ?? Levels(input.level, where: input.usable).quantile(0.98) ?? -60
    return input.steadyLevel.map { min(max($0 - loud, -60), 10) }
  }

  private mutating func addVoicing(_ input: SpeechInput) {
    func byFrame(_ value: (Int) -> Float) -> [Float] {
      (0..<input.count).map { frame in
        let step = frame / Frames.perStep
        return step < input.leg.steps.count ? value(step) : 0
      }
    }
    let voicing = byFrame { input.leg.steps[$0].voicing }
    columns += [voicing, voicing.runningMaximum(width: 17), voicing.runningMean(width: 31)]
    columns.append(
      byFrame {
        Float(input.leg.steps[$0].steadyPeakCount) / max(1, Float(input.leg.steps[$0].peakCount))
      }.runningMean(width: 101))
    columns.append(byFrame { 2 * $0 + 1 < input.count ? input.leg.lowShare(step: $0) : 0 })
  }

  /// The distance to the core, and how loud it is nearby.
  private mutating func addCore(_ core: VoicedCore?, depth: [Float], count: Int) {
    let mask = core?.mask ?? [Bool](repeating: false, count: count)
    var distance = [Int](repeating: 300, count: count)
    var last = -300
    for frame in 0..<count {
      if mask[frame] { last = frame }
      distance[frame] = min(300, frame - last)
    }
    last = count + 300
    for frame in (0..<count).reversed() {
      if mask[frame] { last = frame }
      distance[frame] = min(distance[frame], last - frame)
    }
    columns.append(distance.map { Float.log(onePlus: Float($0)) })
    let coreDepth = (0..<count).map { mask[$0] ? depth[$0] : -60 }
    columns += [coreDepth.runningMaximum(width: 101), coreDepth.runningMaximum(width: 601)]
  }

  /// How much the level varies.
  private mutating func addSpread(_ level: [Float]) {
    let clipped = level.map { min(max($0, -90), 0) }
    let mean = clipped.runningMean(width: 21)
    let square = clipped.map { $0 * $0 }.runningMean(width: 21)
    columns.append(zip(mean, square).map { max(0, $1 - $0 * $0).squareRoot() })
  }

  /// Over what stands far from the core.
  private mutating func addNoise(_ input: SpeechInput, core: VoicedCore?, ratio: [Float]) {
    let far = Self.far(input, core: core)
    let population = Levels(ratio, where: far)
    let isHeard = population.count > 40
    let (middle, high) = (
      isHeard ? population.quantile(0.5) ?? 0 : 0, isHeard ? population.quantile(0.95) ?? 2 : 2
    )
    let typical = core?.typicalRatio ?? 0
    columns += [
      ratio.map { $0 - high }, ratio.map { $0 - middle }, ratio.map { _ in typical }, ratio.map { _ in high },
      ratio.map { $0 / max(typical, 3) },
    ]
  }

  /// Usable frames further than 400 ms from the core.
  private static func far(_ input: SpeechInput, core: VoicedCore?) -> [Bool] {
    var far = input.usable
    for run in core?.runs ?? [] {
      for frame in max(0, run.lowerBound - 40)..<min(far.count, run.upperBound + 40) { far[frame] = false }
    }
    return far
  }

  /// The logarithm of the odds that a frame has the timbre of the party rather than that of its background.
  private mutating func addTimbre(_ input: SpeechInput, core: VoicedCore?, depth: [Float], ratio: [Float]) {
    let count = input.count
    var odds = [Float](repeating: 0, count: count)
    let far = Self.far(input, core: core)
    if let core {
      var (own, background) = (Timbre(), Timbre())
      for frame in 0..<count {
        if core.mask[frame], depth[frame] > -10 { own.add(Timbre.shape(input.leg.frames[frame])) }
        if far[frame], ratio[frame] > 1 { background.add(Timbre.shape(input.leg.frames[frame])) }
      }
      if own.count > 30, background.count > 50 {
        for frame in 0..<count {
          let shape = Timbre.shape(input.leg.frames[frame])
          odds[frame] = min(max(own.logLikelihood(shape) - background.logLikelihood(shape), -5), 5)
        }
        odds = odds.runningMean(width: 9)
      }
    }
    columns += [odds, odds.runningMaximum(width: 31)]
  }

  /// How much of the core lies far below the loud talk.
  private mutating func addRoom(_ core: VoicedCore?, depth: [Float]) {
    var (weak, all) = (0, 0)
    for run in core?.runs ?? [] {
      for frame in run {
        all += 1
        if depth[frame] < -13 { weak += 1 }
      }
    }
    let share = Float(weak) / Float(max(1, all))
    columns += [depth.map { _ in share }, depth.map { share > 0.045 ? $0 : 0 }]
  }

  private mutating func addOther(_ other: Other?, leaks: Bool, count: Int) {
    let depth = other?.depth ?? [Float](repeating: -60, count: count)
    columns += [
      depth, depth.runningMaximum(width: 31), other?.ratio ?? [Float](repeating: -6, count: count),
      [Float](repeating: leaks ? 1 : 0, count: count),
    ]
  }
}
