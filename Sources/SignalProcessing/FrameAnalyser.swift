/// Turns samples into the feature track: frames, windows, spectra. One pass, nothing allocated per frame.
///
/// Two legs are one complex signal: interleaved stereo samples are the input of one complex transform that
/// gives both spectra (2.8 times cheaper than two real ones by our measurement). A lone leg rides with
/// silence. Window lengths and hop follow the sample rate, so that 10, 32 and 64 ms hold from 4 to 192 kHz.
///
/// The loops work on eight floats at once: four samples or bins of both legs.
public struct FrameAnalyser: ~Copyable {
  /// What has been extracted so far and not yet removed.
  public var track: FeatureTrack

  private let sampleRate: Int
  private let channels: Int
  private let legChannels: [Int]
  private let ceiling: Float

  private let short: ComplexTransform
  private let long: ComplexTransform
  private let lags: ComplexTransform
  /// Windows with every value twice, as pairs want them.
  private let shortWindow: [Float]
  private let longWindow: [Float]
  /// From |X|^2 of four times the power to power: 2 / (N sum w^2), for samples in LSB.
  private let shortScale: Float
  /// The bins of the short spectrum where bands begin; one more than bands.
  private let bandEdges: [Int]
  private let longBinWidth: Float
  /// The bins of the long spectrum, of 220 to 3420 Hz, where lines and peaks are looked for.
  private let lineBins: Range<Int>
  /// The bins of the long spectrum that enter the autocorrelation: 94 to 3800 Hz.
  private let lagBins: Range<Int>
  /// Lags 18 to 140 at 8 kHz: 444 down to 57 Hz.
  private let lagRange = 18..<142
  /// 1 over the autocorrelation of the window itself, by lag, every value twice.
  private let lagWeights: [Float]

  /// Pairs of the samples that windows still need, in LSB.
  private var pairs: [Float]
  /// The index in the call of the first pair.
  private var firstPair: Int
  private var received = 0
  private var nextFrame = 0
  private var previous = SIMD2<Float>()
  private var clipRun = SIMD2<Int>()

  /// The power spectra of both legs, one behind the other, with room for reading past the end.
  private var shortPower: [Float]
  private var longPower: [Float]
  private var correlation: [Float]
  /// The peaks of the last steps of each leg, a lane a bin, all bits set where there is one.
  private var peakHistory: [SIMD8<Int32>]

  private static let lagCount = 512
  /// 180 ms of steps and the one being measured, rounded up.
  private static let historySteps = 16
  /// Room for the bins of 220 to 3420 Hz, eight to a vector.
  private static let peakVectors = 32
  /// Peaks this far below the strongest are not counted: 35 dB.
  private static let peakRange: Float = 3.16e-4
  /// Legs below this have no lines to look for: -66 dBov, under every tone that is reported.
  private static let lineFloor: Float = 2.5e-7
  /// Where both legs are below this, no voice is looked for either: -72 dBov.
  private static let voiceFloor: Float = 6.3e-8
  /// Lags whose correlation is nearly the best one compete; the first wins.
  private static let nearlyBest: Float = 0.9

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
    self.ceiling = Float(ceiling)
    track = FeatureTrack(legs: legChannels.count)

    let shortCount = ComplexTransform.quickCount(from: sampleRate * 32 / 1000)
    let longCount = ComplexTransform.quickCount(from: sampleRate * 64 / 1000)
    short = ComplexTransform(count: shortCount, direction: .forward)
    long = ComplexTransform(count: longCount, direction: .forward)
    lags = ComplexTransform(count: Self.lagCount, direction: .backward)
    let window = Self.hann(shortCount)
    shortWindow = window.flatMap { [$0, $0] }
    longWindow = Self.hann(longCount).flatMap { [$0, $0] }
    let energy = window.reduce(0) { $0 + $1 * $1 }
    shortScale = 2 / (4 * Float(shortCount) * energy * 32768 * 32768)

