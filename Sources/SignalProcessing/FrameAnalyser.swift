/// Turns samples into the feature track: frames, windows, spectra. One pass, nothing allocated per frame.
///
/// Two legs are one complex signal: interleaved stereo samples are the input of one complex transform that
/// gives both spectra (2.8 times cheaper than two real ones by our measurement). A lone leg rides with
/// silence. Window lengths and hop follow the sample rate, so that 10, 32 and 64 ms hold from 4 to 192 kHz.
public struct FrameAnalyser: ~Copyable {
  /// What has been extracted so far and not yet removed.
  public var track: FeatureTrack

  private let sampleRate: Int
  private let channels: Int
  private let legChannels: [Int]
  private let ceiling: Int

  private let short: ComplexTransform
  private let long: ComplexTransform
  private let lags: ComplexTransform
  private let shortWindow: [Float]
  private let longWindow: [Float]
  private let shortScale: Float
  /// The bins of the short spectrum where bands begin; one more than bands.
  private let bandEdges: [Int]
  private let longBinWidth: Double
  /// The bins of the long spectrum, of 220 to 3420 Hz, where lines and peaks are looked for.
  private let lineBins: Range<Int>
  /// The bins of the long spectrum that enter the autocorrelation: from 94 Hz up.
  private let lagBins: Range<Int>
  private let lagRange: Range<Int>
  /// 1 over the autocorrelation of the window itself, by lag.
  private let lagWeights: [Float]

  /// Interleaved pairs of the samples that windows still need.
  private var pairs: [Int16]
  /// The index in the call of the first pair.
  private var firstPair: Int
  private var received = 0
  private var nextFrame = 0
  private var previous: [Int16] = [0, 0]
  private var clipRun: [Int] = [0, 0]

  private var longPower: [Float]
  /// The peaks of the last 16 steps of each leg, one bit a bin.
  private var peakHistory: [PeakSet]
  private var scratch: [Float]

  static let lagCount = 512
  /// Peaks this far below the strongest are not counted: 35 dB.
  private static let peakRange: Float = 3.16e-4

  /// An analyser of interleaved samples.
  ///
  /// - Parameters:
  ///   - sampleRate: samples per second and channel.
  ///   - channels: interleaved channels.
  ///   - legChannels: the one or two channels to analyse.
  ///   - ceiling: the magnitude in LSB at which the codec clips.
  public init(sampleRate: Int, channels: Int, legChannels: [Int], ceiling: Int) {
    precondition((1...2).contains(legChannels.count) && legChannels.allSatisfy { $0 < channels })
    self.sampleRate = sampleRate
    self.channels = channels
    self.legChannels = legChannels
    self.ceiling = ceiling
    track = FeatureTrack(legs: legChannels.count)

    let shortCount = ComplexTransform.quickCount(from: sampleRate * 32 / 1000)
    let longCount = ComplexTransform.quickCount(from: sampleRate * 64 / 1000)
    short = ComplexTransform(count: shortCount, direction: .forward)
    long = ComplexTransform(count: longCount, direction: .forward)
    lags = ComplexTransform(count: Self.lagCount, direction: .backward)
    shortWindow = Self.hann(shortCount)
    longWindow = Self.hann(longCount)
    // One-sided power: 2 |X|^2 / (N sum w^2), for samples in LSB.
    let energy = shortWindow.reduce(0) { $0 + $1 * $1 }
    shortScale = 2 / (Float(shortCount) * energy * 32768 * 32768)

    let shortBin = Double(sampleRate) / Double(shortCount)
    let top = min(3800, Double(sampleRate) / 2 - shortBin)
    let low = Self.mel(125)
    let high = Self.mel(top)
    bandEdges = (0...LegTrack.bandCount).map { index in
      let mel = low + (high - low) * Double(index) / Double(LegTrack.bandCount)
      return Int((Self.frequency(mel: mel) / shortBin).rounded())
    }
    longBinWidth = Double(sampleRate) / Double(longCount)
    lineBins = Int(220 / longBinWidth)..<min(Int(3420 / longBinWidth) + 1, longCount / 2 - 5)
    lagBins = 6..<min(Int(3800 / longBinWidth), Self.lagCount / 2)
    // Lags 18 to 140 at 8 kHz: 444 down to 57 Hz.
    lagRange = 18..<141
    lagWeights = Self.windowLagWeights(count: longCount, lags: Self.lagCount)

    let margin = longCount
    pairs = Array(repeating: 0, count: 2 * margin)
    firstPair = -margin
    longPower = Array(repeating: 0, count: 2 * (longCount / 2 + 1))
    peakHistory = Array(repeating: PeakSet(), count: 2 * 16)
    scratch = Array(repeating: 0, count: 2 * LegTrack.bandCount)
  }

