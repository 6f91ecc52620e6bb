import CVectors.Clones
import TestSupport
import Testing

struct HopKernelTests {
  @Test(arguments: [1, 3, 40, 80, 81, 110, 160, 441]) func aHopIsThatOfPlainLoops(_ count: Int) {
    var samples = Signal.noise(rms: 0.2, seconds: 0.1, seed: 3).map { Float(Int($0 * 32768)) }
    samples[17] = samples[16]
    samples[30] = -32768
    let plain = Plain.hop(Array(samples[0...count]))
    let found = agreed(clones(measure_hop_baseline, measure_hop_wide, measureHop)) { measure in
      var hop = HopMeasures()
      samples.withUnsafeBufferPointer { measure($0.baseAddress! + 1, count, &hop) }
      let parts = [hop.peaks, hop.magnitudes].map { parts in
        (0..<4).map { Float(parts >> (16 * $0) & 0xFFFF) }
      }
      return [hop.power, Float(hop.change), hop.peak] + parts[0] + parts[1]
    }
    #expect(abs(found[0] - plain.power) <= 1e-5 * plain.power)
    #expect(found[1] == Float(plain.change))
    #expect(found[2] == plain.peaks.max())
    #expect(Array(found[3..<7]) == plain.peaks)
    if count >= 4 { #expect(Array(found[7..<11]) == plain.magnitudes) }
  }
}
