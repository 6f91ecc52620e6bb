internal import SignalProcessing

/// The noise floor of a leg, band by band.
struct NoiseFloor {
  /// Mean noise power in each band; 1 is full scale.
  var bands: [Float]

  /// The floor over all bands in dBov.
  var level: Float { decibels(bands.reduce(0, +)) }

  /// Measures the floor over the frames where `usable` holds: a low percentile of each band's smoothed power,
  /// which speech leaves free between its syllables. Costs one pass and no logarithm.
  init(leg: LegTrack, usable: [Bool], settings: ActivitySettings) {
    let count = usable.count
    let width = frames(ms: settings.floorSmoothingMs)
    let lowest = power(decibels: Float(settings.floorLowestDbov)) / Float(LegTrack.bandCount)
    // 32 steps an octave: the top bits of a float are its logarithm.
    var histogram = [Int32](repeating: 0, count: 1 << 13)
    var floor = [Float](repeating: lowest, count: LegTrack.bandCount)
    let wanted = usable.reduce(0) { $0 + ($1 ? 1 : 0) }
    leg.bands.withUnsafeBufferPointer { bands in
      for band in 0..<LegTrack.bandCount where wanted > 0 {
        for index in histogram.indices { histogram[index] = 0 }
        var sum: Float = 0
        for frame in 0..<count {
          sum += bands[frame * LegTrack.bandCount + band]
          if frame >= width { sum -= bands[(frame - width) * LegTrack.bandCount + band] }
          let centre = frame - width / 2
          if centre >= 0, usable[centre] {
            histogram[Int(max(0, sum).bitPattern >> 18)] += 1
          }
        }
        let total = histogram.reduce(0, +)
        let rank = Int32(Double(total) * settings.floorPercentile / 100)
        var seen: Int32 = 0
        for (index, number) in histogram.enumerated() {
          seen += number
          if seen > rank {
            let value = Float(bitPattern: UInt32(index) << 18 | 1 << 17) / Float(width)
            floor[band] = max(lowest, value * Float(settings.floorFactor))
            break
          }
        }
      }
    }
    bands = floor
  }
}
