/// The powers of two windows of 32 ms in bands of the mel scale.
struct BandMeter: ~Copyable {
  private let spectrum: SpectrumPair
  /// From |X|^2 of four times the power to power: 2 / (N sum w^2), for samples in LSB.
  private let scale: Float
  /// The bins where bands begin; one more than bands.
  private let edges: [Int]
  /// The lanes of four bins that lie behind the first so many.
  private let behind: [SIMDMask<SIMD8<Int32>>]

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
    let lanes = SIMD8<Int32>(0, 0, 1, 1, 2, 2, 3, 3)
    behind = (0..<4).map { lanes .>= SIMD8(repeating: $0) }
  }

  /// Measures the two windows that begin at these samples, into the features of their frames.
  func measure(
    _ first: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>,
    _ features: inout FrameFeatures, _ others: inout FrameFeatures
  ) {
    spectrum.transform(first, second)
    var bin = edges[0]
    for band in 0..<FrameFeatures.bandCount {
      let end = max(bin &+ 1, edges[band + 1])
      var sums = SIMD8<Float>()
      while bin &+ 4 <= end {
        sums += spectrum.powers(bin)
        bin &+= 4
      }
      if bin < end { sums += spectrum.powers(bin).replacing(with: 0, where: behind[end &- bin]) }
      bin = edges[band + 1]
      let four = sums.lowHalf + sums.highHalf
      let both = (four.lowHalf + four.highHalf) * scale
      features.bands[band] = both[0]
      others.bands[band] = both[1]
    }
  }

  /// O'Shaughnessy's mel scale.
  private static func mel(_ frequency: Double) -> Double { 2595 * logarithm10(1 + frequency / 700) }

  private static func frequency(mel: Double) -> Double { 700 * (power10(mel / 2595) - 1) }
}
