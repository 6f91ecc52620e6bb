import CVectors.Clones
import TestSupport
import Testing

struct LagKernelTests {
  private let values = Signal.noise(rms: 1, seconds: 0.1, seed: 6).map { Float($0) }

  @Test(arguments: [6..<7, 6..<14, 6..<46, 3..<243]) func spectraAreScaledToASum(_ bins: Range<Int>) {
    let power = values.map { $0 * $0 }
    let sum = power[bins].reduce(0, +)
    let end = bins.lowerBound + (bins.count + 7) / 8 * 8
    let found = agreed(clones(normalise_power_baseline, normalise_power_wide, normalisePower)) { normalise in
      var scaled = [Float](repeating: 9, count: 256)
      let whole = normalise(power, bins.lowerBound, bins.upperBound, 0.5, &scaled)
      return [whole] + scaled
    }
    #expect(abs(found[0] - sum) < 1e-5 * sum)
    expectEqual(
      Array(found.dropFirst()[(bins.lowerBound + 1)..<(bins.upperBound + 1)]),
      bins.map { power[$0] / sum / 2 })
    #expect(found[(bins.upperBound + 1)..<(end + 1)].allSatisfy { $0 == 0 })
    #expect(found[(end + 1)...].allSatisfy { $0 == 9 })
  }

  @Test func aSpectrumWithoutPowerStaysSo() {
    var scaled = [Float](repeating: 9, count: 24)
    #expect(normalisePower([Float](repeating: 0, count: 24), from: 3, to: 12, sum: 1, into: &scaled) == 0)
    #expect(scaled[3..<12].allSatisfy { $0 == 0 })
  }

  @Test func maximaAreThoseOfPlainLoops() {
    let found = agreed(clones(find_lag_maxima_baseline, find_lag_maxima_wide, findLagMaxima)) { find in
      var maxima = [Float](repeating: 0, count: 128)
      var highest: [Float] = [0, 0]
      find(values, 8, 24, &maxima, &highest)
      return maxima + highest
    }
    for slot in 0..<2 {
      let plain = Plain.lagMaxima(values, slot, 8..<24)
      #expect((8..<24).map { found[2 * $0 + slot] } == plain)
      #expect(found[128 + slot] == max(0, plain.max() ?? 0))
    }
  }

  @Test(arguments: [-4, 0.5, 1, 1.5, 9]) func theFirstLagThatReachesIsThatOfPlainLoops(_ minimum: Float) {
    let plain = (9..<20).first { values[2 * $0] >= minimum } ?? 19
    let found = agreed(clones(first_lag_reaching_baseline, first_lag_reaching_wide, firstLag)) {
      [$0(values, 9, 20, minimum)]
    }
    #expect(found == [plain])
  }
}
