internal import CallModel
internal import SignalProcessing

/// The noise floor of a leg, band by band: a low percentile of each band's power in short blocks. Speech leaves such
/// blocks free between its syllables.
struct NoiseFloor {
  /// Mean noise power in each band; 1 is full scale.
  let bands: [Float]

  /// The floor over all bands, in dBov.
  var level: Float { decibels(bands.reduce(0, +)) }

  /// The floor of a band is this percentile of its smoothed power: below speech and above rare dips; it is taken for
  /// the mean of the noise without a correction (our measurement).
  private static let percentile = 15.0
  /// The length of the blocks over which power is smoothed, in ms: the gap between two syllables (our measurement).
  private static let blockMs = 50.0
  /// The floor is at least this, in dBov: the quantisation noise of G.711 lies there.
  private static let lowestDbov: Float = -82
  /// On a leg that is turned down, the floor may lie lower, but at most this far below its loudest second, in dB (our
  /// measurement).
  private static let depthDb: Float = 55
  /// The level taken for silence, in dBov, where a leg has no usable frame.
  private static let silenceDbov: Float = -200

  /// Measures the floor of a leg.
  ///
  /// - Parameters:
  ///   - levels: the levels of usable frames, in dBov.
  ///   - usable: live frames without tone or music; shorter than the leg where only its first frames are analysed.
  ///   - dead: the number of frames of digital silence. A line that is silent between words leaves little but
  ///     speech live: the percentile is lowered by the square of the share of live frames.
  init(leg: LegTrack, levels: Levels, usable: [Bool], dead: Int) {
    let width = Frames.count(milliseconds: Self.blockMs)
    let loudestSecond = 1 - Double(Frames.perSecond) / Double(max(levels.count, Frames.perSecond))
    let loudest = levels.quantile(loudestSecond) ?? Self.silenceDbov
    let lowestLevel = min(Self.lowestDbov, loudest - Self.depthDb)
    let lowest = power(decibels: lowestLevel) / Float(FrameFeatures.bandCount)

    let sums = leg.countBands(blocks: width, where: usable)
    let live = Double(sums.blocks * width)
    let share = live / max(1, live + Double(dead))
    let rank = Int32(Double(sums.blocks) * Self.percentile / 100 * share * share)
    bands = (0..<FrameFeatures.bandCount).map { band in
      guard let sum = sums.power(band: band, rank: rank) else { return lowest }
      return max(lowest, sum / Float(width))
    }
  }
}
