import CVectors.Clones
import SignalProcessing
import TestSupport
import Testing

struct SumKernelTests {
  @Test(arguments: [0, 1, 15, 16, 17, 100, 1600]) func sumsAreThoseOfAPlainLoop(_ count: Int) {
    let samples = Signal.noise(rms: 0.3, seconds: 0.2, seed: 3).prefix(count).map { Int16($0 * 32767) }
    let found = agreed(clones(sum_places_baseline, sum_places_wide, sumPlaces)) { sum in
      var sums = [Int64](repeating: 7, count: 16)
      sum(samples, count, &sums)
      return sums
    }
    var plain = [Int64](repeating: 7, count: 16)
    for (index, sample) in samples.enumerated() { plain[index % 16] += Int64(sample) }
    #expect(found == plain)
  }

  /// More samples of the largest magnitude than 32 bits hold.
  @Test func loudSumsDoNotOverflow() {
    let samples = [Int16](repeating: .min, count: 16 * 70_000)
    let sums = samples.withUnsafeBufferPointer { channelSums($0, channels: 2) }
    #expect(sums == [-32768 * 8 * 70_000, -32768 * 8 * 70_000])
  }

  @Test(arguments: 1...16) func eachChannelHasItsSum(_ channels: Int) {
    let samples = (0..<100 * channels).map { Int16(1 + $0 % channels) }
    let sums = samples.withUnsafeBufferPointer { channelSums($0, channels: channels) }
    #expect(sums == (1...channels).map { 100 * $0 })
  }
}
