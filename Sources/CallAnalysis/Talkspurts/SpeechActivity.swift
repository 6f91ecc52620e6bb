internal import SignalProcessing

/// Where one leg carries its party's speech.
struct SpeechActivity {
  /// The talkspurts, in frames of the section.
  var speech: [FrameRange] = []
  /// The talkspurts with the thresholds moved up by `sensitivityDb`.
  var strict: [FrameRange] = []
  /// The talkspurts with the thresholds moved down by `sensitivityDb`, the offset at most by half.
  var lenient: [FrameRange] = []
  /// Voiced frames well above the noise, within reach of the party's loud talk.
  var core: [FrameRange] = []
  /// The whitened signal-to-noise ratio of each frame, in dB.
  var ratio: [Float] = []
  /// The 95 % level of the core, in dBov; nil without a core.
  var loud: Float?
  /// Frames of the core that are loud enough to carry a talkspurt.
  private var strong: [Bool] = []
  /// Whether other people talk in the room.
  private var hasRoom = false
  /// The level of each frame in dBov as it would be without the drift that the noise shows.
  private var steady: [Float]
  /// The thresholds that were used, in dB of `ratio`.
  var onset: Float = 0
  var offset: Float = 0

  /// Finds the speech of a leg.
  ///
  /// - Parameters:
  ///   - leg: its features.
  ///   - scene: its levels, and what is already known not to be speech.
  ///   - leak: the power that the other leg's voice brings, by frame and band; nil without leakage.
  init(leg: LegTrack, scene: LegScene, leak: LeakedPower?, settings: ActivitySettings) {
    let count = scene.level.count
    steady = scene.level
    ratio = leg.whitenedRatio(over: scene.floor.bands, leak: leak, count: count)
    followNoise(scene: scene, settings: settings)
    findCore(leg: leg, scene: scene, settings: settings)
    guard let loud, !core.isEmpty else { return }

    let typical = coreRatios.decibelQuantile(0.5) ?? 0
    onset = min(
      max(Float(settings.onsetShare) * typical, Float(settings.onsetLowestDb)), Float(settings.onsetHighestDb)
    )
    offset = Float(settings.offsetDb)
    let hold = Self.hold(typical: typical, settings: settings)
    if hold > 0 { offset = max(offset, Float(settings.holdOffsetDb)) }
    raiseOverNoise(scene: scene, typical: typical, settings: settings)

    let loudTalk = LoudTalk(
      levels: scene.level, runs: core, reach: frames(s: settings.farWindowS / 2), fallPerS: .infinity)
    let voiced = core.mask(count: count)
    let isNoisy = typical < Float(settings.noisyBelowDb)
    let detector = TalkspurtDetector(
      leg: leg, scene: scene, ratio: ratio,
      eligible: eligible(
        scene: scene, voiced: voiced, below: loud, near: loudTalk, isNoisy: isNoisy, settings: settings),
      voiced: voiced, strong: strong, loudTalk: loudTalk, isShared: hasRoom || isNoisy || leak != nil,
      voice: PartyVoice(leg: leg, core: core, settings: settings), onset: onset, offset: offset, hold: hold,
      settings: settings)
    speech = detector.talkspurts(shift: 0)
    strict = detector.talkspurts(shift: Float(settings.sensitivityDb))
    lenient = detector.talkspurts(shift: -Float(settings.sensitivityDb))
  }

  /// Where talkspurts may lie: within reach of the party's level, and near its voice where other people talk or much
  /// noise is.
  private func eligible(
    scene: LegScene, voiced: [Bool], below loud: Float, near loudTalk: LoudTalk, isNoisy: Bool,
    settings: ActivitySettings
  ) -> [Bool] {
    let count = scene.level.count
    let levelFloor = (coreLevels.decibelQuantile(0.9) ?? loud) - Float(settings.rangeDb)
    var eligible = scene.usable
    eligible.withUnsafeMutableBufferPointer { eligible in
      steady.withUnsafeBufferPointer { steady in
        for frame in 0..<count where !(steady[frame] > levelFloor) { eligible[frame] = false }
      }
    }
    if hasRoom || isNoisy {
      // What is further from the party's voice than its own consonants reach is the room's; others' vowels are, too.
      let reach = frames(ms: settings.roomReachMs)
      var near: [FrameRange] = []
      for run in core {
        let least = hasRoom ? loudTalk.level(around: run) - Float(settings.roomNearDb) : -200
        let strong = run.filter { scene.level[$0] > least }
        guard let first = strong.first, let last = strong.last else { continue }
        near.append(max(0, first - reach)..<min(count, last + 1 + reach))
      }
      let close = near.mask(count: count)
      for frame in 0..<count where !close[frame] { eligible[frame] = false }
    }
    for run in standing(scene: scene, voiced: voiced, below: loud, settings: settings) {
      for frame in run { eligible[frame] = false }
    }
    return eligible
  }

