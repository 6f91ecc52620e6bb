import CallModel
import Testing

/// A value for each of two.
struct PairTests {
  private struct Refusal: Error {}

  @Test func eachHasItsValue() {
    var talk = ByParty(agent: 3, customer: 5)
    #expect(talk == ByParty { $0 == .agent ? 3 : 5 })
    #expect(Party.both.map { talk[$0] } == [3, 5] && talk.values == [3, 5])
    #expect(talk.swapped == ByParty { talk[$0.other] })
    #expect(talk.map { "\($0)" }.values == ["3", "5"])
    talk.customer = 7
    talk[.agent] = 1
    #expect(talk.agent == 1 && talk[.customer] == 7)
  }

  @Test func theOtherOfTheOtherIsTheOne() {
    for party in Party.both { #expect(party.other != party && party.other.other == party) }
  }

  @Test func errorsComeThrough() {
    #expect(throws: Refusal.self) {
      try ByParty(agent: 1, customer: 2).map { _ throws(Refusal) -> Int in throw Refusal() }
    }
  }
}

/// Frames against seconds.
struct FramesTests {
  @Test func aFrameIsAHundredthOfASecond() {
    #expect(Frames.seconds(123) == 1.23 && Frames.range(5..<250) == TimeRange(0.05, 2.5))
    #expect(Frames.count(seconds: 1.234) == 123 && Frames.count(seconds: 0.005) == 1)
    #expect(Frames.count(milliseconds: 200) == 20 && Frames.count(milliseconds: 0) == 1)
  }
}
