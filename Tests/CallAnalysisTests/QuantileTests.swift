import Testing

@testable import CallAnalysis

@Suite struct QuantileTests {
  /// Few levels are exact, many are counted in steps.
  @Test(arguments: [1, 7, 256, 257, 5000]) func quantilesOfLevelsAreThoseOfSortedOnes(_ count: Int) throws {
    let levels = (0..<2 * count).map { Float($0 * 7919 % 1009) / 10 - 90 }
    let taken = levels.indices.map { $0 % 2 == 0 }
    let sorted = levels.taken(by: taken).sorted()
    #expect(sorted.count == count)
    let found = Levels(levels, where: taken)
    #expect(found.count == count)
    for q in [0, 0.2, 0.5, 0.95, 1] {
      let expected = sorted[min(count - 1, Int(q * Double(count)))]
      #expect(abs(try #require(found.quantile(q)) - expected) <= (count > 256 ? 0.011 : 0))
      #expect(sorted.decibelQuantile(q) == found.quantile(q))
      #expect(sorted.quantile(q) == expected)
    }
    #expect(Levels([]).quantile(0.5) == nil)
  }
}
