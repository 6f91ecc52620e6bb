import Testing

@testable import CallAnalysis

@Suite struct ByLegTests {
  @Test func valuesAreThoseOfTheirLegs() {
    var values = ByLeg { (leg: Leg) in leg == .first ? 1 : 2 }
    #expect(values == ByLeg(first: 1, second: 2))
    #expect(Leg.allCases.map { values[$0] } == values.both)
    values[.second] = 3
    #expect(values.both == [1, 3])
    #expect(values.swapped == ByLeg { values[$0.other] })
    #expect(values.map { $0 * 2 }.both == [2, 6])
  }

  @Test func errorsComeThrough() {
    struct Refusal: Error, Equatable {}
    let values = ByLeg(first: 1, second: 2)
    #expect(throws: Refusal()) { try values.map { _ throws(Refusal) -> Int in throw Refusal() } }
  }
}
