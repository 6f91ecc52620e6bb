internal import CVectors

/// Spectral lines, steady peaks and voicing of legs, in windows of 64 ms.
struct StepMeter: ~Copyable {
  /// A window to be measured.
  struct Window {
    /// Its first sample.
    var samples: UnsafeMutablePointer<Float>
    /// The leg that it is of: windows of a leg come in the order of time.
    var leg: Int
    /// How many steps it lies behind the window before it of this leg.
    var shift: UInt32
    /// Whether it may be voice, beside lines.
    var isVoice: Bool
  }

  /// Lines are looked for where either hop has more power than this.
  private let lineFloor: Float
  /// Voice is looked for above this power: -72 dBov, under the vowels of the quietest talker.
  private static let voiceFloor: Float = 6e-8
  /// And not this far below the loudest sound of the leg: 40 dB, where the talker's own vowels never are.
  private static let voiceRange: Float = 1e-4
  /// The loudest sound is forgotten by 0.25 dB a second.
  private static let forgetting: Float = 0.99885
  /// The power of the loudest sound of each leg that lasted for two steps, and of its last step.
  private var loudest = SIMD2<Float>()
  private var last = SIMD2<Float>()
  /// The steps of each leg since its last window.
  private var shifts = SIMD2<UInt32>()

  private let spectrum: SpectrumPair
  private let lags: ComplexTransform
  private let binWidth: Float
  /// The bins of 220 to 3420 Hz, where lines and peaks are looked for.
  private let lineBins: Range<Int>
  /// The bins that enter the autocorrelation: 94 to 3800 Hz.
  private let lagBins: Range<Int>
  /// Lags 18 to 140 at 8 kHz: 444 down to 57 Hz.
  private let lagRange = 18..<142
  /// 1 over the autocorrelation of the window itself, by lag, every value twice.
  private let lagWeights: FloatBuffer
  /// The maxima of the autocorrelation of both windows in turn, lag by lag; 0 between them.
  private let maxima: FloatBuffer
  /// The power spectra of both windows, one behind the other.
  private let power: FloatBuffer
  /// Where peaks stood, by bin of `lineBins`, for each leg: the lowest bit for the last window, the next for the
  /// step before.
  private var history: [UInt32]

  private static let lagCount = 512
  /// Peaks this far below the strongest are not counted: 35 dB.
  private static let peakRange: Float = 3.16e-4
  /// The bits of now and of 60, 120 and 180 ms before.
  private static let steady: UInt32 = 0b1_001_001_001
  /// Lags whose correlation is nearly the best one compete; the first wins.
  private static let nearlyBest: Float = 0.9

  /// The samples in a window.
  var count: Int { spectrum.count }
  private var vectors: Int { (lineBins.count + 7) / 8 }
  private var stride: Int { count / 2 + 16 }

  /// A meter for samples at this rate that tells of lines in hops of more power than `lineFloor`.
  init(sampleRate: Int, lineFloor: Float) {
    self.lineFloor = lineFloor
    let count = ComplexTransform.quickCount(from: sampleRate * 64 / 1000)
    spectrum = SpectrumPair(count: count)
    lags = ComplexTransform(count: Self.lagCount, direction: .backward)
    let bin = Double(sampleRate) / Double(count)
    binWidth = Float(bin)
    lineBins = Int(220 / bin)..<min(Int(3420 / bin) + 1, count / 2 - 5)
    lagBins = 6..<min(Int(3800 / bin), Self.lagCount / 2, count / 2 - 1)
    lagWeights = FloatBuffer(Self.windowLagWeights(count: count).flatMap { [$0, $0] })
    maxima = FloatBuffer(count: 2 * Self.lagCount)
    power = FloatBuffer(count: 2 * (count / 2 + 16))
    history = Array(repeating: 0, count: 2 * 8 * ((lineBins.count + 7) / 8))
  }

  /// The window of the next step of a leg, whose hops have these powers; nil where there is nothing to look for.
  mutating func window(
    _ samples: UnsafeMutablePointer<Float>, leg: Int, powers first: Float, _ second: Float
  ) -> Window? {
    let power = (first + second) / 2
    loudest[leg] = max(Self.forgetting * loudest[leg], min(power, last[leg]))
    last[leg] = power
    shifts[leg] = min(31, shifts[leg] + 1)
    let isVoice = power > max(Self.voiceFloor, Self.voiceRange * loudest[leg])
    guard isVoice || max(first, second) > lineFloor else { return nil }
    defer { shifts[leg] = 0 }
    return Window(samples: samples, leg: leg, shift: shifts[leg], isVoice: isVoice)
  }

  /// Measures one window or two; what is told of a second that is not there means nothing.
  mutating func measure(_ first: Window, _ second: Window?) -> (StepFeatures, StepFeatures) {
    spectrum.transform(first.samples, second?.samples ?? first.samples)
    var features = (StepFeatures(), StepFeatures())
    let forLags = first.isVoice || second?.isVoice == true
    unpack(forLags: forLags)
    if forLags {
      let (one, other) = bestMaxima()
      if first.isVoice { tell(0, one, &features.0) }
      if second?.isVoice == true { tell(1, other, &features.1) }
    }
    measureLines(0, first, &features.0)
    if let second { measureLines(1, second, &features.1) }
    return features
  }

