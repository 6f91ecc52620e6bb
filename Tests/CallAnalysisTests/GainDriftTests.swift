import Testing

@testable import CallAnalysis

struct GainDriftTests {
  /// The drift in each second of three minutes, where every tenth frame has the gain that a formula gives, in dB.
  private func drift(_ gain: (_ second: Double) -> Double) -> [Float] {
    let places = Array(stride(from: 0, to: 18_000, by: 10))
    return GainDrift.bySecond(
      of: places.map { Float(gain(Double($0) / 100)) }, at: places, count: 18_000, minimum: 200)
  }

  @Test func aGainThatStandsHasNone() {
    #expect(drift { _ in -30 } == [])
    // Less than the margin of the leaked power covers.
    #expect(drift { -30 + 2 * ($0 / 180 - 0.5) } == [])
  }

  @Test func aGainThatFallsIsFollowed() {
    let drift = drift { -30 - 20 * $0 / 180 }
    #expect(drift.count == 180)
    #expect(zip(drift, drift.dropFirst()).allSatisfy { $0 >= $1 })
    // Over windows of 30 s it falls by 17 dB, of which 3 do not count on either side.
    #expect(abs((drift[15] - drift[165]) - (150 / 180 * 20 - 6)) < 1.5)
  }
}