  /// Takes the next samples: whole sample frames of interleaved channels.
  public mutating func consume(_ samples: Span<Int16>) {
    let count = samples.count / channels
    let left = legChannels[0]
    let right = legChannels.count > 1 ? legChannels[1] : -1
    pairs.reserveCapacity(pairs.count + 2 * count)
    samples.withUnsafeBufferPointer { source in
      var index = 0
      for _ in 0..<count {
        pairs.append(source[index + left])
        pairs.append(right >= 0 ? source[index + right] : 0)
        index += channels
      }
    }
    received += count
    extract(until: received - long.count / 2)
  }

  /// Extracts the last frames; a rest of less than a hop is dropped.
  public mutating func finish() {
    let tail = long.count
    pairs.append(contentsOf: repeatElement(0, count: 2 * tail))
    extract(until: received)
  }

  /// The sample where a frame begins: exact for every rate, also where 10 ms is no whole number of samples.
  private func start(of frame: Int) -> Int { frame * sampleRate / 100 }

  /// Extracts every frame whose last sample and whose window's centre lie before `limit`.
  private mutating func extract(until limit: Int) {
    while start(of: nextFrame + 1) <= limit {
      extractFrame(from: start(of: nextFrame), to: start(of: nextFrame + 1))
      nextFrame += 1
      track.frameCount += 1
    }
    // What lies before the next window is not needed again.
    let needed = start(of: nextFrame) - long.count / 2 - 1
    let surplus = needed - firstPair
    if surplus > 8192 {
      pairs.removeFirst(2 * surplus)
      firstPair += surplus
    }
  }

  private mutating func extractFrame(from start: Int, to end: Int) {
    measureHop(from: start, to: end)
    let centre = (start + end) / 2
    measureBands(around: centre)
    if nextFrame % 2 == 1 {
      // A step's window stands between its two frames.
      measureLines(around: start)
    }
  }

  /// Level, change, clipping and the parts' magnitudes of one hop.
  private mutating func measureHop(from start: Int, to end: Int) {
    let count = end - start
    pairs.withUnsafeBufferPointer { pairs in
      let base = 2 * (start - firstPair)
      for leg in track.legs.indices {
        var energy: Int64 = 0
        var changes = 0
        var runs = 0
        var last = previous[leg]
        var run = clipRun[leg]
        for part in 0..<LegTrack.partCount {
          let from = count * part / LegTrack.partCount
          let to = count * (part + 1) / LegTrack.partCount
          var peak = 0
          var sum = 0
          for index in from..<to {
            let sample = pairs[base + 2 * index + leg]
            let value = Int(sample)
            let magnitude = abs(value)
            energy &+= Int64(value &* value)
            sum &+= magnitude
            peak = max(peak, magnitude)
            changes &+= sample == last ? 0 : 1
            last = sample
            if magnitude >= ceiling {
              run += 1
              if run == 3 { runs += 1 }
            } else {
              run = 0
            }
          }
          track.legs[leg].peaks.append(UInt16(peak))
          track.legs[leg].magnitudes.append(to > from ? Float(sum) / Float(to - from) : 0)
        }
        previous[leg] = last
        clipRun[leg] = run
        track.legs[leg].power.append(Float(energy) / (Float(count) * 32768 * 32768))
        track.legs[leg].change.append(UInt8(255 * changes / max(1, count)))
        track.legs[leg].clippedRuns.append(UInt8(clamping: runs))
      }
    }
  }

  /// The band powers of both legs from one complex transform.
  private mutating func measureBands(around centre: Int) {
    let count = short.count
    let input = short.input
    pairs.withUnsafeBufferPointer { pairs in
      shortWindow.withUnsafeBufferPointer { window in
        let base = 2 * (centre - count / 2 - firstPair)
        for index in 0..<count {
          input[2 * index] = window[index] * Float(pairs[base + 2 * index])
          input[2 * index + 1] = window[index] * Float(pairs[base + 2 * index + 1])
        }
      }
    }
    short.execute()
    let output = short.output
    scratch.withUnsafeMutableBufferPointer { sums in
      for band in 0..<LegTrack.bandCount {
        var first: Float = 0
        var second: Float = 0
        for bin in bandEdges[band]..<max(bandEdges[band] + 1, bandEdges[band + 1]) {
          let (a, b) = Self.powers(output, bin: bin, count: count)
          first += a
          second += b
        }
        sums[band] = first * shortScale
        sums[LegTrack.bandCount + band] = second * shortScale
      }
    }
    for leg in track.legs.indices {
      let from = leg * LegTrack.bandCount
      track.legs[leg].bands.append(contentsOf: scratch[from..<from + LegTrack.bandCount])
    }
  }

