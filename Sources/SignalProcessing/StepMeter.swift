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
    /// Which of the fresh features are its own.
    var place: Int
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
  private var loudest: InlineArray<2, Float> = [0, 0]
  private var last: InlineArray<2, Float> = [0, 0]
  /// The steps of each leg since its last window.
  private var shifts: InlineArray<2, UInt32> = [0, 0]

  private let spectrum: SpectrumPair
  private let lags: ComplexTransform
  private let binWidth: Float
  /// The bins of 220 to 3420 Hz, where lines and peaks are looked for.
  private let lineBins: Range<Int>
  /// The bins that enter the autocorrelation: 94 to 3800 Hz.
  private let lagBins: Range<Int>
  /// Lags 18 to 140 at 8 kHz: 444 down to 57 Hz.
  private let lagRange = 18..<142
  /// What makes the autocorrelation of the even and of the odd part of a transform, by lag, every value twice.
  private let evenWeights: FloatBuffer
  private let oddWeights: FloatBuffer
  /// The autocorrelation of two windows in turn, lag by lag, and its maxima; 0 between them.
  private let weighed: FloatBuffer
  private let maxima: FloatBuffer
  /// The power spectra of two windows in turn, bin by bin: of those that wait for two others, and of those.
  private let firstPair: FloatBuffer
  private let secondPair: FloatBuffer
  /// The windows that wait for two others.
  private var waiting: (first: Window, second: Window?)?
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
    lagBins = 6..<min(Int(3800 / bin), Self.lagCount / 2 - 8, count / 2 - 1)
    let weights = Self.windowLagWeights(count: count, lags: lagRange.upperBound + 8)
    evenWeights = FloatBuffer(weights.flatMap { [$0 / 2, $0 / 2] })
    oddWeights = FloatBuffer(
      weights.enumerated().flatMap { lag, weight in
        // The sine is 0 at lag 0, which is not looked at.
        let sine = cosine(2 * Double.pi * (Double(lag) / Double(Self.lagCount) - 0.25))
        return Array(repeating: lag > 0 ? weight / Float(4 * sine) : 0, count: 2)
      })
    firstPair = FloatBuffer(count: 2 * Self.lagCount)
    secondPair = FloatBuffer(count: 2 * Self.lagCount)
    weighed = FloatBuffer(count: 2 * Self.lagCount)
    maxima = FloatBuffer(count: 2 * Self.lagCount)
    power = FloatBuffer(count: 2 * (count / 2 + 16))
    history = Array(repeating: 0, count: 2 * 8 * ((lineBins.count + 7) / 8))
  }

  /// The window of the next step of a leg, whose hops have these powers; nil where there is nothing to look for.
  mutating func window(
    _ samples: UnsafeMutablePointer<Float>, leg: Int, place: Int, powers first: Float, _ second: Float
  ) -> Window? {
    let power = (first + second) / 2
    loudest[leg] = max(Self.forgetting * loudest[leg], min(power, last[leg]))
    last[leg] = power
    let shift = min(31, shifts[leg] + 1)
    let isVoice = power > max(Self.voiceFloor, Self.voiceRange * loudest[leg])
    let isMeasured = isVoice || max(first, second) > lineFloor
    shifts[leg] = isMeasured ? 0 : shift
    guard isMeasured else { return nil }
    return Window(samples: samples, leg: leg, shift: shift, isVoice: isVoice, place: place)
  }

  /// Measures one window or two; their voice once there are four, or at `finish`.
  mutating func measure(
    _ first: Window, _ second: Window?, _ features: inout InlineArray<8, StepFeatures>
  ) {
    spectrum.transform(first.samples, second?.samples ?? first.samples)
    let isSecond = waiting != nil
    let pair = isSecond ? secondPair.base : firstPair.base
    let end = max(lagBins.upperBound, lineBins.upperBound + 8)
    unpack_powers(
      spectrum.spectrum, count, lagBins.lowerBound, end, power.base, power.base + stride, pair)
    measureLines(0, first, &features[first.place])
    if let second { measureLines(1, second, &features[second.place]) }
    guard first.isVoice || second?.isVoice == true else { return }
    // Pairs end where what enters the autocorrelation does.
    (pair + 2 * lagBins.upperBound).update(repeating: 0, count: 2 * (end + 8 - lagBins.upperBound))
    if isSecond {
      measureVoice((first, second), &features)
    } else {
      waiting = (first, second)
    }
  }

  /// Measures the voice of windows that still wait.
  mutating func finish(_ features: inout InlineArray<8, StepFeatures>) {
    if waiting != nil { measureVoice(nil, &features) }
  }

  /// Voicing and pitch of the windows that waited and of two others, by one inverse transform of their power
  /// spectra: the autocorrelation of a real signal is real and even, so that four of them fit into a complex one.
  private mutating func measureVoice(
    _ others: (first: Window, second: Window?)?, _ features: inout InlineArray<8, StepFeatures>
  ) {
    guard let windows = waiting else { return }
    waiting = nil
    let (sums, otherSums) = (sums(firstPair.base), sums(secondPair.base))
    // As loud as the first, so that none is buried by another's rounding.
    let (wanted, given) = (sums[0] + sums[1], otherSums[0] + otherSums[1])
    let gain = given > 0 ? wanted / given : 0
    join_pairs(
      firstPair.base, others == nil ? nil : secondPair.base, gain, lagBins.lowerBound - 2,
      lagBins.upperBound + 2, lags.input.base, Self.lagCount)
    lags.execute()
    tell(windows, sums, isOdd: false, &features)
    if let others { tell(others, gain * otherSums, isOdd: true, &features) }
  }

  /// The power of two windows.
  private func sums(_ pair: UnsafeMutablePointer<Float>) -> SIMD2<Float> {
    var sums = SIMD2<Float>()
    withUnsafeMutableBytes(of: &sums) { sums in
      pair_sums(
        pair, lagBins.lowerBound, lagBins.upperBound, sums.baseAddress!.assumingMemoryBound(to: Float.self))
    }
    return sums
  }

  /// Voicing and pitch of two windows from the even or the odd part of the transform; `sums` are their powers.
  private func tell(
    _ windows: (first: Window, second: Window?), _ sums: SIMD2<Float>, isOdd: Bool,
    _ features: inout InlineArray<8, StepFeatures>
  ) {
    var best = SIMD2<Float>()
    withUnsafeMutableBytes(of: &best) { best in
      lag_maxima(
        lags.output.base, Self.lagCount, isOdd ? 1 : 0, isOdd ? oddWeights.base : evenWeights.base,
        maxima.base, weighed.base, lagRange.lowerBound, lagRange.upperBound,
        best.baseAddress!.assumingMemoryBound(to: Float.self))
    }
    tell(windows.first, 0, whole: 2 * sums[0], best: best[0], &features)
    if let second = windows.second { tell(second, 1, whole: 2 * sums[1], best: best[1], &features) }
  }

  /// Voicing and pitch of one window from its best maximum and its correlation at lag 0.
  private func tell(
    _ window: Window, _ slot: Int, whole: Float, best: Float,
    _ features: inout InlineArray<8, StepFeatures>
  ) {
    guard window.isVoice, whole > 0, best > 0 else { return }
    // The first lag that is nearly as good: at its multiples the correlation is as high again.
    let lag = first_reaching(
      maxima.base + slot, lagRange.lowerBound, lagRange.upperBound, Self.nearlyBest * best)
    features[window.place].voicing = min(1, best / whole)
    features[window.place].pitch = binWidth * Float(Self.lagCount) / Float(lag)
  }

  /// The two strongest lines and the peaks of one window.
  private mutating func measureLines(_ slot: Int, _ window: Window, _ features: inout StepFeatures) {
    let power = power.base + slot * stride
    var first = line()
    strongest_line(power, lineBins.lowerBound, lineBins.upperBound, 4, &first)
    // Peaks far below the strongest are noise, which stands still nowhere.
    countPeaks(power, above: first.highest * Self.peakRange, of: window, &features)
    guard first.total > 0 else { return }
    // Bins that the first line took do not count twice.
    power.set(first.bin - 4, SIMD8())
    power[first.bin + 4] = 0
    var second = line()
    strongest_line(power, lineBins.lowerBound, lineBins.upperBound, 3, &second)
    features.lineShare = min(1, (first.power + second.power) / first.total)
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

  /// 1 over the normalised circular autocorrelation of the Hann window of `count` points at the first lags of a
  /// transform of `lagCount` points.
  private static func windowLagWeights(count: Int, lags: Int) -> [Float] {
    let window = SpectrumPair.hann(count).map(Double.init)
    let energy = window.reduce(0) { $0 + $1 * $1 }
    return (0..<lags).map { lag in
      let shift = lag * count / lagCount
      let sum = zip(window, window[shift...] + window[..<shift]).reduce(0) { $0 + $1.0 * $1.1 }
      return Float(energy / sum)
    }
  }
}
