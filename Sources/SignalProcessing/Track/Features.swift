/// What is measured of one leg in one hop of 10 ms.
public struct FrameFeatures: Sendable {
  /// The number of bands of the short spectrum, 125 to 3800 Hz on the mel scale.
  public static let bandCount = 19
  /// The number of parts that a hop is cut into for `peaks` and `magnitudes`, 2.5 ms each.
  public static let partCount = 4

  /// Mean power over the hop; 1 is a full-scale square wave (0 dBov).
  public var power: Float = 0
  /// The share of the hop's samples that differ from the one before, 0 to 255 for 0 to 1: below 2 % the line
  /// is digitally silent, whatever constant its codec repeats.
  public var change: UInt8 = 0
  /// Runs of three samples or more at the codec's ceiling that begin in the hop.
  public var clippedRuns: UInt8 = 0
  /// The largest magnitude in each part of the hop, in LSB.
  public var peaks = SIMD4<UInt16>()
  /// The mean magnitude in each part of the hop, in halves of an LSB.
  public var magnitudes = SIMD4<UInt16>()
  /// Power in each band of the 32 ms spectrum around the hop's centre; 1 is full scale.
  public var bands = InlineArray<19, Float>(repeating: 0)

  /// The mean magnitude of a part, in LSB.
  public func magnitude(part: Int) -> Float { Float(magnitudes[part]) / 2 }
}

/// What is measured of one leg in the 64 ms around the middle of two frames.
public struct StepFeatures: Sendable {
  /// The maximum of the normalised autocorrelation, 0 to 1.
  public var voicing: Float = 0
  /// The frequency of that maximum in Hz, 57 to 444; 0 where there is none.
  public var pitch: Float = 0
  /// The share of the power in 220 to 3420 Hz that the two strongest spectral lines hold, 0 to 1; 0 where the strongest
  /// holds less than 0.38, as are `secondLine` and `lineRatio`.
  public var lineShare: Float = 0
  /// The centroid of the strongest line, in Hz.
  public var firstLine: Float = 0
  /// The centroid of the second line, in Hz.
  public var secondLine: Float = 0
  /// The power of the second line over that of the first, 0 to 1.
  public var lineRatio: Float = 0
  /// The number of spectral peaks in 220 to 3420 Hz within 35 dB of the strongest.
  public var peakCount: UInt8 = 0
  /// How many of them stood in the same bin 60, 120 and 180 ms before.
  public var steadyPeakCount: UInt8 = 0
}

extension UnsafePointer<FrameFeatures> {
  /// How many floats the bands of a frame lie behind those of the one before.
  static let bandStride = MemoryLayout<FrameFeatures>.stride / MemoryLayout<Float>.stride

  /// The bands of the frame; those of the next lie `bandStride` floats further.
  var bands: UnsafePointer<Float> {
    // `bands` is stored: it has an offset.
    let offset = MemoryLayout<FrameFeatures>.offset(of: \.bands)!
    return (UnsafeRawPointer(self) + offset).assumingMemoryBound(to: Float.self)
  }
}

extension UnsafeMutablePointer<FrameFeatures> {
  /// The bands of the frame.
  var bands: UnsafeMutablePointer<Float> { UnsafeMutablePointer<Float>(mutating: UnsafePointer(self).bands) }
}
