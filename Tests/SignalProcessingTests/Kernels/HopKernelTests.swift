import CVectors.Clones
import TestSupport
import Testing

struct HopKernelTests {
  @Test(arguments: [1, 3, 40, 80, 81, 110, 160, 441]) func aHopIsThatOfPlainLoops(_ count: Int) {
    var first = Signal.noise(rms: 0.2, seconds: 0.1, seed: 3).map { Int16($0 * 32767) }
    first[17] = first[16]
    first[30] = -32768
    let second = Signal.noise(rms: 0.001, seconds: 0.1, seed: 4).map { Int16($0 * 32767) }
    let pairs = zip(first, second).flatMap { [$0, $1] }
    let found = agreed(clones(measure_hops_baseline, measure_hops_wide, measureHops)) { measure in
      var (one, other) = (HopMeasures(), HopMeasures())
      pairs.withUnsafeBufferPointer { measure($0.baseAddress! + 2, count, &one, &other) }
      return Self.values(one) + Self.values(other)
    }
    for (leg, samples) in [first, second].enumerated() {
      let plain = Plain.hop(samples[0...count].map(Float.init))
      let found = Array(found[11 * leg..<11 * leg + 11])
      #expect(abs(found[0] - plain.power) <= 1e-5 * plain.power)
      #expect(found[1] == Float(plain.change))
      #expect(found[2] == plain.peaks.max())
      #expect(Array(found[3..<7]) == plain.peaks)
      if count >= 4 { #expect(Array(found[7..<11]) == plain.magnitudes) }
    }
  }

  /// The measures in a row, part by part.
  private static func values(_ hop: HopMeasures) -> [Float] {
    let parts = [hop.peaks, hop.magnitudes].flatMap { parts in
      (0..<4).map { Float(parts >> (16 * $0) & 0xFFFF) }
    }
    return [hop.power, Float(hop.change), Float(hop.peak)] + parts
  }
}
