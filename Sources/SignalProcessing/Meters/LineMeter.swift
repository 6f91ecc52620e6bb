internal import CVectors

/// The two strongest spectral lines of windows of 64 ms, and the spectral peaks that stand still, leg by leg.
struct LineMeter {
  private let binWidth: Float
  /// The bins of 220 to 3420 Hz, where lines and peaks are looked for.
  let bins: Range<Int>
  /// Where peaks stood, by bin of `bins`, for each leg: the lowest bit for the last window, the next for the step
  /// before.
  private var history: [UInt32]

  /// The frequencies in which lines are looked for, in Hz: the tones of telephone networks, and the peaks of music.
  private static let lowestHz = 220.0
  private static let highestHz = 3420.0
  /// A line of a Hann window has four bins on both sides; the second one, which may stand close to it, three.
  private static let reach = 4
  private static let secondReach = 3
  /// The share of the power that the first line holds where a second one is looked for: less makes no tone, for the second
  /// line holds hardly more than the first, and the lines of a tone hold 0.8 together (`ToneLines`).
  private static let minimumShare: Float = 0.38
  /// Peaks 35 dB below the strongest are not counted: they are noise, which stands still nowhere.
  private static let peakRange: Float = 3.16e-4
  /// A peak stands that was there now and 60, 120 and 180 ms before; bits of steps of 20 ms.
  private static let steady: UInt32 = 0b1_001_001_001

  /// A meter for spectra of `count` points of samples at this rate.
  init(sampleRate: Int, count: Int) {
    let bin = Double(sampleRate) / Double(count)
    binWidth = Float(bin)
    bins = Int(Self.lowestHz / bin)..<min(Int(Self.highestHz / bin) + 1, count / 2 - 5)
    history = Array(repeating: 0, count: 2 * 8 * ((bins.count + 7) / 8))
  }

  private var vectors: Int { (bins.count + 7) / 8 }

  /// Measures the lines and peaks of a power spectrum of a leg, `shift` steps after the one before. The bins of the
  /// strongest line may be 0 afterwards.
  mutating func measure(
    _ power: UnsafeMutablePointer<Float>, leg: Int, shift: UInt32, into features: inout StepFeatures
  ) {
    var first = SpectralLine()
    findLine(power, from: bins.lowerBound, to: bins.upperBound, reach: Self.reach, into: &first)
    countPeaks(power, above: first.highest * Self.peakRange, leg, shift, &features)
    features.firstLine = first.centroid * binWidth
    guard first.power > Self.minimumShare * first.total else { return }
    // What the first line holds does not count twice.
    power.set(first.bin - Self.reach, SIMD8())
    power[first.bin + Self.reach] = 0
    var second = SpectralLine()
    findLine(power, from: bins.lowerBound, to: bins.upperBound, reach: Self.secondReach, into: &second)
    features.lineShare = min(1, (first.power + second.power) / first.total)
    features.secondLine = second.centroid * binWidth
    features.lineRatio = first.power > 0 ? min(1, second.power / first.power) : 0
  }

  /// Counts the local maxima above a threshold, and those of them that stand.
  private mutating func countPeaks(
    _ power: UnsafePointer<Float>, above threshold: Float, _ leg: Int, _ shift: UInt32,
    _ features: inout StepFeatures
  ) {
    var peaks: UInt32 = 0
    var steady: UInt32 = 0
    let (vectors, lowest) = (vectors, bins.lowerBound)
    history.withUnsafeMutableBufferPointer { history in
      CVectors.countPeaks(
        power, from: lowest, vectors: vectors, above: threshold,
        history: history.baseAddress! + 8 * leg * vectors, shift: shift, steady: Self.steady, &peaks, &steady)
    }
    features.peakCount = UInt8(clamping: peaks)
    features.steadyPeakCount = UInt8(clamping: steady)
  }
}
