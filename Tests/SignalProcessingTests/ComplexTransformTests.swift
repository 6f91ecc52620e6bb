import TestSupport
import Testing

@testable import SignalProcessing

struct ComplexTransformTests {
  @Test(arguments: [1, 2, 7, 16, 30, 64, 105, 256, 512]) func agreesWithTheSum(_ count: Int) {
    let input = Signal.noise(rms: 1, seconds: Double(2 * count) / 8000, seed: UInt64(count)).map(Float.init)
    for (direction, sign) in [(ComplexTransform.Direction.forward, -1.0), (.backward, 1.0)] {
      let transform = ComplexTransform(count: count, direction: direction)
      for index in 0..<2 * count { transform.input[index] = input[index] }
      transform.execute()
      let expected = Slow.transform(input, sign: sign)
      for index in 0..<2 * count { #expect(abs(transform.output[index] - expected[index]) < 1e-3) }
    }
  }

  @Test func quickCountsHaveSmallFactors() {
    #expect(
      [255, 256, 257, 353, 511, 2823].map(ComplexTransform.quickCount) == [256, 256, 270, 360, 512, 2880])
  }
}
