internal import CVectors

/// The powers of two windows of 32 ms in bands of the mel scale.
struct BandMeter: ~Copyable {
  private let spectrum: SpectrumPair
  /// From |X|^2 of four times the power to power: 2 / (N sum w^2), for samples in LSB.
  private let scale: Float
  /// The bins where bands begin; one more than bands.
  private let edges: [Int]

  /// The samples in a window.
  var count: Int { spectrum.count }

  /// A meter for samples at this rate.
  init(sampleRate: Int) {
    let count = ComplexTransform.quickCount(from: sampleRate * 32 / 1000)
    spectrum = SpectrumPair(count: count)
    scale = 2 / (4 * Float(count) * spectrum.energy * 32768 * 32768)
    let bin = Double(sampleRate) / Double(count)
    let low = Self.mel(125)
    let high = Self.mel(min(3800, Double(sampleRate) / 2 - 2 * bin))
    edges = (0...FrameFeatures.bandCount).map { index in
      let mel = low + (high - low) * Double(index) / Double(FrameFeatures.bandCount)
      return Int((Self.frequency(mel: mel) / bin).rounded())
    }
  }

  /// Measures the two windows that begin at these samples, into the features of their frames.
  func measure(
    _ first: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>,
    _ features: inout FrameFeatures, _ others: inout FrameFeatures
  ) {
    spectrum.transform(first, second)
    withUnsafeMutableBytes(of: &features.bands) { first in
      withUnsafeMutableBytes(of: &others.bands) { second in
        band_powers(
          spectrum.spectrum, spectrum.count, edges, FrameFeatures.bandCount, scale,
          first.baseAddress!.assumingMemoryBound(to: Float.self),
          second.baseAddress!.assumingMemoryBound(to: Float.self))
      }
    }
  }

  /// O'Shaughnessy's mel scale.
  private static func mel(_ frequency: Double) -> Double { 2595 * logarithm10(1 + frequency / 700) }

  private static func frequency(mel: Double) -> Double { 700 * (power10(mel / 2595) - 1) }
}