  /// How many frames talkspurts are held beyond their end: the noise hides the last of a word.
  private static func hold(typical: Float, settings: ActivitySettings) -> Int {
    let ms = (settings.holdBelowDb - Double(typical)) * settings.holdMsPerDb
    return Int((min(max(0, ms), settings.holdLongestMs) / 10).rounded())
  }

  /// Lowers the ratio where the noise is louder than the section's floor. A gain that drifts moves the voice with the
  /// noise; where a room is heard from the answer on, the voice stays.
  private mutating func followNoise(scene: LegScene, settings: ActivitySettings) {
    guard let rise = NoiseCourse(ratio: ratio, scene: scene, settings: settings).rise() else { return }
    for frame in ratio.indices {
      ratio[frame] -= rise.noise[frame]
      steady[frame] -= rise.drift[frame]
    }
  }

  /// Voiced runs with a steady pitch well above the noise; of them those near the loud talk.
  private mutating func findCore(leg: LegTrack, scene: LegScene, settings: ActivitySettings) {
    let steps = scene.level.count / 2
    let onset = Float(settings.coreOnsetDb)
    var runs: [FrameRange] = []
    var start: Int?
    func close(_ end: Int) {
      if let from = start, 2 * (end - from) >= frames(ms: settings.coreMinimumMs) {
        runs.append(2 * from..<2 * end)
      }
      start = nil
    }
    for step in 0..<steps {
      let frame = 2 * step
      let voiced =
        leg.steps[step].voicing > Float(settings.voicingOnset) && scene.usable[frame]
        && max(ratio[frame], ratio[frame + 1]) > onset
      if !voiced {
        close(step)
      } else if start != nil, step > 0 {
        let jump = abs(octaves(leg.steps[step].pitch, leg.steps[step - 1].pitch))
        if jump > Float(settings.corePitchStepOctaves) {
          close(step)
          start = step
        }
      } else {
        start = step
      }
    }
    close(steps)

    guard !runs.isEmpty else { return }
    // A drifting gain moves the noise with the voice: what the noise has risen is taken off again.
    let loudTalk = LoudTalk(
      levels: steady, runs: runs, reach: frames(s: settings.driftWindowS / 2),
      fallPerS: Float(settings.driftDbPerS))
    let tops = runs.map { loudTalk.level(around: $0) }
    let peaks = zip(runs, tops).map { run, top in (steady[run].max() ?? -200) - top }
    let depth = Self.depth(runs: runs, peaks: peaks, settings: settings)
    hasRoom = depth < Float(settings.coreDepthDb)
    core = []
    strong = [Bool](repeating: false, count: steady.count)
    for (run, (peak, top)) in zip(runs, zip(peaks, tops)) where peak > -depth {
      core.append(run)
      // Every talkspurt has a louder run than the weakest that belong to it where the party talks loudest.
      let least = hasRoom ? top - depth + Float(settings.roomTalkspurtDb) : -200
      for frame in run { strong[frame] = steady[frame] > least }
    }
    guard core.frameTotal >= frames(ms: settings.coreTotalMs) else { return core = [] }
    loud = coreLevels.decibelQuantile(0.95)
  }

