internal import RealModule

/// The powers of windows of 32 ms in bands of the mel scale.
struct BandMeter: ~Copyable {
  private let spectra: RealSpectra
  /// From four times |X|^2 to power: 1 / (2 N sum w^2), for samples in LSB.
  private let scale: Float
  /// The bins where bands begin; one more than bands.
  private let edges: VectorBuffer<Int>
  /// Where the bands of a window go that shares a transform with itself.
  private let unused = FloatBuffer(count: FrameFeatures.bandCount)

  /// The samples in a window.
  var count: Int { spectra.count }

  private static let windowMs = 32
  /// The lowest and the highest edge of the bands, in Hz: what a telephone line passes of voices.
  private static let lowestHz = 125.0
  private static let highestHz = 3800.0

  /// A meter for samples at this rate.
  init(sampleRate: Int) {
    let count = ComplexTransform.quickCount(from: sampleRate * Self.windowMs / 1000)
    spectra = RealSpectra(count: count)
    scale = 1 / (2 * Float(count) * spectra.energy * 32768 * 32768)
    let bin = Double(sampleRate) / Double(count)
    let low = Self.mel(Self.lowestHz)
    let high = Self.mel(min(Self.highestHz, Double(sampleRate) / 2 - 2 * bin))
    let edges = (0...FrameFeatures.bandCount).map { index in
      let mel = low + (high - low) * Double(index) / Double(FrameFeatures.bandCount)
      return Int((Self.frequency(mel: mel) / bin).rounded())
    }
    self.edges = VectorBuffer(edges)
  }

  /// Measures two windows of a leg that begin at these samples; the second may be missing.
  func measure(
    _ first: UnsafePointer<Int16>, _ second: UnsafePointer<Int16>?,
    _ firstBands: UnsafeMutablePointer<Float>, _ secondBands: UnsafeMutablePointer<Float>?
  ) {
    let secondBands = secondBands ?? unused.base
    guard spectra.transform(first, second ?? first) else {
      for bands in [firstBands, secondBands] { bands.update(repeating: 0, count: FrameFeatures.bandCount) }
      return
    }
    spectra.sum(edges: edges, scale: scale, firstBands, secondBands)
  }

  /// O'Shaughnessy's mel scale.
  private static func mel(_ frequency: Double) -> Double { 2595 * .log10(1 + frequency / 700) }

  private static func frequency(mel: Double) -> Double { 700 * (.exp10(mel / 2595) - 1) }
}