    let shortBin = Double(sampleRate) / Double(shortCount)
    let low = Self.mel(125)
    let high = Self.mel(min(3800, Double(sampleRate) / 2 - 2 * shortBin))
    bandEdges = (0...FrameFeatures.bandCount).map { index in
      let mel = low + (high - low) * Double(index) / Double(FrameFeatures.bandCount)
      return Int((Self.frequency(mel: mel) / shortBin).rounded())
    }
    let longBin = Double(sampleRate) / Double(longCount)
    longBinWidth = Float(longBin)
    lineBins = Int(220 / longBin)..<min(Int(3420 / longBin) + 1, longCount / 2 - 5)
    lagBins = 6..<min(Int(3800 / longBin), Self.lagCount / 2, longCount / 2 - 1)
    lagWeights = Self.windowLagWeights(count: longCount, lags: Self.lagCount).flatMap { [$0, $0] }

    pairs = Array(repeating: 0, count: 2 * longCount)
    firstPair = -longCount
    shortPower = Array(repeating: 0, count: 2 * Self.stride(shortCount))
    longPower = Array(repeating: 0, count: 2 * Self.stride(longCount))
    correlation = Array(repeating: 0, count: 2 * Self.lagCount)
    peakHistory = Array(repeating: SIMD8(), count: 2 * Self.historySteps * Self.peakVectors)
  }

  /// The distance of the two legs' power spectra of a transform: half its bins and room to read past them.
  private static func stride(_ count: Int) -> Int { count / 2 + 16 }

  /// Takes the next samples: whole sample frames of interleaved channels.
  public mutating func consume(_ samples: Span<Int16>) {
    let count = samples.count / channels
    let left = legChannels[0]
    let right = legChannels.count > 1 ? legChannels[1] : -1
    let channels = channels
    let kept = pairs.count
    pairs.append(contentsOf: repeatElement(0, count: 2 * count))
    pairs.withUnsafeMutableBufferPointer { pairs in
      samples.withUnsafeBufferPointer { source in
        if channels == 2 && left == 0 && right == 1 {
          for index in 0..<2 * count { pairs[kept + index] = Float(source[index]) }
        } else {
          for index in 0..<count {
            pairs[kept + 2 * index] = Float(source[index * channels + left])
            if right >= 0 { pairs[kept + 2 * index + 1] = Float(source[index * channels + right]) }
          }
        }
      }
    }
    received += count
    extract(until: received - long.count / 2)
  }

  /// Extracts the last frames; a rest of less than a hop is dropped.
  public mutating func finish() {
    pairs.append(contentsOf: repeatElement(0, count: 2 * long.count))
    extract(until: received)
  }

  /// The sample where a frame begins: exact for every rate, also where 10 ms is no whole number of samples.
  private func start(of frame: Int) -> Int { frame * sampleRate / 100 }

  /// Extracts every frame whose last sample lies before `limit`.
  private mutating func extract(until limit: Int) {
    while start(of: nextFrame + 1) <= limit {
      let from = start(of: nextFrame)
      let to = start(of: nextFrame + 1)
      var features = (FrameFeatures(), FrameFeatures())
      measureHop(from: from, to: to, &features)
      measureBands(around: (from + to) / 2, &features)
      track.legs[0].frames.append(features.0)
      if track.legs.count > 1 { track.legs[1].frames.append(features.1) }
      // A step's window stands between its two frames.
      if nextFrame % 2 == 1 { measureStep(around: from) }
      nextFrame += 1
    }
    // What lies before the next window is not needed again.
    let needed = start(of: nextFrame) - long.count / 2 - 1
    let surplus = needed - firstPair
    if surplus > 8192 {
      pairs.removeFirst(2 * surplus)
      firstPair += surplus
    }
  }

  /// Level, change, clipping and the parts' magnitudes of one hop.
  private mutating func measureHop(
    from start: Int, to end: Int, _ features: inout (FrameFeatures, FrameFeatures)
  ) {
    let count = end - start
    let base = 2 * (start - firstPair)
    let ceiling = ceiling
    let last = previous
    var highest = SIMD2<Float>()
    let (energy, changes) = pairs.withUnsafeBufferPointer { pairs in
      let raw = UnsafeRawPointer(pairs.baseAddress!)
      func pair(_ index: Int) -> SIMD2<Float> {
        raw.loadUnaligned(fromByteOffset: (base + 2 * index) * 4, as: SIMD2<Float>.self)
      }
      func four(_ index: Int) -> SIMD8<Float> {
        raw.loadUnaligned(fromByteOffset: (base + 2 * index) * 4, as: SIMD8<Float>.self)
      }
      var energy = SIMD8<Float>()
      var changes = SIMD8<Int32>()
      for part in 0..<FrameFeatures.partCount {
        let from = count * part / FrameFeatures.partCount
        let to = count * (part + 1) / FrameFeatures.partCount
        var sum = SIMD8<Float>()
        var peak = SIMD8<Float>()
        var index = from
        while index + 4 <= to {
          let now = four(index)
          let before =
            index == 0
            ? SIMD8(
              lowHalf: SIMD4(lowHalf: last, highHalf: pair(0)),
              highHalf: SIMD4(lowHalf: pair(1), highHalf: pair(2))) : four(index - 1)
          let magnitude = now.replacing(with: -now, where: now .< 0)
          energy += now * now
          sum += magnitude
          peak = peak.replacing(with: magnitude, where: magnitude .> peak)
          changes &-= unsafeBitCast(now .!= before, to: SIMD8<Int32>.self)
          index += 4
        }
        var rest = Self.byLeg(sum)
        var top = Self.maximumByLeg(peak)
        while index < to {
          let now = pair(index)
          let before = index == 0 ? last : pair(index - 1)
          let magnitude = now.replacing(with: -now, where: now .< 0)
          let squares = now * now
          energy += SIMD8(squares[0], squares[1], 0, 0, 0, 0, 0, 0)
          rest += magnitude
          top = top.replacing(with: magnitude, where: magnitude .> top)
          if now[0] != before[0] { changes[0] += 1 }
          if now[1] != before[1] { changes[1] += 1 }
          index += 1
        }
        highest = highest.replacing(with: top, where: top .> highest)
        let means = rest * (2 / Float(max(1, to - from)))
        features.0.peaks[part] = UInt16(top[0])
        features.1.peaks[part] = UInt16(top[1])
        features.0.magnitudes[part] = UInt16(min(65535, means[0].rounded()))
        features.1.magnitudes[part] = UInt16(min(65535, means[1].rounded()))
      }
      return (Self.byLeg(energy), changes)
    }
    let power = energy / (Float(count) * 32768 * 32768)
    features.0.power = power[0]
    features.1.power = power[1]
    let changed = SIMD2(
      changes[0] + changes[2] + changes[4] + changes[6], changes[1] + changes[3] + changes[5] + changes[7])
    features.0.change = UInt8(255 * Int(changed[0]) / max(1, count))
    features.1.change = UInt8(255 * Int(changed[1]) / max(1, count))
    if count > 0 { previous = SIMD2(pairs[base + 2 * count - 2], pairs[base + 2 * count - 1]) }
    if highest[0] >= ceiling || clipRun[0] > 0 {
      features.0.clippedRuns = countClipped(leg: 0, base: base, count: count)
    }
    if highest[1] >= ceiling || clipRun[1] > 0 {
      features.1.clippedRuns = countClipped(leg: 1, base: base, count: count)
    }
  }

  /// The runs of three samples or more at the ceiling that become so in this hop.
  private mutating func countClipped(leg: Int, base: Int, count: Int) -> UInt8 {
    var runs = 0
    var run = clipRun[leg]
    for index in 0..<count {
      run = abs(pairs[base + 2 * index + leg]) >= ceiling ? run + 1 : 0
      if run == 3 { runs += 1 }
    }
    clipRun[leg] = run
    return UInt8(clamping: runs)
  }

  /// The sums over the even and the odd lanes: those of the legs.
  @inline(__always)
  private static func byLeg(_ lanes: SIMD8<Float>) -> SIMD2<Float> {
    let four = lanes.lowHalf + lanes.highHalf
    return four.lowHalf + four.highHalf
  }

  @inline(__always)
  private static func maximumByLeg(_ lanes: SIMD8<Float>) -> SIMD2<Float> {
    let four = lanes.lowHalf.replacing(with: lanes.highHalf, where: lanes.highHalf .> lanes.lowHalf)
    return four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .> four.lowHalf)
  }

  /// The windowed samples around a centre, as the input of a transform.
  private func window(_ window: [Float], around centre: Int, into input: UnsafeMutablePointer<Float>) {
    let base = 2 * (centre - window.count / 4 - firstPair)
    pairs.withUnsafeBufferPointer { pairs in
      window.withUnsafeBufferPointer { window in
        let samples = pairs.baseAddress! + base
        for index in 0..<window.count { input[index] = window[index] * samples[index] }
      }
    }
  }

  /// Four times the power spectra of both legs from the spectrum of their complex sum, unpacked from the
  /// amplitudes, for at least the bins in `bins`.
  private static func unpack(
    _ spectrum: UnsafeMutablePointer<Float>, count: Int, bins: Range<Int>, into power: inout [Float]
  ) {
    let raw = UnsafeRawPointer(spectrum)
    let stride = stride(count)
    power.withUnsafeMutableBufferPointer { power in
      let target = UnsafeMutableRawPointer(power.baseAddress!)
      var bin = bins.lowerBound
      while bin < bins.upperBound {
        let here = raw.loadUnaligned(fromByteOffset: 8 * bin, as: SIMD8<Float>.self)
        let there = raw.loadUnaligned(fromByteOffset: 8 * (count - bin - 3), as: SIMD8<Float>.self)
        let real = here.evenHalf
        let imaginary = here.oddHalf
        let mirrorReal = reversed(there.evenHalf)
        let mirrorImaginary = reversed(there.oddHalf)
        let aReal = real + mirrorReal
        let aImaginary = imaginary - mirrorImaginary
        let bReal = imaginary + mirrorImaginary
        let bImaginary = real - mirrorReal
        target.storeBytes(
          of: aReal * aReal + aImaginary * aImaginary, toByteOffset: 4 * bin, as: SIMD4<Float>.self)
        target.storeBytes(
          of: bReal * bReal + bImaginary * bImaginary, toByteOffset: 4 * (stride + bin), as: SIMD4<Float>.self
        )
        bin += 4
      }
    }
  }

  @inline(__always)
  private static func reversed(_ lanes: SIMD4<Float>) -> SIMD4<Float> {
    SIMD4(lanes[3], lanes[2], lanes[1], lanes[0])
  }

  /// The band powers of both legs from one complex transform.
  private mutating func measureBands(around centre: Int, _ features: inout (FrameFeatures, FrameFeatures)) {
    window(shortWindow, around: centre, into: short.input)
    short.execute()
    let first = bandEdges[0]
    let last = bandEdges[FrameFeatures.bandCount]
    Self.unpack(short.output, count: short.count, bins: first..<last, into: &shortPower)
    let stride = Self.stride(short.count)
    let scale = shortScale
    shortPower.withUnsafeBufferPointer { power in
      bandEdges.withUnsafeBufferPointer { edges in
        for band in 0..<FrameFeatures.bandCount {
          var a: Float = 0
          var b: Float = 0
          for bin in edges[band]..<max(edges[band] + 1, edges[band + 1]) {
            a += power[bin]
            b += power[stride + bin]
          }
          features.0.bands[band] = a * scale
          features.1.bands[band] = b * scale
        }
      }
    }
  }

  /// Lines, peaks and autocorrelation of both legs from the long window.
  private mutating func measureStep(around centre: Int) {
    var features = (StepFeatures(), StepFeatures())
    let sounds = SIMD2(powerOfStep(leg: 0), powerOfStep(leg: 1))
    if sounds.max() > 2 * Self.voiceFloor {
      window(longWindow, around: centre, into: long.input)
      long.execute()
      let first = max(4, min(lagBins.lowerBound, lineBins.lowerBound - 8))
      let last = min(max(lagBins.upperBound, lineBins.upperBound + 8), long.count / 2)
      Self.unpack(long.output, count: long.count, bins: first..<last, into: &longPower)
      measureCorrelation(&features)
    }
    if sounds[0] > 2 * Self.lineFloor {
      measureLines(leg: 0, &features.0)
    } else {
      forgetPeaks(leg: 0)
    }
    track.legs[0].steps.append(features.0)
    guard track.legs.count > 1 else { return }
    if sounds[1] > 2 * Self.lineFloor {
      measureLines(leg: 1, &features.1)
    } else {
      forgetPeaks(leg: 1)
    }
    track.legs[1].steps.append(features.1)
  }

  /// The summed powers of a leg's last two frames; 0 for a leg that is not there.
  private func powerOfStep(leg: Int) -> Float {
    guard leg < track.legs.count else { return 0 }
    let count = track.legs[leg].frames.count
    return track.legs[leg].frames[count - 1].power + track.legs[leg].frames[count - 2].power
  }

  /// A leg without lines has no peaks in this step.
  private mutating func forgetPeaks(leg: Int) {
    let slot = peakSlot(leg: leg, before: 0)
    for vector in slot..<slot + Self.peakVectors { peakHistory[vector] = SIMD8() }
  }

  /// The maximum of the normalised autocorrelation, by the inverse transform of the power spectrum; both legs
  /// in one transform, since the autocorrelation of a real signal is real.
  private mutating func measureCorrelation(_ features: inout (StepFeatures, StepFeatures)) {
    let input = lags.input
    let bins = lagBins
    let stride = Self.stride(long.count)
    longPower.withUnsafeBufferPointer { power in
      for bin in bins {
        let a = power[bin]
        let b = power[stride + bin]
        let mirror = Self.lagCount - bin
        input[2 * bin] = a
        input[2 * bin + 1] = b
        input[2 * mirror] = a
        input[2 * mirror + 1] = b
      }
    }
    lags.execute()
    let output = lags.output
    let zero = SIMD2(output[0], output[1])
    let range = lagRange
    // Where the weighted correlation has a maximum, its value; elsewhere, on the shoulders of others, 0.
    let best: SIMD2<Float> = correlation.withUnsafeMutableBufferPointer { maxima in
      lagWeights.withUnsafeBufferPointer { weights in
        for index in 2 * range.lowerBound - 8..<2 * range.upperBound + 8 { output[index] *= weights[index] }
        let raw = UnsafeRawPointer(output)
        let target = UnsafeMutableRawPointer(maxima.baseAddress!)
        var best = SIMD8<Float>()
        var lag = range.lowerBound
        while lag < range.upperBound {
          let value = raw.loadUnaligned(fromByteOffset: 8 * lag, as: SIMD8<Float>.self)
          let before = raw.loadUnaligned(fromByteOffset: 8 * (lag - 1), as: SIMD8<Float>.self)
          let after = raw.loadUnaligned(fromByteOffset: 8 * (lag + 1), as: SIMD8<Float>.self)
          let maximum = value.replacing(with: 0, where: (value .< before) .| (value .< after))
          target.storeBytes(of: maximum, toByteOffset: 8 * lag, as: SIMD8<Float>.self)
          best = best.replacing(with: maximum, where: maximum .> best)
          lag += 4
        }
        return Self.maximumByLeg(best)
      }
    }
    for leg in 0..<track.legs.count where zero[leg] > 0 && best[leg] > 0 {
      // The first lag that is nearly as good: at its multiples the correlation is as high again.
      let enough = Self.nearlyBest * best[leg]
      var lag = range.lowerBound
      while lag < range.upperBound - 1 && correlation[2 * lag + leg] < enough { lag += 1 }
      let voicing = min(1, best[leg] / zero[leg])
      let pitch = longBinWidth * Float(Self.lagCount) / Float(lag)
      if leg == 0 {
        features.0.voicing = voicing
        features.0.pitch = pitch
      } else {
        features.1.voicing = voicing
        features.1.pitch = pitch
      }
    }
  }

  /// The two strongest lines and the persistence of the peaks of one leg.
  private mutating func measureLines(leg: Int, _ features: inout StepFeatures) {
    let offset = leg * Self.stride(long.count)
    let bins = lineBins
    let width = longBinWidth
    // Peaks far below the strongest are noise, which stands still nowhere.
    let highest: Float = longPower.withUnsafeBufferPointer { all in
      let power = UnsafeBufferPointer(rebasing: all[offset..<offset + long.count / 2 + 8])
      let (total, highest) = Self.sumAndMaximum(power, bins)
      guard total > 0 else { return 0 }
      let strongest = Self.first(power, bins, of: highest)
      let first = Self.line(power, strongest - 4...strongest + 4, except: nil)
      let below = bins.lowerBound..<max(bins.lowerBound, strongest - 4)
      let above = min(bins.upperBound, strongest + 5)..<bins.upperBound
      let (_, nextBelow) = Self.sumAndMaximum(power, below)
      let (_, nextAbove) = Self.sumAndMaximum(power, above)
      let next =
        nextBelow >= nextAbove
        ? Self.first(power, below, of: nextBelow) : Self.first(power, above, of: nextAbove)
      // Bins that the first line took do not count twice.
      let second = Self.line(power, next - 3...next + 3, except: strongest - 4...strongest + 4)
      features.lineShare = min(1, (first.power + second.power) / total)
      features.firstLine = first.centroid * width
      features.secondLine = second.centroid * width
      features.lineRatio = first.power > 0 ? min(1, second.power / first.power) : 0
      return highest
    }
    if highest > 0 { countPeaks(leg: leg, above: highest * Self.peakRange, &features) }
  }

  private static func sumAndMaximum(
    _ power: UnsafeBufferPointer<Float>, _ bins: Range<Int>
  ) -> (sum: Float, maximum: Float) {
    guard !bins.isEmpty else { return (0, 0) }
    let raw = UnsafeRawPointer(power.baseAddress!)
    var sums = SIMD8<Float>()
    var maxima = SIMD8<Float>()
    var bin = bins.lowerBound
    while bin + 8 <= bins.upperBound {
      let values = raw.loadUnaligned(fromByteOffset: 4 * bin, as: SIMD8<Float>.self)
      sums += values
      maxima = maxima.replacing(with: values, where: values .> maxima)
      bin += 8
    }
    var sum = sums.sum()
    var maximum = maxima.max()
    while bin < bins.upperBound {
      sum += power[bin]
      maximum = max(maximum, power[bin])
      bin += 1
    }
    return (sum, maximum)
  }

  /// The first bin with this value, or the first bin of all.
  private static func first(_ power: UnsafeBufferPointer<Float>, _ bins: Range<Int>, of value: Float) -> Int {
    var bin = bins.lowerBound
    while bin < bins.upperBound && power[bin] != value { bin += 1 }
    return bin < bins.upperBound ? bin : bins.lowerBound
  }

  /// The power and the centroid, in bins, of the bins around a maximum.
  @inline(__always)
  private static func line(
    _ power: UnsafeBufferPointer<Float>, _ bins: ClosedRange<Int>, except: ClosedRange<Int>?
  ) -> (power: Float, centroid: Float) {
    var sum: Float = 0
    var moment: Float = 0
    for bin in bins where bin >= 0 && except?.contains(bin) != true {
      sum += power[bin]
      moment += power[bin] * Float(bin)
    }
    return (sum, sum > 0 ? moment / sum : 0)
  }

  /// Counts the local maxima of a leg above `weakest`, and those of them that stood in the same bins 60, 120 and
  /// 180 ms before.
  private mutating func countPeaks(leg: Int, above weakest: Float, _ features: inout StepFeatures) {
    let offset = leg * Self.stride(long.count)
    let bins = lineBins
    let now = peakSlot(leg: leg, before: 0)
    let slots = (peakSlot(leg: leg, before: 3), peakSlot(leg: leg, before: 6), peakSlot(leg: leg, before: 9))
    var peaks = SIMD8<Int32>()
    var steady = SIMD8<Int32>()
    longPower.withUnsafeBufferPointer { power in
      peakHistory.withUnsafeMutableBufferPointer { history in
        let raw = UnsafeRawPointer(power.baseAddress! + offset)
        for vector in 0..<(bins.count + 7) / 8 {
          let at = 4 * (bins.lowerBound + 8 * vector)
          let values = raw.loadUnaligned(fromByteOffset: at, as: SIMD8<Float>.self)
          let before = raw.loadUnaligned(fromByteOffset: at - 4, as: SIMD8<Float>.self)
          let after = raw.loadUnaligned(fromByteOffset: at + 4, as: SIMD8<Float>.self)
          // All bits are set in the lanes where it holds.
          let mask = unsafeBitCast(
            (values .> weakest) .& (values .> before) .& (values .>= after), to: SIMD8<Int32>.self)
          history[now + vector] = mask
          peaks &-= mask
          steady &-= mask & history[slots.0 + vector] & history[slots.1 + vector] & history[slots.2 + vector]
        }
      }
    }
    features.peakCount = UInt8(clamping: peaks.wrappedSum())
    features.steadyPeakCount = UInt8(clamping: steady.wrappedSum())
  }

  /// Where the peaks of a leg's step stand in `peakHistory`, so many steps before the one being measured.
  private func peakSlot(leg: Int, before: Int) -> Int {
    let step = track.legs[leg].steps.count + track.firstFrame / 2
    return (leg * Self.historySteps + (step + Self.historySteps - before) % Self.historySteps)
      * Self.peakVectors
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
