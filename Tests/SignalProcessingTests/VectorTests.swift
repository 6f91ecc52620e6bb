import CVectors
@testable import SignalProcessing
import TestSupport
import Testing

/// The loops in vectors against plain ones.
struct VectorTests {
  /// Powers of all sizes, with room behind them.
  private let power =
    Signal.noise(rms: 1, seconds: 0.1, seed: 1).map { Float($0 * $0) } + [Float](repeating: 0, count: 16)

  @Test(arguments: [9, 15, 16, 17, 24, 31, 205]) func theStrongestLineIsThatOfPlainLoops(_ count: Int) throws
  {
    let bins = 14..<14 + count
    for reach in [3, 4] {
      var found = line()
      strongest_line(power, bins.lowerBound, bins.upperBound, reach, &found)
      let highest = try #require(power[bins].max())
      let bin = try #require(power[bins].firstIndex(of: highest))
      let around = bin - reach...bin + reach
      let sum = around.reduce(0) { $0 + power[$1] }
      #expect(abs(found.total - power[bins].reduce(0, +)) < 1e-5 * found.total)
      #expect(found.highest == highest)
      #expect(found.bin == bin)
      #expect(abs(found.power - sum) < 1e-5 * sum)
      #expect(abs(found.centroid - around.reduce(0) { $0 + power[$1] * Float($1) } / sum) < 1e-3)
    }
  }

  @Test(arguments: [40, 80, 81, 110, 160, 441]) func hopsAreThoseOfPlainLoops(_ count: Int) {
    var samples = Signal.noise(rms: 0.2, seconds: 0.1, seed: 3).map { Float(Int($0 * 32768)) }
    samples[17] = samples[16]
    samples[30] = -32768
    var found = hop()
    samples.withUnsafeBufferPointer { measure_hop($0.baseAddress! + 1, count, &found) }
    let inside = samples[1...count]
    let power = inside.reduce(0) { $0 + $1 * $1 } / Float(count) / 32768 / 32768
    #expect(abs(found.power - power) < 1e-5 * power)
    #expect(Int(found.change) == 255 * zip(inside, samples).count { $0 != $1 } / count)
    for part in 0..<4 {
      let magnitudes = (count * part / 4..<count * (part + 1) / 4).map { abs(inside[$0 + 1]) }
      let mean = magnitudes.reduce(0, +) / Float(magnitudes.count)
      #expect(found.peaks >> (16 * part) & 0xFFFF == UInt64(magnitudes.max() ?? 0))
      #expect(found.magnitudes >> (16 * part) & 0xFFFF == UInt64(2 * mean + 0.5))
    }
  }

