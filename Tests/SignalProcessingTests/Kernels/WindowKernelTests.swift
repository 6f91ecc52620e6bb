import CVectors.Clones
import TestSupport
import Testing

struct WindowKernelTests {
  /// The legs' samples lie in turn; windows of either leg share a transform.
  @Test(arguments: [8, 256, 270], [0, 1]) func windowsShareATransform(_ count: Int, _ secondLeg: Int) {
    let pairs = (0..<2 * count + 64).map { Int16($0 * 7919 % 65536 - 32768) }
    let weights = (0..<2 * count + 16).map { Float($0 / 2) / 100 }
    let start = 20 + secondLeg
    let found = agreed(clones(weigh_windows_baseline, weigh_windows_wide, weighWindows)) { weigh in
      var both = [Float](repeating: 0, count: 2 * count + 16)
      pairs.withUnsafeBufferPointer {
        #expect(weigh($0.baseAddress!, $0.baseAddress! + start, weights, &both, count))
      }
      return both
    }
    for index in 0..<count {
      #expect(found[2 * index] == Float(pairs[2 * index]) * weights[2 * index])
      #expect(found[2 * index + 1] == Float(pairs[start + 2 * index]) * weights[2 * index])
    }
  }

  @Test(arguments: [nil, 0, 9, 15]) func soundIsAnySampleOfEither(_ place: Int?) {
    for isSecond in [false, true] {
      // What lies between the samples of a window is the other leg's.
      var windows = [[Int16]](repeating: (0..<32).map { Int16($0 % 2) }, count: 2)
      if let place { windows[isSecond ? 1 : 0][2 * place] = 1 }
      let weights = [Float](repeating: 0, count: 32)
      var both = [Float](repeating: 0, count: 32)
      for weigh in clones(weigh_windows_baseline, weigh_windows_wide, weighWindows) {
        #expect(weigh(windows[0], windows[1], weights, &both, 16) == (place != nil))
      }
    }
  }

  @Test func powersAreThoseOfTheFormula() {
    let count = 256
    let spectrum = Signal.noise(rms: 1, seconds: 0.1, seed: 2).map { Float($0) }
    let bins = 4..<33
    let found = agreed(clones(unpack_powers_baseline, unpack_powers_wide, unpackPowers)) { unpack in
      var powers = ([Float](repeating: 0, count: 40), [Float](repeating: 0, count: 40))
      unpack(spectrum, count, bins.lowerBound, bins.upperBound, &powers.0, &powers.1)
      return Array(powers.0[bins] + powers.1[bins])
    }
    let plain = bins.map { Plain.pairPower(spectrum, count: count, bin: $0) }
    expectEqual(found, plain.map(\.0) + plain.map(\.1))
  }
}
