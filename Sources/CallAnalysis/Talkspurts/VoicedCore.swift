internal import CallModel
internal import SignalProcessing

/// The core of a party's speech: runs of voiced frames well above the noise, as loud as the party talks.
struct VoicedCore {
  /// The runs, in ascending order.
  let runs: [FrameRange]
  /// Whether each frame belongs to a run.
  let mask: [Bool]
  /// Voiced runs within 20 dB of the loud talk, 26 dB where both parties share the channel; the core is those of them
  /// above the voices of the room.
  let voiced: [FrameRange]
  /// The share of voiced frames in soft runs that stand apart from loud ones, 0 to 1: the room's, or own soft words.
  let shareApart: Float
  /// How far below the loud talk the peaks of the core lie at most, in dB.
  let depth: Float
  /// The median ratio of the core, in dB.
  let typicalRatio: Float
  /// The 95 % level of the core, in dBov.
  let loud: Float
  /// The 90 % level of the core, in dBov.
  let level90: Float

  /// The autocorrelation above which a step is voiced, 0 to 1: periodic speech lies above, noise below (our
  /// measurement).
  static let voicingThreshold: Float = 0.4
  /// The ratio above which a voiced step belongs to the core, in dB (our measurement).
  private static let onsetDb: Float = 6
  /// The shortest run, in ms: a syllable has that much of voice, the click of a key has not.
  private static let minimumMs = 60.0
  /// With less core than this, in ms, a leg carries no speech: the shortest "yes" has more.
  private static let minimumTotalMs = 150.0
  /// Pitch changes by at most this between steps of 20 ms within a run, in octaves: the sounds of typing and of crowds
  /// jump by more (our measurement).
  private static let pitchStepOctaves: Float = 0.25
  /// The time over which a party's loud talk is measured, in s: its level drifts (our measurement).
  private static let driftWindowS = 30.0
  /// How fast the loud talk falls at most, in dB a second: where the party is silent, others are the loudest. Faster
  /// admits voices of the room in dead air, slower loses a party that leans back by 12 dB (our measurement).
  private static let driftDbPerS: Float = 0.05
  /// How far below the loud talk a run of the only party lies at most, in dB: some 18 dB hold a party's own soft words;
  /// what is lower is the room's more often (our measurement).
  private static let depthDb: Float = 20
  /// How far below the loud talk a run lies at most where both parties share the channel, in dB: the softer party may
  /// be a dozen dB lower than the louder (our measurement).
  private static let sharedDepthDb: Float = 26

  /// Finds the core of a leg; nil where the leg carries no speech.
  init?(_ input: SpeechInput, parties: ChannelParties) {
    let found = Self.voicedRuns(input)
    guard !found.isEmpty else { return nil }
    let levels = input.steadyLevel
    let loudTalk = LoudTalk(
      levels: levels, runs: found, reach: Frames.count(seconds: Self.driftWindowS / 2),
      maximumFallDbPerS: Self.driftDbPerS)
    let candidates = found.map { run in
      let loud = loudTalk.level(around: run)
      return (frames: run, loud: loud, peak: (levels[run].max() ?? -200) - loud)
    }
    let runsAndPeaks = candidates.map { ($0.frames, $0.peak) }
    let widest = parties == .one ? Self.depthDb : Self.sharedDepthDb
    shareApart = Float(RoomVoices.shareApart(runsAndPeaks))
    depth = parties == .one ? RoomVoices.depth(runsAndPeaks) ?? widest : widest
    voiced = candidates.filter { $0.peak > -widest }.map(\.frames)

    let depth = depth
    let core = candidates.filter { $0.peak > -depth }
    runs = core.map(\.frames)
    guard runs.frameTotal >= Frames.count(milliseconds: Self.minimumTotalMs) else { return nil }
    mask = runs.mask(count: input.count)
    let coreLevels = Levels(runs.flatMap { levels[$0] })
    guard let loud = coreLevels.quantile(0.95), let level90 = coreLevels.quantile(0.9) else { return nil }
    (self.loud, self.level90) = (loud, level90)
    typicalRatio = runs.flatMap { input.ratio[$0] }.decibelQuantile(0.5) ?? 0
  }

  /// The level that speech of the leg has at least, in dBov.
  func lowestLevel(_ settings: ActivitySettings) -> Float { level90 - Float(settings.rangeDb) }

  /// Runs of voiced steps well above the noise whose pitch is steady.
  private static func voicedRuns(_ input: SpeechInput) -> [FrameRange] {
    let (steps, usable, counts, ratio) = (input.leg.steps, input.usable, input.counts, input.ratio)
    let voiced = [Bool](count: input.count / Frames.perStep) { step in
      let frame = Frames.perStep * step
      return steps[step].voicing > voicingThreshold && usable[frame] && counts[frame + 1]
        && max(ratio[frame], ratio[frame + 1]) > onsetDb
    }
    let minimum = Frames.count(milliseconds: minimumMs)
    var runs: [FrameRange] = []
    for run in [FrameRange](of: voiced) {
      var start = run.lowerBound
      for end in run.lowerBound + 1...run.upperBound
      where end == run.upperBound || abs(octaves(steps[end].pitch, steps[end - 1].pitch)) > pitchStepOctaves {
        if Frames.perStep * (end - start) >= minimum {
          runs.append(Frames.perStep * start..<Frames.perStep * end)
        }
        start = end
      }
    }
    return runs
  }
}
