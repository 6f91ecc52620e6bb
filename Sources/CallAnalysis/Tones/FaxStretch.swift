internal import CallModel
internal import SignalProcessing

/// Where fax machines or modems talk to each other: from the first answer on, to the end of what both send.
///
/// Pages are sent in modulations that come and go; between them both machines speak V.21 (ITU-T T.30), which nothing else
/// sounds like: all power around 1650 and 1850 Hz, at a level that stands still.
enum FaxStretch {
  /// What shows that a fax machine has answered: where it lies, and its level in dBov.
  private struct Sign {
    var frames: FrameRange
    var level: Float
  }

  /// The stretch in which fax machines talk on some legs, in frames of the section; nil for none.
  ///
  /// - Parameter pulses: the tones of each leg.
  static func find(legs: [LegTrack], levels: [LegLevels], pulses: [[Tone]]) -> FrameRange? {
    let signs = legs.indices.flatMap { leg in
      FaxTones.answers(in: pulses[leg], among: Array(pulses[leg].indices)).map { group in
        Sign(frames: ToneNames.span(group.map { pulses[leg][$0] }), level: pulses[leg][group[0]].level)
      } + commands(of: legs[leg], level: levels[leg].level, pulses: pulses[leg])
    }
    guard let start = signs.map(\.frames.lowerBound).min(), let weakest = signs.map(\.level).min(),
      let end = signs.map(\.frames.upperBound).max()
    else { return nil }
    let last = levels.compactMap { $0.level.lastIndex { $0 > weakest - depthDb } }.max() ?? 0
    return start..<max(end, last + 1)
  }

  /// The commands in V.21 that a leg carries.
  private static func commands(of leg: LegTrack, level: [Float], pulses: [Tone]) -> [Sign] {
    let runs = leg.frames.withUnsafeBufferPointer { frames in
      level.withUnsafeBufferPointer { level in
        [FrameRange](count: level.count) { frame in
          level[frame] > lowestDbov && hasBothFrequencies(frames, frame) && isCommand(frames[frame].bands)
        }
      }
    }
    return runs.bridged(gap: bridge).compactMap { run in
      guard run.count >= shortest, !pulses.contains(where: { $0.frames.overlaps(run) }) else { return nil }
      let inner = level[run.lowerBound + edge..<run.upperBound - edge]
      let mean = inner.reduce(0, +) / Float(inner.count)
      let variance = inner.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(inner.count)
      let isSteady = variance.squareRoot() < deviationDb
      return isSteady && balance.contains(balance(of: leg, in: run)) ? Sign(frames: run, level: mean) : nil
    }
  }

  /// Whether a frame has as much power in the bands of both frequencies as in two others; most frames do not, and cost this
  /// alone.
  @inline(__always) private static func hasBothFrequencies(
    _ frames: UnsafeBufferPointer<FrameFeatures>, _ frame: Int
  ) -> Bool {
    let both = frames[frame].bands[lowBand] + frames[frame].bands[highBand]
    return both > frames[frame].bands[5] && both > frames[frame].bands[9] && both > 0
  }

  /// Whether nearly all power of a frame lies in the bands of both frequencies.
  private static func isCommand(_ bands: InlineArray<19, Float>) -> Bool {
    var all: Float = 0
    for band in bands.indices { all += bands[band] }
    return bands[lowBand] + bands[highBand] > bandShare * all
  }

  /// The share of the lower band in the power of both.
  private static func balance(of leg: LegTrack, in run: FrameRange) -> Float {
    let low = run.reduce(Float(0)) { $0 + leg.frames[$1].bands[lowBand] }
    let high = run.reduce(Float(0)) { $0 + leg.frames[$1].bands[highBand] }
    return low / max(low + high, .leastNormalMagnitude)
  }

  /// The bands of 1503 to 1709 and of 1709 to 1934 Hz, with 1650 and 1850 Hz (V.21, channel 2).
  private static let lowBand = 11
  private static let highBand = 12
  /// Commands hold this share of their power in these bands: .99 of it (our measurement, one call through a gateway).
  private static let bandShare: Float = 0.85
  /// Both frequencies hold a part of it: .42 to .63 lies in the lower band (the same), one tone in one band.
  private static let balance: ClosedRange<Float> = 0.2...0.8
  /// Their level deviates less than this, in dB: by .1 to .5, through GSM 6.10 by 2.8 (the same), voices by 5 and more.
  private static let deviationDb: Float = 4
  /// A command begins with flags for 1 s, 15 % more or less (T.30), in frames; ...
  private static let shortest = 80
  /// ... lost packets tear holes of up to 60 ms.
  private static let bridge = 7
  /// Windows of 32 ms blur the edges, in frames.
  private static let edge = 3
  /// Fax machines send at -43 dBov or more (T.30: -43 dBm at the receiver), lines with loss a little less.
  private static let lowestDbov: Float = -55
  /// What is sent lies at most this far below the commands, in dB (our judgement): the modulations have one power (T.30).
  private static let depthDb: Float = 12
}
