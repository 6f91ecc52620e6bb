internal import CVectors

/// The powers of windows of 32 ms in bands of the mel scale: of calls of 8 kHz, eight windows at once with the hops in
/// their middle; others two by two.
struct BandMeter: ~Copyable {
  /// Whether hops are measured as well.
  let measuresHops: Bool
  private let spectrum: SpectrumPair
  private let turns: FloatBuffer
  /// From |X|^2 to power: 2 / (N sum w^2), for samples in LSB.
  private let scale: Float
  /// The bins where bands begin; one more than bands.
  private let edges: [Int]

  /// The samples in a window.
  var count: Int { spectrum.count }

  /// How many windows are measured at once.
  static let group = 8

  /// A meter for samples at this rate.
  init(sampleRate: Int) {
    measuresHops = sampleRate == 8000
    let count = ComplexTransform.quickCount(from: sampleRate * 32 / 1000)
    precondition(sampleRate != 8000 || count == 256, "measure_eight has windows of 256 samples")
    spectrum = SpectrumPair(count: count)
    scale = 2 / (Float(count) * spectrum.energy * 32768 * 32768)
    let bin = Double(sampleRate) / Double(count)
    let low = Self.mel(125)
    let high = Self.mel(min(3800, Double(sampleRate) / 2 - 2 * bin))
    edges = (0...FrameFeatures.bandCount).map { index in
      let mel = low + (high - low) * Double(index) / Double(FrameFeatures.bandCount)
      return Int((Self.frequency(mel: mel) / bin).rounded())
    }
    turns = FloatBuffer(
      (0..<16).flatMap { sample in
        (1...8).flatMap { row in
          let angle = Double(sample * row) / 256
          return [cosine(2 * Double.pi * angle), cosine(2 * Double.pi * (angle - 0.25))].map(Float.init)
        }
      })
  }

  /// Measures the eight windows that begin at these samples, into the features of their frames, and the hops.
  func measure(
    _ windows: [UnsafePointer<Float>?], _ features: UnsafeMutablePointer<FrameFeatures>,
    _ hops: inout InlineArray<8, hop>
  ) {
    precondition(windows.count == Self.group)
    guard let offset = MemoryLayout<FrameFeatures>.offset(of: \.bands) else { return }
    let bands = (UnsafeMutableRawPointer(features) + offset).assumingMemoryBound(to: Float.self)
    let stride = MemoryLayout<FrameFeatures>.stride / MemoryLayout<Float>.stride
    if measuresHops {
      return withUnsafeMutableBytes(of: &hops) {
        measure_eight(
          windows, spectrum.window.base, turns.base, edges, scale, bands, stride, 80,
          $0.baseAddress!.assumingMemoryBound(to: hop.self))
      }
    }
    for index in Swift.stride(from: 0, to: Self.group, by: 2) {
      guard let first = windows[index], let second = windows[index + 1] else { return }
      spectrum.transform(first, second)
      band_powers(
        spectrum.spectrum, count, edges, FrameFeatures.bandCount, scale / 4, bands + index * stride,
        bands + (index + 1) * stride)
    }
  }

  /// O'Shaughnessy's mel scale.
  private static func mel(_ frequency: Double) -> Double { 2595 * logarithm10(1 + frequency / 700) }

  private static func frequency(mel: Double) -> Double { 700 * (power10(mel / 2595) - 1) }
}
