import CVectors.Clones
import TestSupport
import Testing

struct SlidingKernelTests {
  private static let counts = [1, 9, 64, 150]
  private static let windows = [0...0, -2...2, -10...10, -30...0, 0...30, -19...(-5), 3...9, -100...100]
  private let bytes = (0..<150).map { UInt8(truncatingIfNeeded: $0 * 89 + $0 * $0) }
  private let isChosen = (0..<150).map { UInt8($0 * $0 % 7 < 3 ? 1 : 0) }

  /// The places in a window around each of `count`.
  private func places(_ window: ClosedRange<Int>, count: Int) -> [[Int]] {
    (0..<count).map { frame in window.map { frame + $0 }.filter { (0..<count).contains($0) } }
  }

  @Test(arguments: windows, counts) func windowsHaveMeans(_ window: ClosedRange<Int>, _ count: Int) {
    let found = agreed(clones(window_means_baseline, window_means_wide, windowMeans)) { mean in
      filled(count) { mean(bytes, count, window.lowerBound, window.upperBound, 1.5, $0) }
    }
    let plain = places(window, count: count).map { places in
      let sum = places.reduce(0) { $0 + Int(bytes[$1]) }
      return places.isEmpty ? 0 : UInt8(min(255, Float(sum) * (1.5 / Float(places.count))))
    }
    #expect(found == plain)
  }

  @Test(arguments: windows, counts) func chosenBytesHaveMeans(_ window: ClosedRange<Int>, _ count: Int) {
    let found = agreed(clones(chosen_means_baseline, chosen_means_wide, chosenMeans)) { mean in
      filled(count) { mean(bytes, isChosen, count, window.lowerBound, window.upperBound, $0) }
    }
    let plain = places(window, count: count).map { places in
      let chosen = places.filter { isChosen[$0] == 1 }
      return chosen.isEmpty ? 0 : UInt8(chosen.reduce(0) { $0 + Int(bytes[$1]) } / chosen.count)
    }
    #expect(found == plain)
  }

  @Test(arguments: [0...0, -2...2, -10...10, -30...0, -100...100], counts)
  func windowsHaveSpreads(_ window: ClosedRange<Int>, _ count: Int) {
    let found = agreed(clones(window_spreads_baseline, window_spreads_wide, windowSpreads)) { spread in
      filled(count) { spread(bytes, count, window.lowerBound, window.upperBound, 3.3, $0) }
    }
    let plain = places(window, count: count).map { places in
      let number = Float(places.count)
      let mean = Float(places.reduce(0) { $0 + Int(bytes[$1]) }) / number
      let square = Float(places.reduce(0) { $0 + Int(bytes[$1]) * Int(bytes[$1]) }) / number
      return UInt8(min(255, max(0, square - mean * mean).squareRoot() * 3.3))
    }
    #expect(found == plain)
  }

  /// As many bytes from a function that writes them, and nothing behind them.
  private func filled(_ count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Void) -> [UInt8] {
    var bytes = [UInt8](repeating: 77, count: count + 32)
    bytes.withUnsafeMutableBufferPointer { fill($0.baseAddress!) }
    #expect(bytes[count...].allSatisfy { $0 == 77 })
    return Array(bytes[..<count])
  }
}
