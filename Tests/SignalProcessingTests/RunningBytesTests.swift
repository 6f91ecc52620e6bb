import SignalProcessing
import Testing

@Suite struct RunningBytesTests {
  private static let bytes = (0..<90).map { UInt8(truncatingIfNeeded: $0 * 89 + $0 * $0) }
  private static let windows = [
    0...0, -2...2, -7...7, -30...30, -12...0, 0...12, -9...(-3), 3...9, -200...200,
  ]

  /// The values of the frames in a window around one.
  private static func window(_ window: ClosedRange<Int>, at frame: Int, of count: Int) -> [UInt8] {
    window.map { frame + $0 }.filter { (0..<count).contains($0) }.map { bytes[$0] }
  }

  @Test(arguments: windows, [1, 5, 32, 90]) func windowsAreThoseOfPlainLoops(
    _ window: ClosedRange<Int>, _ count: Int
  ) {
    let running = RunningBytes(Array(Self.bytes[..<count]))
    let parts = (0..<count).map { Self.window(window, at: $0, of: count) }
    #expect(running.maximum(in: window) == parts.map { $0.max() ?? 0 })
    let means = parts.map { part in
      part.isEmpty ? 0 : Double(part.reduce(0) { $0 + Int($1) }) / Double(part.count)
    }
    for (found, mean) in zip(running.mean(in: window), means) {
      // Cut to a whole number from a product in single precision.
      #expect(abs(Double(found) - (mean - 0.5)) <= 0.501)
    }
  }

  @Test func meansOfChosenFramesLeaveOutTheOthers() {
    let isChosen = (0..<90).map { $0 % 7 < 2 }
    let found = RunningBytes(Self.bytes).mean(in: -3...1, where: isChosen)
    for frame in 0..<90 {
      let part = (max(0, frame - 3)...min(89, frame + 1)).filter { isChosen[$0] }.map { Int(Self.bytes[$0]) }
      #expect(Int(found[frame]) == (part.isEmpty ? 0 : part.reduce(0, +) / part.count))
    }
  }

  @Test func spreadsAreThoseOfPlainLoops() {
    let found = RunningBytes(Self.bytes).spread(in: -10...10, times: 2)
    for frame in 0..<90 {
      let part = Self.window(-10...10, at: frame, of: 90).map(Double.init)
      let mean = part.reduce(0, +) / Double(part.count)
      let variance = part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(part.count)
      #expect(abs(Double(found[frame]) - (min(255, 2 * variance.squareRoot()) - 0.5)) < 0.51)
    }
  }

  @Test func valuesAreMaskedByLimitsAndRuns() {
    let running = RunningBytes(Self.bytes)
    let taken = (0..<90).map { $0 % 3 > 0 }
    #expect(running.isAbove(100) == Self.bytes.map { $0 > 100 })
    #expect(running.isAbove(100, where: taken) == zip(Self.bytes, taken).map { $0 > 100 && $1 })
    let runs = [0..<4, 4..<5, 30..<60]
    let expected = (0..<90).map { frame in runs.contains { $0.contains(frame) } ? Self.bytes[frame] : 0 }
    #expect(running.within(runs).bytes == expected)
  }
}
