internal import CVectors

/// Level, change, clipping and the parts' peaks and magnitudes of the hops of one leg, which come in the order of time.
struct HopMeter {
  /// The magnitude in LSB at which the codec clips.
  let ceiling: Int
  /// The samples at the ceiling up to here.
  private var clipRun = 0
  /// So many samples at the ceiling are a clipped run: one or two may be a peak that just reached it.
  private static let clippedCount = 3

  /// A meter for a codec that clips at this magnitude, in LSB.
  init(ceiling: Int) { self.ceiling = ceiling }

  /// Describes the hop of `count` samples from here on, every second one, by its measures.
  mutating func describe(
    _ hop: HopMeasures, _ samples: UnsafePointer<Int16>, count: Int, in features: inout FrameFeatures
  ) {
    features.peaks = unsafeBitCast(hop.peaks, to: SIMD4<UInt16>.self)
    features.magnitudes = unsafeBitCast(hop.magnitudes, to: SIMD4<UInt16>.self)
    features.power = hop.power
    features.change = UInt8(truncatingIfNeeded: hop.change)
    let mayClip = Int(hop.peak) >= ceiling || clipRun > 0
    features.clippedRuns = mayClip ? countClipped(samples, count: count) : 0
  }

  /// The runs at the ceiling that become long enough in this hop.
  private mutating func countClipped(_ samples: UnsafePointer<Int16>, count: Int) -> UInt8 {
    var runs = 0
    for index in 0..<count {
      clipRun = abs(Int(samples[2 * index])) >= ceiling ? clipRun + 1 : 0
      if clipRun == Self.clippedCount { runs += 1 }
    }
    return UInt8(clamping: runs)
  }
}