  @Test(arguments: [1, 7, 8, 9, 100]) func levelsAreThoseOfTheLogarithm(_ count: Int) {
    let powers = (0..<count).map { power10(Double($0) / 4 - 21.3) }.map(Float.init)
    var levels = powers
    toDecibels(&levels, times: 2)
    for (level, power) in zip(levels, powers) { #expect(abs(level - 2 * decibels(power)) < 1e-4) }
    var none: [Float] = [0, 1]
    toDecibels(&none)
    #expect(none == [-200, 0])
  }

  @Test func bandsOverNoiseAreThoseOfPlainLoops() {
    let (count, stride) = (5, 26)
    let (bands, others) = (Array(power[0..<count * stride]), Array(power[100..<100 + count * stride]))
    let (noise, gains) = (Array(power[300..<319]), Array(power[320..<339]))
    for others in [nil, others] {
      var means = [Float](repeating: 0, count: count)
      mean_roots(bands, others, stride, noise, gains, count, &means)
      for frame in 0..<count {
        let roots = (0..<19).map { band in
          let leaked = others.map { gains[band] * $0[frame * stride + band] } ?? 0
          return (bands[frame * stride + band] / (noise[band] + leaked)).squareRoot()
        }
        #expect(abs(means[frame] - roots.reduce(0, +) / 19) < 1e-5 * means[frame])
      }
    }
    var (low, whole): (Float, Float) = (0, 0)
    bands.withUnsafeBufferPointer { band_sums($0.baseAddress!, $0.baseAddress! + stride, &low, &whole) }
    func sum(_ count: Int) -> Float { (0..<count).reduce(0) { $0 + bands[$1] + bands[$1 + stride] } }
    #expect(abs(low - sum(8)) < 1e-5 * low)
    #expect(abs(whole - sum(19)) < 1e-5 * whole)
  }

  /// Four times the cosine transform of every second value from one on, at a lag of `count`.
  private func autocorrelation(_ pairs: [Float], _ slot: Int, lag: Int, count: Int) -> Double {
    var sum = 0.0
    for bin in 1..<count / 2 {
      let angle = 2 * Double.pi * Double(bin * lag) / Double(count)
      sum += 4 * Double(pairs[2 * bin + slot]) * cosine(angle)
    }
    return sum
  }

  @Test(arguments: [false, true]) func fourWindowsShareAnInverseTransform(_ isOdd: Bool) {
    let count = 64
    let transform = ComplexTransform(count: count, direction: .backward)
    // Pairs of power spectra, of which bins 4 to 23 are not 0.
    func pairs(_ first: Int) -> [Float] {
      (0..<2 * count + 16).map { 8..<48 ~= $0 ? power[first + $0] : 0 }
    }
    let (first, second) = (pairs(0), pairs(200))
    join_pairs(first, second, 1, 2, 28, transform.input.base, count)
    transform.execute()
    let wanted = isOdd ? second : first
    let ones = [Float](repeating: 1, count: 2 * count + 16)
    var weighed = ones
    var maxima = ones
    var best: [Float] = [0, 0]
    lag_maxima(transform.output.base, count, isOdd ? 1 : 0, ones, &maxima, &weighed, 8, 24, &best)
    for slot in 0..<2 {
      let expected = (0..<count).map { lag -> Float in
        let sine = cosine(2 * Double.pi * (Double(lag) / Double(count) - 0.25))
        return Float(autocorrelation(wanted, slot, lag: lag, count: count) * (isOdd ? 2 * sine : 1))
      }
      var highest: Float = 0
      for lag in 8..<24 {
        let value = weighed[2 * lag + slot]
        #expect(abs(value - expected[lag]) < 1e-3)
        let isMaximum = value >= weighed[2 * lag + slot - 2] && value >= weighed[2 * lag + slot + 2]
        #expect(maxima[2 * lag + slot] == (isMaximum ? value : 0))
        if isMaximum { highest = max(highest, value) }
      }
      #expect(best[slot] == highest)
      let reached = (8..<24).first { maxima[2 * $0 + slot] >= best[slot] }
      let found = maxima[slot...].withUnsafeBufferPointer {
        first_reaching($0.baseAddress!, 8, 24, best[slot])
      }
      #expect(found == reached)
      var sums: [Float] = [0, 0]
      pair_sums(wanted, 4, 23, &sums)
      let sum = (4..<23).reduce(Float(0)) { $0 + wanted[2 * $1 + slot] }
      #expect(abs(sums[slot] - sum) < 1e-4 * sum)
    }
  }

  @Test func peaksAreCountedAndStandSteadily() {
    let bins = 16..<16 + 64
    let weakest: Float = 0.5
    let expected = bins.filter {
      power[$0] > weakest && power[$0] > power[$0 - 1] && power[$0] >= power[$0 + 1]
    }
    var history = [UInt32](repeating: 0, count: bins.count)
    var peaks: UInt32 = 0
    var steady: UInt32 = 0
    for step in 0..<4 {
      count_peaks(power, bins.lowerBound, 8, weakest, &history, 3, 0b1_001_001_001, &peaks, &steady)
      #expect(peaks == expected.count)
      #expect(steady == (step == 3 ? peaks : 0))
    }
    #expect(expected.count > 3)
  }

  @Test(arguments: [256, 270]) func windowsShareASpectrum(_ count: Int) {
    var first: [Float] = []
    var second: [Float] = []
    for index in 0..<count + 16 {
      first.append(Float(index % 7))
      second.append(Float(index % 11))
    }
    let weights = (0..<count + 16).map { Float($0) / 100 }
    var both = [Float](repeating: 0, count: 2 * count + 16)
    window_two(first, second, weights, &both, count)
    for index in 0..<count {
      #expect(both[2 * index] == first[index] * weights[index])
      #expect(both[2 * index + 1] == second[index] * weights[index])
    }
  }

  @Test func bandsHoldThePowersOfTheirBins() {
    let count = 256
    let spectrum = Signal.noise(rms: 1, seconds: 0.1, seed: 2).map { Float($0) }
    let edges = [4, 5, 7, 12, 12, 20, 33]
    var first = [Float](repeating: 0, count: 6)
    var second = first
    band_powers(spectrum, count, edges, 6, 2, &first, &second)
    var planar = ([Float](repeating: 0, count: 160), [Float](repeating: 0, count: 160))
    var pairs = [Float](repeating: 0, count: 320)
    unpack_powers(spectrum, count, 4, 33, &planar.0, &planar.1, &pairs)
    for band in 0..<6 {
      var sums: (Float, Float) = (0, 0)
      for bin in edges[band]..<max(edges[band] + 1, edges[band + 1]) {
        let (here, there) = (2 * bin, 2 * (count - bin))
        // The even part of the real parts and the odd part of the imaginary ones are the first window's.
        let one = (spectrum[here] + spectrum[there], spectrum[here + 1] - spectrum[there + 1])
        let other = (spectrum[here + 1] + spectrum[there + 1], spectrum[here] - spectrum[there])
        sums.0 += one.0 * one.0 + one.1 * one.1
        sums.1 += other.0 * other.0 + other.1 * other.1
        #expect(pairs[2 * bin] == planar.0[bin])
        #expect(pairs[2 * bin + 1] == planar.1[bin])
        #expect(abs(planar.0[bin] - (one.0 * one.0 + one.1 * one.1)) < 1e-5 * (1 + planar.0[bin]))
      }
      #expect(abs(first[band] - 2 * sums.0) < 1e-4 * first[band])
      #expect(abs(second[band] - 2 * sums.1) < 1e-4 * second[band])
    }
  }

  /// Each window has the bands that FFTW finds, whatever its neighbours are.
  @Test func eightWindowsHaveTheBandsOfEach() {
    let sound = Signal.noise(rms: 0.1, seconds: 0.2, seed: 5).enumerated().map { index, sample in
      Float(sample * 32768 * (index % 160 < 40 ? 0.01 : 1) + 300 * cosine(Double(index) / 3))
    }
    let edges = (0...19).map { 4 + $0 * $0 / 3 }
    var turns: [Float] = []
    for sample in 0..<16 {
      for row in 1...8 {
        let angle = 2 * Double.pi * Double(sample * row) / 256
        turns += [Float(cosine(angle)), Float(cosine(angle - Double.pi / 2))]
      }
    }
    let pair = SpectrumPair(count: 256)
    let stride = 26
    var found = [Float](repeating: 0, count: 8 * stride)
    sound.withUnsafeBufferPointer { sound in
      let windows = (0..<8).map { Optional(sound.baseAddress! + 90 * $0 + 1) }
      var hops = [hop](repeating: hop(), count: 8)
      measure_eight(windows, pair.window.base, turns, edges, 0.5, &found, stride, 80, &hops)
      for window in 0..<8 {
        var one = hop()
        measure_hop(windows[window]! + 88, 80, &one)
        #expect(abs(hops[window].power - one.power) < 1e-5 * one.power)
        #expect(hops[window].change == one.change)
        #expect((hops[window].peaks, hops[window].magnitudes) == (one.peaks, one.magnitudes))
        var (bands, others) = ([Float](repeating: 0, count: 19), [Float](repeating: 0, count: 19))
        pair.transform(windows[window]!, windows[window]!)
        band_powers(pair.spectrum, 256, edges, 19, 0.125, &bands, &others)
        for band in 0..<19 {
          let difference = abs(found[window * stride + band] - bands[band])
          #expect(difference < 1e-5 * bands[band] + 1e-6 * (bands.max() ?? 0))
        }
      }
    }
    for window in 0..<8 {
      #expect(found[window * stride + 19..<(window + 1) * stride].allSatisfy { $0 == 0 })
    }
  }
}
