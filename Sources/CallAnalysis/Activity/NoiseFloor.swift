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
  ///   - level: of each frame in dBov.
  ///   - usable: live frames without tone or music.
  ///   - dead: frames of digital silence. A line that is silent between words leaves little but speech live, so
  ///     that the percentile is taken lower, by the square of what is live.
  init(leg: LegTrack, level: [Float], usable: [Bool], dead: Int, settings: ActivitySettings) {
    let bandCount = FrameFeatures.bandCount
    let width = frames(ms: settings.floorSmoothingMs)
    let levels = zip(level, usable).compactMap { $0.1 ? $0.0 : nil }
    let loudest = levels.decibelQuantile(1 - 100 / Double(max(levels.count, 100))) ?? -200
    let lowestLevel = min(Float(settings.floorLowestDbov), loudest - Float(settings.floorDepthDb))
    let lowest = power(decibels: lowestLevel) / Float(bandCount)
    // The top bits of a float are its logarithm: 16 steps an octave, from 2^-55 to 2^9.
    let steps = 1 << 10
    let first = 72 << 4
    var histogram = [Int32](repeating: 0, count: bandCount * steps)
    var blocks = 0
    var block = 0
    histogram.withUnsafeMutableBufferPointer { histogram in
      while (block + 1) * width <= usable.count {
        let range = block * width..<(block + 1) * width
        block += 1
        guard !usable[range].contains(false) else { continue }
        blocks += 1
        let sums = leg.bandSums(frames: range)
        for band in 0..<bandCount {
          let step = Int(sums[band].bitPattern >> 19) - first
          histogram[band * steps + min(max(step, 0), steps - 1)] += 1
        }
      }
    }
    let live = Double(blocks * width)
    let share = live / max(1, live + Double(dead))
    let rank = Int32(Double(blocks) * settings.floorPercentile / 100 * share * share)
    bands = (0..<bandCount).map { band in
      var seen: Int32 = 0
      for step in 0..<steps where blocks > 0 {
        seen += histogram[band * steps + step]
        if seen > rank {
          let value = Float(bitPattern: UInt32(step + first) << 19 | 1 << 18) / Float(width)
          return max(lowest, value * Float(settings.floorFactor))
        }
      }
      return lowest
    }
  }
}
