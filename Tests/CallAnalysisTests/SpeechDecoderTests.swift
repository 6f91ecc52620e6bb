import CallModel
import Testing

@testable import CallAnalysis

@Suite struct SpeechDecoderTests {
  private static let change: Int32 = 5 * 256

  /// The course with the largest sum of log-odds in speech less the cost of its changes, of all there are.
  private static func best(_ odds: [Int32], isFollowed: Bool) -> [Bool] {
    let courses = (0..<1 << odds.count).map { bits in odds.indices.map { bits >> $0 & 1 == 1 } }
    func gain(_ course: [Bool]) -> Int32 {
      var sum: Int32 = 0
      var was = false
      for (isSpeech, value) in zip(course, odds) {
        if isSpeech { sum += value }
        if isSpeech != was { sum -= change }
        was = isSpeech
      }
      return was && isFollowed ? sum - change : sum
    }
    return courses.max { gain($0) < gain($1) } ?? []
  }

  @Test func theCourseIsTheLikeliestOfAll() {
    var random: UInt64 = 9
    func next(_ range: Int32) -> Int32 {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int32(random >> 40) % (2 * range + 1) - range
    }
    for _ in 0..<60 {
      let odds = (0..<9).map { _ in next(900) }
      for isFollowed in [false, true] {
        let silence = isFollowed ? 3 : 0
        let all = odds + [Int32](repeating: 0, count: silence)
        let mayBe = all.indices.map { $0 < odds.count }
        let found = SpeechDecoder.speech(logOdds: all, shift: 0, where: mayBe).mask(count: all.count)
        #expect(Array(found[..<odds.count]) == Self.best(odds, isFollowed: isFollowed))
      }
    }
  }

  @Test func aShiftMovesTheOddsOfEachFrame() {
    let odds = [Int32](repeating: -100, count: 50)
    let all = [Bool](repeating: true, count: 50)
    #expect(SpeechDecoder.speech(logOdds: odds, shift: 0, where: all).isEmpty)
    #expect(SpeechDecoder.speech(logOdds: odds, shift: 200, where: all) == [0..<50])
    #expect(SpeechDecoder.speech(logOdds: odds, shift: 200, where: all.map { !$0 }).isEmpty)
  }

  @Test func edgesAreTrimmedToWhereSoundRises() {
    let ratio = (0..<40).map { (10..<30).contains($0) ? Float(8) : 1 }
    #expect(SpeechEdges.trimmed(4..<36, ratio: ratio) == 10..<30)
    #expect(SpeechEdges.trimmed(12..<28, ratio: ratio) == 12..<28)
    #expect(SpeechEdges.trimmed(0..<5, ratio: ratio) == 0..<5)
    // Farther in than 150 ms nothing is trimmed.
    #expect(SpeechEdges.trimmed(0..<40, ratio: [Float](repeating: 0, count: 40)) == 0..<40)
  }
}
