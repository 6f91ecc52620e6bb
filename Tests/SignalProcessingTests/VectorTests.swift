import CVectors
import TestSupport
import Testing

/// The loops in vectors against plain ones.
struct VectorTests {
  /// Powers of all sizes, with room behind them.
  private let power =
    Signal.noise(rms: 1, seconds: 0.1, seed: 1).map { Float($0 * $0) } + [Float](repeating: 0, count: 16)

  @Test(arguments: [1, 7, 8, 15, 16, 17, 205]) func sumsMaximaAndPlacesAreThoseOfPlainLoops(_ count: Int) {
    let bins = 14..<14 + count
    var maximum: Float = 0
    let sum = sum_and_maximum(power, bins.lowerBound, bins.upperBound, &maximum)
    #expect(abs(sum - power[bins].reduce(0, +)) < 1e-5 * sum)
    #expect(maximum == power[bins].max())
    #expect(first_of(power, bins.lowerBound, bins.upperBound, maximum) == power[bins].firstIndex(of: maximum))
    #expect(first_of(power, bins.lowerBound, bins.upperBound, -1) == bins.upperBound - 1)
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
    let end = unpack_powers(spectrum, count, 4, 33, &planar.0, &planar.1, nil, 512)
    #expect(end >= 33)
    for band in 0..<6 {
      var sums: (Float, Float) = (0, 0)
      for bin in edges[band]..<max(edges[band] + 1, edges[band + 1]) {
        let (here, there) = (2 * bin, 2 * (count - bin))
        // The even part of the real parts and the odd part of the imaginary ones are the first window's.
        let one = (spectrum[here] + spectrum[there], spectrum[here + 1] - spectrum[there + 1])
        let other = (spectrum[here + 1] + spectrum[there + 1], spectrum[here] - spectrum[there])
        sums.0 += one.0 * one.0 + one.1 * one.1
        sums.1 += other.0 * other.0 + other.1 * other.1
        #expect(abs(planar.0[bin] - (one.0 * one.0 + one.1 * one.1)) < 1e-5 * (1 + planar.0[bin]))
      }
      #expect(abs(first[band] - 2 * sums.0) < 1e-4 * first[band])
      #expect(abs(second[band] - 2 * sums.1) < 1e-4 * second[band])
    }
  }
}