  /// Lays the power spectra out for the search of lines, each for itself, and as the input of the inverse
  /// transform, which is symmetric.
  private func unpack(forLags: Bool) {
    let input = lags.input.base
    let end = unpack_powers(
      spectrum.spectrum, count, lagBins.lowerBound, max(lagBins.upperBound, lineBins.upperBound + 8),
      power.base, power.base + stride, forLags ? input : nil, Self.lagCount)
    guard forLags else { return }
    for outside in lagBins.upperBound..<end {
      for point in [outside, Self.lagCount - outside] {
        input[2 * point] = 0
        input[2 * point + 1] = 0
      }
    }
  }

  /// The maximum of the autocorrelation of each window, by the inverse transform of the power spectrum; both in
  /// one transform, since the autocorrelation of a real signal is real.
  private func bestMaxima() -> (Float, Float) {
    lags.execute()
    var best: (Float, Float) = (0, 0)
    withUnsafeMutableBytes(of: &best) { best in
      lag_maxima(
        lags.output.base, lagWeights.base, maxima.base, lagRange.lowerBound, lagRange.upperBound,
        best.baseAddress!.assumingMemoryBound(to: Float.self))
    }
    return best
  }

  /// Voicing and pitch of one window from its best maximum and its correlation at lag 0.
  private func tell(_ slot: Int, _ best: Float, _ features: inout StepFeatures) {
    let whole = lags.output[slot]
    guard whole > 0, best > 0 else { return }
    // The first lag that is nearly as good: at its multiples the correlation is as high again.
    let lag = first_reaching(
      maxima.base + slot, lagRange.lowerBound, lagRange.upperBound, Self.nearlyBest * best)
    features.voicing = min(1, best / whole)
    features.pitch = binWidth * Float(Self.lagCount) / Float(lag)
  }

  /// The two strongest lines and the peaks of one window.
  private mutating func measureLines(_ slot: Int, _ window: Window, _ features: inout StepFeatures) {
    let power = power.base + slot * stride
    let (total, highest) = Self.sumAndMaximum(power, lineBins)
    // Peaks far below the strongest are noise, which stands still nowhere.
    countPeaks(power, above: highest * Self.peakRange, of: window, &features)
    guard total > 0 else { return }
    let strongest = first_of(power, lineBins.lowerBound, lineBins.upperBound, highest)
    let first = Self.line(power, strongest - 4...strongest + 4)
    // Bins that the first line took do not count twice.
    power.set(strongest - 4, SIMD8())
    power[strongest + 4] = 0
    let rest = Self.sumAndMaximum(power, lineBins).maximum
    let next = first_of(power, lineBins.lowerBound, lineBins.upperBound, rest)
    let second = Self.line(power, next - 3...next + 3)
    features.lineShare = min(1, (first.power + second.power) / total)
    features.firstLine = first.centroid * binWidth
    features.secondLine = second.centroid * binWidth
    features.lineRatio = first.power > 0 ? min(1, second.power / first.power) : 0
  }

  /// Counts the local maxima above `weakest`, and those of them that stood in the same bins 60, 120 and 180 ms
  /// before.
  private mutating func countPeaks(
    _ power: UnsafeMutablePointer<Float>, above weakest: Float, of window: Window,
    _ features: inout StepFeatures
  ) {
    var peaks: UInt32 = 0
    var steady: UInt32 = 0
    let (vectors, lowest) = (vectors, lineBins.lowerBound)
    history.withUnsafeMutableBufferPointer { history in
      count_peaks(
        power, lowest, vectors, weakest, history.baseAddress! + 8 * window.leg * vectors, window.shift,
        Self.steady, &peaks, &steady)
    }
    features.peakCount = UInt8(clamping: peaks)
    features.steadyPeakCount = UInt8(clamping: steady)
  }

  private static func sumAndMaximum(
    _ power: UnsafeMutablePointer<Float>, _ bins: Range<Int>
  ) -> (sum: Float, maximum: Float) {
    var maximum: Float = 0
    let sum = sum_and_maximum(power, bins.lowerBound, bins.upperBound, &maximum)
    return (sum, maximum)
  }

  /// The power and the centroid, in bins, of the bins around a maximum.
  @inline(__always)
  private static func line(
    _ power: UnsafeMutablePointer<Float>, _ bins: ClosedRange<Int>
  ) -> (power: Float, centroid: Float) {
    var sum: Float = 0
    var moment: Float = 0
    for bin in bins {
      sum += power[bin]
      moment += power[bin] * Float(bin)
    }
    return (sum, sum > 0 ? moment / sum : 0)
  }

  /// 1 over the normalised circular autocorrelation of the Hann window of `count` points at the lags of a
  /// transform of `lagCount` points.
  private static func windowLagWeights(count: Int) -> [Float] {
    let window = SpectrumPair.hann(count).map(Double.init)
    let energy = window.reduce(0) { $0 + $1 * $1 }
    return (0..<lagCount).map { lag in
      let shift = lag * count / lagCount
      let sum = window.indices.reduce(0.0) { $0 + window[$1] * window[($1 + shift) % count] }
      return Float(energy / sum)
    }
  }
}
