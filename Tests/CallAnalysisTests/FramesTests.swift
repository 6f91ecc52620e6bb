import Testing

@testable import CallAnalysis

@Suite struct FramesTests {
  @Test func runsAreThoseOfTheMask() {
    let runs = [2..<5, 7..<8, 19..<20]
    #expect([FrameRange](of: runs.mask(count: 20)) == runs)
    #expect([FrameRange](of: [] as [Bool]).isEmpty)
    #expect([-3..<2, 18..<25].mask(count: 20).count { $0 } == 4)
  }

  /// Few levels are told exactly, many to a step.
  @Test(arguments: [1, 7, 256, 257, 5000]) func quantilesOfLevelsAreThoseOfSortedOnes(_ count: Int) throws {
    let levels = (0..<2 * count).map { Float($0 * 7919 % 1009) / 10 - 90 }
    let taken = levels.indices.map { $0 % 2 == 0 }
    let sorted = levels.taken(by: taken).sorted()
    #expect(sorted.count == count)
    let found = Levels(levels, where: taken)
    #expect(found.count == count)
    for q in [0, 0.2, 0.5, 0.95, 1] {
      let wanted = sorted[min(count - 1, Int(q * Double(count)))]
      #expect(abs(try #require(found.quantile(q)) - wanted) <= (count > 256 ? 0.011 : 0))
      #expect(sorted.decibelQuantile(q) == found.quantile(q))
      #expect(sorted.quantile(q) == wanted)
    }
    #expect(Levels([]).quantile(0.5) == nil)
  }
}