  /// The power spectra of both legs at one bin, unpacked from the amplitudes of their complex sum.
  @inline(__always)
  private static func powers(_ spectrum: UnsafeMutablePointer<Float>, bin: Int, count: Int) -> (Float, Float)
  {
    let mirror = count - bin
    let real = spectrum[2 * bin]
    let imaginary = spectrum[2 * bin + 1]
    let mirrorReal = spectrum[2 * mirror]
    let mirrorImaginary = spectrum[2 * mirror + 1]
    let aReal = real + mirrorReal
    let aImaginary = imaginary - mirrorImaginary
    let bReal = imaginary + mirrorImaginary
    let bImaginary = real - mirrorReal
    return (
      (aReal * aReal + aImaginary * aImaginary) / 4, (bReal * bReal + bImaginary * bImaginary) / 4
    )
  }

  /// Lines, peaks and autocorrelation of both legs from the long window.
  private mutating func measureLines(around centre: Int) {
    let count = long.count
    let half = count / 2 + 1
    let input = long.input
    pairs.withUnsafeBufferPointer { pairs in
      longWindow.withUnsafeBufferPointer { window in
        let base = 2 * (centre - count / 2 - firstPair)
        for index in 0..<count {
          input[2 * index] = window[index] * Float(pairs[base + 2 * index])
          input[2 * index + 1] = window[index] * Float(pairs[base + 2 * index + 1])
        }
      }
    }
    long.execute()
    let output = long.output
    longPower.withUnsafeMutableBufferPointer { power in
      for bin in 1..<half - 1 {
        let (a, b) = Self.powers(output, bin: bin, count: count)
        power[bin] = a
        power[half + bin] = b
      }
    }
    measureCorrelation(half: half)
    for leg in track.legs.indices { measurePeaks(leg: leg, half: half) }
  }

  /// The maximum of the normalised autocorrelation, by the inverse transform of the power spectrum; both legs
  /// in one transform, since the autocorrelation of a real signal is real.
  private mutating func measureCorrelation(half: Int) {
    let input = lags.input
    for index in 0..<2 * Self.lagCount { input[index] = 0 }
    longPower.withUnsafeBufferPointer { power in
      for bin in lagBins {
        input[2 * bin] = power[bin]
        input[2 * bin + 1] = power[half + bin]
        let mirror = Self.lagCount - bin
        input[2 * mirror] = power[bin]
        input[2 * mirror + 1] = power[half + bin]
      }
    }
    lags.execute()
    let output = lags.output
    for leg in track.legs.indices {
      let zero = output[leg]
      var best: Float = 0
      if zero > 0 {
        for lag in lagRange { best = max(best, Self.peak(output, lag: lag, leg: leg, weights: lagWeights)) }
      }
      // The first lag that is nearly as good: at its multiples the correlation is as high again.
      var bestLag = 0
      for lag in lagRange where best > 0 {
        if Self.peak(output, lag: lag, leg: leg, weights: lagWeights) >= 0.9 * best {
          bestLag = lag
          break
        }
      }
      track.legs[leg].voicing.append(zero > 0 ? min(1, best / zero) : 0)
      track.legs[leg].pitch.append(
        bestLag > 0 ? Float(longBinWidth * Double(Self.lagCount)) / Float(bestLag) : 0)
    }
  }

  /// The correlation at a lag where it has a maximum; 0 on the shoulder of another.
  @inline(__always)
  private static func peak(_ output: UnsafeMutablePointer<Float>, lag: Int, leg: Int, weights: [Float])
    -> Float
  {
    let value = output[2 * lag + leg] * weights[lag]
    let before = output[2 * (lag - 1) + leg] * weights[lag - 1]
    let after = output[2 * (lag + 1) + leg] * weights[lag + 1]
    return value >= before && value >= after ? value : 0
  }

