internal import CVectors
internal import RealModule

/// The normalised autocorrelations of two windows at a time from their power spectra. These are real and even, and so are
/// their transforms: folded to half their length, both share one complex transform, as its real and its imaginary part.
struct Autocorrelations: ~Copyable {
  /// An autocorrelation's best maximum.
  struct Maximum {
    /// Its lag, in samples of the transform.
    var lag: Int
    /// The autocorrelation there; 1 at lag 0.
    var value: Float
  }

  /// The points of a power spectrum and of its transform: lags are 1 / `count` of the length of a window.
  static let count = 512
  /// The lags among which maxima are looked for; a whole number of fours.
  private let lagRange: Range<Int>
  /// The bins of a power spectrum that enter.
  private let bins: Range<Int>
  private let transform = ComplexTransform(count: count / 2)
  /// 2 sin and 2 cos (2 pi k / `count`), by which spectra are folded.
  private let sines = FloatBuffer((0..<count / 4).map { Float(2 * Double.sin(turn * Double($0))) })
  private let cosines = FloatBuffer((0..<count / 4).map { Float(2 * Double.cos(turn * Double($0))) })
  private static let turn = 2 * Double.pi / Double(count)
  /// The two power spectra, scaled.
  private let first = FloatBuffer(count: count)
  private let second = FloatBuffer(count: count)
  /// One over the autocorrelation of the Hann window, by lag, every value twice.
  private let weights: FloatBuffer
  /// Both autocorrelations in turn, lag by lag, weighed, and their maxima; 0 between them.
  private let weighed = FloatBuffer(count: 2 * count)
  private let maxima = FloatBuffer(count: 2 * count)

  /// Lags whose correlation is nearly the best one compete, and the first wins: at multiples of a period the
  /// correlation is as high again, give or take noise (our measurement).
  private static let nearlyBest: Float = 0.9

  /// Autocorrelations of windows of `windowCount` samples from these bins of their spectra.
  init(windowCount: Int, bins: Range<Int>, lags: Range<Int>) {
    precondition(bins.lowerBound > 0 && bins.upperBound <= Self.count / 2 - 8 && lags.count % 4 == 0)
    self.bins = bins
    lagRange = lags
    let weights = Self.windowWeights(count: windowCount, lags: lags.upperBound + 8)
    self.weights = FloatBuffer(weights.flatMap { [$0, $0] })
  }

  /// Takes the power spectrum of one of two windows; up to 7 bins behind the last one are read.
  func set(isSecond: Bool, power: UnsafePointer<Float>) {
    // Half the power lies in the mirrored bins, and the transform comes out twice as large. Each window has its own
    // scale, so that none is lost in the rounding of a louder one.
    _ = normalisePower(
      power, from: bins.lowerBound, to: bins.upperBound, sum: 0.25,
      into: isSecond ? second.base : first.base)
  }

  /// The best maxima of the two windows that were set; 0 where there is none.
  func best() -> (first: Maximum, second: Maximum) {
    transformBack()
    var highest: InlineArray<2, Float> = [0, 0]
    var span = highest.mutableSpan
    span.withUnsafeMutableBufferPointer {
      findLagMaxima(
        weighed.base, from: lagRange.lowerBound, to: lagRange.upperBound, into: maxima.base,
        highest: $0.baseAddress!)
    }
    return (best(0, highest[0]), best(1, highest[1]))
  }

  /// Makes the weighed autocorrelations of both power spectra.
  private func transformBack() {
    var atOne: InlineArray<2, Float> = [0, 0]
    var span = atOne.mutableSpan
    span.withUnsafeMutableBufferPointer { atOne in
      foldEven(
        first.base, second.base, sines: sines.base, cosines: cosines.base, into: transform.input.base,
        count: transform.count, atOne: atOne.baseAddress!)
      transform.execute()
      // A maximum is higher than the lag behind it.
      unfoldEven(
        transform.output.base, count: transform.count, atOne: atOne.baseAddress!, weights: weights.base,
        to: lagRange.upperBound + 1, into: weighed.base)
    }
  }

  /// The first lag of one window that is nearly as good as the best.
  private func best(_ window: Int, _ highest: Float) -> Maximum {
    guard highest > 0 else { return Maximum(lag: 0, value: 0) }
    let lag = firstLag(
      maxima.base + window, from: lagRange.lowerBound, to: lagRange.upperBound,
      reaching: Self.nearlyBest * highest)
    return Maximum(lag: lag, value: highest)
  }

  /// 1 over the normalised circular autocorrelation of the Hann window of `count` points at the first lags.
  private static func windowWeights(count: Int, lags: Int) -> [Float] {
    let window = RealSpectra.hann(count).map(Double.init)
    let energy = window.reduce(0) { $0 + $1 * $1 }
    return (0..<lags).map { lag in
      let shift = lag * count / Self.count
      let sum = zip(window, window[shift...] + window[..<shift]).reduce(0) { $0 + $1.0 * $1.1 }
      return Float(energy / sum)
    }
  }
}
