import CVectors.Clones
import Foundation
import SignalProcessing
import TestSupport
import Testing

struct LevelKernelTests {
  private let power = Signal.noise(rms: 1, seconds: 0.1, seed: 1).map { Float($0 * $0) }

  @Test(arguments: [1, 7, 8, 9, 100]) func levelsAreThoseOfTheLogarithm(_ count: Int) {
    let powers = (0..<count).map { Float(pow(10, Double($0) / 4 - 21.3)) }
    let found = agreed(clones(to_decibels_baseline, to_decibels_wide, convertToDecibels)) { convert in
      var levels = [Float](repeating: 0, count: count)
      convert(powers, &levels, count, 2)
      return levels
    }
    for (level, power) in zip(found, powers) {
      #expect(abs(level - 2 * (power > 1e-20 ? 10 * log10(power) : -200)) < 1e-4)
    }
  }

  @Test func noPowerHasTheLowestLevel() {
    var levels: [Float] = [0, 1]
    toDecibels(&levels)
    #expect(levels == [-200, 0])
  }

  @Test(arguments: [false, true]) func bandsOverNoiseAreThoseOfPlainLoops(_ isLeaking: Bool) {
    let (count, stride) = (5, 26)
    let (bands, others) = (Array(power[0..<count * stride]), Array(power[100..<100 + count * stride]))
    let (noise, gains) = (Array(power[300..<319]), Array(power[320..<339]))
    let found = agreed(clones(mean_roots_baseline, mean_roots_wide, meanRoots)) { measure in
      var means = [Float](repeating: 0, count: count)
      measure(bands, isLeaking ? others : nil, stride, noise, gains, count, &means)
      return means
    }
    let plain = (0..<count).map { frame in
      let places = frame * stride..<frame * stride + 19
      let leaked = zip(noise, zip(others[places], gains)).map { $0 + (isLeaking ? $1.0 * $1.1 : 0) }
      return Plain.meanRoot(Array(bands[places]), noise: leaked)
    }
    expectEqual(found, plain)
  }
}