  /// The two strongest lines and the persistence of the peaks of one leg.
  private mutating func measurePeaks(leg: Int, half: Int) {
    let slot = track.stepIndexOfNextStep
    var peaks = PeakSet()
    var total: Float = 0
    var strongest = lineBins.lowerBound
    var share: Float = 0
    var first: (power: Float, centroid: Float) = (0, 0)
    var second: (power: Float, centroid: Float) = (0, 0)
    let width = Float(longBinWidth)
    longPower.withUnsafeBufferPointer { all in
      let power = UnsafeBufferPointer(rebasing: all[leg * half..<(leg + 1) * half])
      for bin in lineBins {
        let value = power[bin]
        total += value
        if value > power[strongest] { strongest = bin }
      }
      guard total > 0 else { return }
      // Weaker peaks are noise, which stands still nowhere.
      let weakest = power[strongest] * Self.peakRange
      for bin in lineBins {
        let value = power[bin]
        if value > weakest && value > power[bin - 1] && value >= power[bin + 1] {
          peaks.insert(bin - lineBins.lowerBound)
        }
      }
      first = Self.line(power, around: strongest, reach: 4, width: width)
      var next = -1
      for bin in lineBins where abs(bin - strongest) > 4 {
        if next < 0 || power[bin] > power[next] { next = bin }
      }
      if next >= 0 {
        // Bins that the first line took do not count twice.
        var sum: Float = 0
        var moment: Float = 0
        for bin in next - 3...next + 3 where abs(bin - strongest) > 4 {
          sum += power[bin]
          moment += power[bin] * Float(bin)
        }
        second = (sum, sum > 0 ? moment / sum * width : 0)
      }
      share = min(1, (first.power + second.power) / total)
    }
    track.legs[leg].lineShare.append(share)
    track.legs[leg].firstLine.append(first.centroid)
    track.legs[leg].secondLine.append(second.centroid)
    track.legs[leg].lineRatio.append(first.power > 0 ? min(1, second.power / first.power) : 0)

    let here = leg * 16
    let at60 = peakHistory[here + (slot + 16 - 3) % 16]
    let at120 = peakHistory[here + (slot + 16 - 6) % 16]
    let at180 = peakHistory[here + (slot + 16 - 9) % 16]
    track.legs[leg].peakCount.append(UInt8(clamping: peaks.count))
    track.legs[leg].steadyPeakCount.append(
      UInt8(clamping: peaks.intersection(at60).intersection(at120).intersection(at180).count))
    peakHistory[here + slot % 16] = peaks
  }

  /// The power and the centroid in Hz of the bins around a maximum.
  @inline(__always)
  private static func line(
    _ power: UnsafeBufferPointer<Float>, around bin: Int, reach: Int, width: Float
  ) -> (power: Float, centroid: Float) {
    var sum: Float = 0
    var moment: Float = 0
    for index in max(0, bin - reach)...bin + reach {
      sum += power[index]
      moment += power[index] * Float(index)
    }
    return (sum, sum > 0 ? moment / sum * width : 0)
  }

  private static func hann(_ count: Int) -> [Float] {
    (0..<count).map { Float(0.5 - 0.5 * cosine(2 * Double.pi * (Double($0) + 0.5) / Double(count))) }
  }

  /// 1 over the normalised circular autocorrelation of the Hann window of `count` points at the lags of a
  /// transform of `lags` points.
  private static func windowLagWeights(count: Int, lags: Int) -> [Float] {
    let window = hann(count).map(Double.init)
    let energy = window.reduce(0) { $0 + $1 * $1 }
    return (0..<lags).map { lag in
      let shift = lag * count / lags
      let sum = window.indices.reduce(0.0) { $0 + window[$1] * window[($1 + shift) % count] }
      return Float(energy / sum)
    }
  }

  /// O'Shaughnessy's mel scale.
  private static func mel(_ frequency: Double) -> Double { 2595 * logarithm10(1 + frequency / 700) }

  private static func frequency(mel: Double) -> Double { 700 * (power10(mel / 2595) - 1) }
}

extension FeatureTrack {
  /// The index in the call of the step that is being measured.
  fileprivate var stepIndexOfNextStep: Int { (firstFrame + frameCount) / 2 }
}

/// A set of up to 256 spectral bins.
struct PeakSet: Sendable {
  private var words = SIMD4<UInt64>()

  init() {}

  var count: Int {
    words[0].nonzeroBitCount + words[1].nonzeroBitCount + words[2].nonzeroBitCount + words[3].nonzeroBitCount
  }

  mutating func insert(_ bin: Int) {
    words[bin >> 6] |= 1 << UInt64(bin & 63)
  }

  func intersection(_ other: PeakSet) -> PeakSet {
    var both = self
    both.words = words & other.words
    return both
  }
}
