import CVectors.Clones
import TestSupport
import Testing

struct LineKernelTests {
  /// Powers of all sizes, with room behind them.
  private let power =
    Signal.noise(rms: 1, seconds: 0.1, seed: 1).map { Float($0 * $0) } + [Float](repeating: 0, count: 16)

  @Test(arguments: [1, 9, 15, 16, 17, 24, 31, 205]) func theStrongestLineIsThatOfPlainLoops(_ count: Int) {
    let bins = 14..<14 + count
    for reach in [3, 4] {
      let found = agreed(clones(find_line_baseline, find_line_wide, findLine)) { find in
        var line = SpectralLine()
        find(power, bins.lowerBound, bins.upperBound, reach, &line)
        return [line.total, line.highest, line.power, line.centroid, Float(line.bin)]
      }
      for (one, other) in zip(found, Plain.line(power, bins, reach: reach)) {
        #expect(abs(one - other) <= 1e-5 * other)
      }
    }
  }

  @Test func withoutPowerTheFirstBinIsTheLine() {
    var line = SpectralLine()
    findLine([Float](repeating: 0, count: 64), from: 14, to: 40, reach: 4, into: &line)
    #expect((line.bin, line.power, line.centroid) == (14, 0, 0))
  }

  @Test func peaksAreCountedAndStandSteadily() {
    let threshold: Float = 0.5
    let plain = Plain.peaks(power, 16..<16 + 64, above: threshold)
    let found = agreed(clones(count_peaks_baseline, count_peaks_wide, countPeaks)) { count in
      var history = [UInt32](repeating: 0, count: 64)
      return (0..<4).flatMap { _ in
        var (peaks, steady): (UInt32, UInt32) = (0, 0)
        count(power, 16, 8, threshold, &history, 3, 0b1_001_001_001, &peaks, &steady)
        return [peaks, steady]
      }
    }
    let all = UInt32(plain.count)
    #expect(found == [all, 0, all, 0, all, 0, all, all])
    #expect(plain.count > 3)
  }
}
