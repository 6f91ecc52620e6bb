import CallModel
import Testing

@testable import CallAnalysis

/// Frames are hundredths of a second.
struct TurnsTests {
  private func turns(agent: [FrameRange], customer: [FrameRange]) -> Turns<Party> {
    Turns(talkspurts: ByParty(agent: agent, customer: customer), settings: TurnSettings())
  }

  @Test func smoothTurnTakingHasNoEvents() {
    let turns = turns(agent: [0..<300, 700..<900], customer: [320..<680])
    #expect(turns.events.isEmpty)
    #expect(turns.turns.map(\.speaker) == [.agent, .customer, .agent])
    #expect(turns.latencies == ByParty(agent: [20], customer: [20]))
  }

  @Test func anOverlapAtTheEndOfATurnIsTurnTaking() {
    let turns = turns(agent: [0..<300], customer: [270..<600])
    #expect(turns.events.isEmpty)
    #expect(turns.latencies.customer == [-30])
  }

  @Test func whoTakesTheFloorInterruptsSuccessfully() {
    let events = turns(agent: [0..<300], customer: [220..<600]).events
    #expect(events == [FloorEvent(kind: .successfulInterruption, by: .customer, frames: 220..<300)])
    #expect(events.map(\.confidence) == [0.9])
  }

  @Test func whoGivesUpInterruptsInVain() {
    let turns = turns(agent: [0..<900], customer: [300..<450])
    #expect(turns.events == [FloorEvent(kind: .failedInterruption, by: .customer, frames: 300..<450)])
    #expect(turns.events.map(\.confidence) == [0.95])
    // An attempt in vain takes no floor.
    #expect(turns.latencies.customer.isEmpty)
  }

  @Test func aShortWordInsideTheOthersTurnIsABackchannel() {
    let turns = turns(agent: [0..<400, 430..<900], customer: [300..<360])
    #expect(turns.events == [FloorEvent(kind: .backchannel, by: .customer, frames: 300..<360)])
    #expect(turns.events.map(\.confidence) == [nil])
    #expect(turns.turns == [Turn(speaker: .agent, frames: 0..<900)])
  }

  @Test func whoStartsTogetherDoesNotInterrupt() {
    #expect(turns(agent: [0..<300], customer: [20..<700]).events.isEmpty)
  }

  /// Each threshold from both sides, in frames.
  @Test(arguments: [
    // The other has spoken for 0.25 s.
    (0..<300, 25..<700, true), (0..<300, 24..<700, false),
    // The overlap lasts 0.38 s.
    (0..<300, 262..<700, true), (0..<300, 263..<700, false),
    // Who starts goes on for 0.4 s.
    (0..<300, 200..<340, true), (0..<300, 200..<339, false),
  ])
  func interruptionsBeginAtTheirThresholds(_ floor: Range<Int>, _ run: Range<Int>, _ isOne: Bool) {
    #expect(turns(agent: [floor], customer: [run]).events.isEmpty == !isOne)
  }

  @Test func shortWordsInARowAreBackchannels() {
    let listens = turns(agent: [0..<900], customer: [300..<379, 400..<479])
    #expect(listens.events.map(\.kind) == [.backchannel, .backchannel])
    #expect(listens.events.map(\.frames) == [300..<379, 400..<479])
    #expect(listens.turns == [Turn(speaker: .agent, frames: 0..<900)])
    let tries = turns(agent: [0..<900], customer: [300..<380, 400..<479])
    #expect(tries.events.map(\.kind) == [.failedInterruption])
    // Who goes on after the other stopped says one word of 0.35 s.
    #expect(turns(agent: [0..<400], customer: [300..<334, 380..<414, 460..<494]).events.isEmpty)
    #expect(
      turns(agent: [0..<400], customer: [300..<335, 380..<414, 460..<494]).events.map(\.kind)
        == [.successfulInterruption])
  }

  @Test func aBackchannelLastsASecondAtMost() {
    #expect(turns(agent: [0..<900], customer: [300..<400]).events.map(\.kind) == [.backchannel])
    #expect(turns(agent: [0..<900], customer: [300..<401]).events.map(\.kind) == [.failedInterruption])
  }

  @Test func ownPausesBelowSixTenthsAreOneStart() {
    #expect(turns(agent: [0..<900], customer: [300..<380, 439..<480]).events.map(\.frames) == [300..<480])
    #expect(turns(agent: [0..<900], customer: [300..<380, 440..<480]).events.count == 2)
  }

  @Test func aPauseOfThreeSecondsEndsATurn() {
    #expect(turns(agent: [0..<100, 399..<500], customer: []).turns.count == 1)
    #expect(turns(agent: [0..<100, 400..<500], customer: []).turns.count == 2)
  }

  /// A hundred thousand starts inside the other's speech do not hang: pairs of them would take an hour.
  @Test(.timeLimit(.minutes(5))) func manyStartsAreAllFound() {
    let agent = (0..<100_000).map { 200 * $0..<200 * $0 + 120 }
    let customer = agent.map { $0.lowerBound + 50..<$0.upperBound + 50 }
    #expect(turns(agent: agent, customer: customer).events.count == 100_000)
  }

  @Test func partiesAreTreatedAlike() {
    let agent = [0..<300, 500..<1200, 1500..<1600]
    let customer = [220..<460, 700..<760, 900..<1080, 1210..<1490]
    let one = turns(agent: agent, customer: customer)
    let other = turns(agent: customer, customer: agent)
    #expect(one.events.count == 3)
    #expect(one.events.map(\.by) == other.events.map(\.by.other))
    #expect(one.events.map(\.frames) == other.events.map(\.frames))
    #expect(one.latencies == other.latencies.swapped)
  }

  @Test func deadAirLiesBetweenSounds() {
    func gaps(_ sounds: [FrameRange]) -> [FrameRange] {
      DeadAir.gaps(between: sounds, speech: [100..<200], minimum: 500)
    }
    #expect(gaps([100..<200, 1700..<1800, 800..<900]) == [200..<800, 900..<1700])
    #expect(gaps([100..<200, 150..<650]).isEmpty)
    #expect(gaps([100..<200, 700..<710]) == [200..<700] && gaps([100..<200, 699..<710]).isEmpty)
    // Before the first word nobody waits for one; without any nobody does; after the last nobody can tell.
    #expect(DeadAir.gaps(between: [0..<10, 700..<800], speech: [700..<800], minimum: 500).isEmpty)
    #expect(DeadAir.gaps(between: [0..<10, 700..<800], speech: [], minimum: 500).isEmpty)
    #expect(gaps([100..<200]).isEmpty)
  }

  @Test func theTurnAfterTheLastWordIsTheOthers() {
    let speech = ByParty(agent: [0..<100, 300..<400], customer: [150..<250])
    #expect(speech.lastSpeaker(before: 50) == nil)
    #expect(speech.lastSpeaker(before: 100) == .agent)
    #expect(speech.lastSpeaker(before: 299) == .customer)
    #expect(speech.lastSpeaker(before: 400) == .agent)
  }
}
