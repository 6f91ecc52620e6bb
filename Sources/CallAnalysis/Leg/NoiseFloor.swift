internal import SignalProcessing

/// The noise floor of a leg, band by band.
struct NoiseFloor {
  /// Mean noise power in each band; 1 is full scale.
  var bands: [Float]

  /// The floor over all bands in dBov.
  var level: Float { decibels(bands.reduce(0, +)) }

  /// Measures the floor over the frames where `usable` holds: a low percentile of each band's power in blocks of
  /// `floorSmoothingMs`, which speech leaves free between its syllables.
  ///
  /// - Parameters:
  ///   - levels: those of usable frames in dBov.
  ///   - usable: live frames without tone or music.
  ///   - dead: frames of digital silence. A line that is silent between words leaves little but speech live, so
  ///     that the percentile is taken lower, by the square of what is live.
  init(leg: LegTrack, levels: Levels, usable: [Bool], dead: Int, settings: ActivitySettings) {
    let bandCount = FrameFeatures.bandCount
    let width = frames(ms: settings.floorSmoothingMs)
    let loudest = levels.quantile(1 - 100 / Double(max(levels.count, 100))) ?? -200
    let lowestLevel = min(Float(settings.floorLowestDbov), loudest - Float(settings.floorDepthDb))
    let lowest = power(decibels: lowestLevel) / Float(bandCount)
    let sums = leg.countBands(blocks: width, where: usable)
    let live = Double(sums.blocks * width)
    let share = live / max(1, live + Double(dead))
    let rank = Int32(Double(sums.blocks) * settings.floorPercentile / 100 * share * share)
    bands = (0..<bandCount).map { band in
      guard let sum = sums.power(band: band, rank: rank) else { return lowest }
      return max(lowest, sum / Float(width) * Float(settings.floorFactor))
    }
  }
}