  /// How far below the loud talk a voiced run is still the party's.
  ///
  /// The voice at the telephone keeps most of its voiced runs within some 13 dB of its loudest; where much
  /// lies below, other people talk in the room, and the runs part at the valley between the two.
  private static func depth(runs: [FrameRange], peaks: [Float], settings: ActivitySettings) -> Float {
    let usual = Float(settings.coreDepthDb)
    let total = runs.frameTotal
    // A party's own weak runs stand beside its strong ones; those of the room stand anywhere.
    let strong = zip(runs, peaks).filter { $0.1 >= -Float(settings.roomDepthDb) }.map(\.0)
    let apart = frames(ms: settings.roomApartMs)
    var next = 0
    var weak = 0
    for (run, peak) in zip(runs, peaks) where peak < -Float(settings.roomDepthDb) {
      while next < strong.count, strong[next].upperBound <= run.lowerBound { next += 1 }
      let before = next > 0 ? run.lowerBound - strong[next - 1].upperBound : Int.max
      let after = next < strong.count ? strong[next].lowerBound - run.upperBound : Int.max
      if min(before, after) > apart { weak += run.count }
    }
    guard Double(weak) > settings.roomShare * Double(total) else { return usual }
    var weights = [Float](repeating: 0, count: 40)
    for (run, peak) in zip(runs, peaks) where peak > -39 && peak < 0 {
      weights[Int(-peak)] += Float(run.count)
    }
    // Two decibels on both sides of a valley are looked at.
    func inside(_ db: Double) -> Int { min(max(Int(db), 2), weights.count - 3) }
    let range = ordered(inside(settings.roomValleyFromDb), inside(settings.roomValleyToDb))
    func smoothed(_ at: Int) -> Float {
      weights[at] * 3 + (weights[at - 1] + weights[at + 1]) * 2 + weights[at - 2] + weights[at + 2]
    }
    let valley = range.min { smoothed($0) < smoothed($1) } ?? range.upperBound
    return Float(valley) + 0.5
  }

  /// Stretches above the noise but away from voiced runs whose level stands still: speech moves, machines and
  /// rooms do not.
  private func standing(
    scene: LegScene, voiced: [Bool], below loud: Float, settings: ActivitySettings
  ) -> [FrameRange] {
    let count = scene.level.count
    let width = frames(ms: settings.standingMs)
    let beside = frames(ms: settings.standingApartMs)
    let near = core.map { max(0, $0.lowerBound - beside)..<min(count, $0.upperBound + beside) }.mask(
      count: count)
    let onset = Float(settings.standingOnsetDb)
    let depth = Float(settings.standingDepthDb)
    let deviation = Float(settings.standingDeviationDb)
    var (sum, squares) = (0.0, 0.0)
    var length = 0
    var result: [FrameRange] = []
    for frame in 0..<count {
      guard !near[frame], ratio[frame] >= onset else {
        (sum, squares, length) = (0, 0, 0)
        continue
      }
      let level = steady[frame] - loud
      sum += Double(level)
      squares += Double(level * level)
      length += 1
      guard length >= width else { continue }
      if length > width {
        let gone = steady[frame - width] - loud
        sum -= Double(gone)
        squares -= Double(gone * gone)
      }
      let mean = Float(sum) / Float(width)
      let variance = Float(squares) / Float(width) - mean * mean
      if mean < -depth, variance < deviation * deviation { result.append(frame + 1 - width..<frame + 1) }
    }
    return result
  }

  private var coreRatios: [Float] {
    var ratios: [Float] = []
    for run in core { ratios.append(contentsOf: ratio[run]) }
    return ratios
  }

  private var coreLevels: [Float] {
    var levels: [Float] = []
    for run in core { levels.append(contentsOf: steady[run]) }
    return levels
  }

  /// Lifts the thresholds over the sounds that stand far from the core: they are the line's and the room's.
  private mutating func raiseOverNoise(
    scene: LegScene, typical: Float, settings: ActivitySettings
  ) {
    let guardFrames = frames(ms: settings.noiseGuardMs)
    var apart = scene.usable
    for run in core {
      let near = max(0, run.lowerBound - guardFrames)..<min(apart.count, run.upperBound + guardFrames)
      for frame in near { apart[frame] = false }
    }
    let population = Levels(ratio, where: apart)
    guard population.count >= frames(s: settings.noiseMinimumS) else { return }
    func percentile(_ q: Double) -> Float { population.quantile(q / 100) ?? 0 }
    onset = max(
      onset,
      min(percentile(settings.noiseOnsetPercentile), Float(settings.noiseOnsetCapShare) * typical))
    offset = max(
      offset,
      min(percentile(settings.noiseOffsetPercentile), Float(settings.noiseOffsetCapShare) * typical))
  }
}
