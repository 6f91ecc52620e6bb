import CallModel
import Testing

@testable import CallAnalysis

@Suite struct RunsTests {
  @Test func runsAreThoseOfTheMask() {
    let runs = [2..<5, 7..<8, 19..<20]
    #expect([FrameRange](of: runs.mask(count: 20)) == runs)
    #expect([FrameRange](of: [] as [Bool]).isEmpty)
    #expect([-3..<2, 18..<25].mask(count: 20).count { $0 } == 4)
  }

  @Test func gapsBelowTheBridgeAreClosed() {
    #expect([0..<3, 5..<6, 9..<10].bridged(gap: 3) == [0..<6, 9..<10])
    #expect([0..<3, 5..<6].bridged(gap: 2) == [0..<3, 5..<6])
  }

  /// Every pair of masks of five frames, against the masks.
  @Test func unionAndIntersectionAreThoseOfTheMasks() {
    func mask(_ bits: Int) -> [Bool] { (0..<5).map { bits >> $0 & 1 == 1 } }
    for (a, b) in (0..<32).flatMap({ a in (0..<32).map { (a, $0) } }) {
      let (first, second) = ([FrameRange](of: mask(a)), [FrameRange](of: mask(b)))
      #expect(first.union(second) == [FrameRange](of: mask(a | b)))
      #expect(first.intersection(second) == [FrameRange](of: mask(a & b)))
      #expect(first.frameTotal == a.nonzeroBitCount)
    }
  }
}
