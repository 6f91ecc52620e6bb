import SignalProcessing
import Testing

@Suite struct ValueCountsTests {
  /// From below the lowest step to above the highest.
  private static let values = (0..<200).map { Float($0 * 37 % 200) / 8 - 2.4 }

  @Test(arguments: [0..<200, 3..<4, 7..<31, 5..<5]) func countsAreThoseOfPlainLoops(_ range: Range<Int>) {
    let taken = Self.values.indices.map { $0 % 3 != 1 }
    var counts = ValueCounts(from: 0, steps: 40, perUnit: 2)
    counts.add(Self.values, in: 0..<40)
    counts.add(Self.values, in: range, where: taken)
    counts.add(Self.values, in: 0..<40, times: -1)
    var expected = [Int32](repeating: 0, count: 40)
    for index in range where taken[index] { expected[max(0, min(39, Int(Self.values[index] * 2)))] += 1 }
    #expect(counts.counts == expected)
    #expect(counts.total == range.count { taken[$0] })
  }

  @Test func ranksAreThoseOfSortedValues() {
    var counts = ValueCounts(from: -3, steps: 250, perUnit: 8)
    counts.add(Self.values, in: 0..<200)
    let sorted = Self.values.sorted()
    for rank in 0..<200 { #expect(counts.step(rank: rank) == Int((sorted[rank] + 3) * 8)) }
    #expect(counts.step(rank: 200) == nil)
  }
}
