import Testing

@testable import CallAnalysis

@Suite struct NoiseCourseTests {
  /// A ratio that varies by half a decibel around each of some levels, 100 frames each.
  private static func ratio(_ levels: [Float]) -> [Float] {
    levels.flatMap { level in (0..<100).map { level + Float($0 % 5) / 10 - 0.2 } }
  }

  private static func rise(_ ratio: [Float], withSteps: Bool) -> NoiseCourse.Rise? {
    let usable = [Bool](repeating: true, count: ratio.count)
    let silent = [Bool](repeating: false, count: ratio.count)
    return NoiseCourse(ratio: ratio, usable: usable, silent: silent).rise(withSteps: withSteps)
  }

  @Test(arguments: [0, 1, 99, 100, 101, 1999, 2000, 2001, 2101, 6050]) func everyLengthHasACourse(
    _ count: Int
  ) {
    let ratio = Array(Self.ratio((0..<61).map { Float($0 % 3) * 9 }).prefix(count))
    for withSteps in [true, false] {
      guard let rise = Self.rise(ratio, withSteps: withSteps) else { continue }
      #expect(rise.noise.count == count && rise.drift.count == count)
      #expect(rise.noise.allSatisfy { $0 >= 0 && $0.isFinite })
    }
  }

  @Test(arguments: [true, false]) func aStepIsNoDrift(_ rises: Bool) throws {
    let quiet = [Float](repeating: 0, count: 30)
    let loud = [Float](repeating: 20, count: 30)
    let found = try #require(Self.rise(Self.ratio(rises ? quiet + loud : loud + quiet), withSteps: true))
    let (low, high) = rises ? (0..<3000, 3000..<6000) : (3000..<6000, 0..<3000)
    #expect(found.noise[low].allSatisfy { $0 < 0.5 })
    #expect(found.noise[high].allSatisfy { abs($0 - 19.5) < 0.5 })
    #expect(found.drift.allSatisfy { $0 < 0.5 })
  }

  @Test func aDriftIsNoStep() throws {
    let found = try #require(Self.rise(Self.ratio((0..<120).map { Float($0) / 10 }), withSteps: true))
    #expect(found.noise == found.drift)
    #expect(try #require(found.noise.last) > 8)
  }

  @Test func noiseThatStandsHasNoCourse() {
    #expect(Self.rise(Self.ratio([Float](repeating: 0, count: 60)), withSteps: true) == nil)
  }
}
