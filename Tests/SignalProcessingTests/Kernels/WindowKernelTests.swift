import CVectors.Clones
import TestSupport
import Testing

struct WindowKernelTests {
  @Test(arguments: [8, 256, 270]) func windowsShareATransform(_ count: Int) {
    let first = (0..<count + 8).map { Float($0 % 7) }
    let second = (0..<count + 8).map { Float($0 % 11) }
    let weights = (0..<count + 8).map { Float($0) / 100 }
    let found = agreed(clones(weigh_windows_baseline, weigh_windows_wide, weighWindows)) { weigh in
      var both = [Float](repeating: 0, count: 2 * count + 16)
      #expect(weigh(first, second, weights, &both, count))
      return both
    }
    for index in 0..<count {
      #expect(found[2 * index] == first[index] * weights[index])
      #expect(found[2 * index + 1] == second[index] * weights[index])
    }
  }

  @Test(arguments: [nil, 0, 9, 15]) func soundIsAnySampleOfEither(_ place: Int?) {
    for isSecond in [false, true] {
      var windows = [[Float](repeating: 0, count: 16), [Float](repeating: 0, count: 16)]
      if let place { windows[isSecond ? 1 : 0][place] = 1 }
      let weights = [Float](repeating: 0, count: 16)
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
