import CallModel
import Testing

@testable import CallAnalysis

/// Frames are hundredths of a second.
struct TurnsTests {
  private func turns(agent: [Range<Int>], customer: [Range<Int>]) -> Turns {
    Turns(talkspurts: [.agent: agent, .customer: customer], settings: TurnSettings())
  }

  @Test func smoothTurnTakingHasNoEvents() {
    let turns = turns(agent: [0..<300, 700..<900], customer: [320..<680])
    #expect(turns.events.isEmpty)
    #expect(turns.turns.map(\.party) == [.agent, .customer, .agent])
    #expect(turns.latencies[.customer] == [0.2])
    #expect(turns.latencies[.agent] == [0.2])
  }

  @Test func anOverlapAtTheEndOfATurnIsTurnTaking() {
    let turns = turns(agent: [0..<300], customer: [270..<600])
    #expect(turns.events.isEmpty)
    #expect(turns.latencies[.customer] == [-0.3])
  }

  @Test func whoTakesTheFloorInterruptsSuccessfully() {
    let events = turns(agent: [0..<300], customer: [220..<600]).events
    #expect(
      events == [
        CallEvent(.interruption, start: 2.2, end: 3, by: .customer, outcome: .successful, confidence: 0.9)
      ])
  }

  @Test func whoGivesUpInterruptsInVain() {
    let events = turns(agent: [0..<900], customer: [300..<450]).events
    #expect(
      events == [
        CallEvent(.interruption, start: 3, end: 4.5, by: .customer, outcome: .failed, confidence: 0.95)
      ])
  }

  @Test func aShortWordInsideTheOthersTurnIsABackchannel() {
    let turns = turns(agent: [0..<400, 430..<900], customer: [300..<360])
    #expect(turns.events == [CallEvent(.backchannel, start: 3, end: 3.6, by: .customer)])
    #expect(turns.turns == [Stretch(party: .agent, frames: 0..<900)])
  }

  @Test func whoStartsTogetherDoesNotInterrupt() {
    #expect(turns(agent: [0..<300], customer: [20..<700]).events.isEmpty)
  }

  @Test func aPauseOfThreeSecondsEndsATurn() {
    #expect(turns(agent: [0..<100, 399..<500], customer: []).turns.count == 1)
    #expect(turns(agent: [0..<100, 400..<500], customer: []).turns.count == 2)
  }

  @Test func partiesAreTreatedAlike() {
    let agent = [0..<300, 500..<1200, 1500..<1600]
    let customer = [220..<460, 700..<760, 900..<1080, 1210..<1490]
    let one = turns(agent: agent, customer: customer)
    let other = turns(agent: customer, customer: agent)
    #expect(one.events.count == 3)
    #expect(one.events.map(\.by) == other.events.map { $0.by?.other })
    #expect(one.events.map(\.start) == other.events.map(\.start))
  }

  @Test func deadAirLiesBetweenSounds() {
    #expect(
      DeadAir.gaps(between: [100..<200, 800..<900, 1000..<1100], from: 100, to: 1700, minimum: 500)
        == [200..<800, 1100..<1700])
    #expect(DeadAir.gaps(between: [100..<200, 150..<650], from: 100, to: 1000, minimum: 500).isEmpty)
  }
}
