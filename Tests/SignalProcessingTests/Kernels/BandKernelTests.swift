import CVectors.Clones
import TestSupport
import Testing

/// The correlation of bands is compared in `LegTests`, with logarithms as they should be.
struct BandKernelTests {
  private let power = Signal.noise(rms: 1, seconds: 0.1, seed: 1).map { Float($0 * $0) }

  @Test func bandsHoldThePowersOfTheirBins() {
    let count = 256
    let spectrum = Signal.noise(rms: 1, seconds: 0.1, seed: 2).map { Float($0) }
    let edges = [4, 5, 7, 12, 12, 20, 33]
    let found = agreed(clones(sum_bands_baseline, sum_bands_wide, sumBands)) { sum in
      var bands = ([Float](repeating: 0, count: 6), [Float](repeating: 0, count: 6))
      var powers = [Float](repeating: 0, count: count + 16)
      sum(spectrum, count, edges, 6, 2, &powers, &bands.0, &bands.1)
      return bands.0 + bands.1
    }
    let plain = (0..<6).map { band in
      let bins = edges[band]..<max(edges[band] + 1, edges[band + 1])
      return bins.map { Plain.pairPower(spectrum, count: count, bin: $0) }
    }
    expectEqual(
      found, plain.map { 2 * $0.reduce(0) { $0 + $1.0 } } + plain.map { 2 * $0.reduce(0) { $0 + $1.1 } })
  }

  @Test func correlationsAreSummedInAllClones() {
    let places = [0, 3, 4, 9]
    let found = agreed(clones(correlate_bands_baseline, correlate_bands_wide, correlateBands)) { correlate in
      var sums = [Float](repeating: 1, count: 120)
      correlate(power, power, 26, places, places.count, 5, &sums)
      return sums
    }
    // Straight between powers of two, at most 0.09 from the logarithm.
    var plain: Float = 1
    for place in places { plain += Float(Int((power[26 * place] + 1e-10).exponent)) + 17 }
    #expect(found[0] >= plain && found[0] < plain + Float(places.count))
  }
}
