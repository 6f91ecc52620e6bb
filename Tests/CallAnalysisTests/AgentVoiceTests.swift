import CallModel
import Foundation
import Testing

@testable import CallAnalysis

/// Each sign by which the agent's voice is known, alone: the odds that it says are the weights of docs/measurements/roles.md.
struct AgentVoiceTests {
  /// Turns that begin with voice two and say nothing else: short, and answered after the time that is neutral.
  private func turns(_ more: [Turn<Voice>] = []) -> [Turn<Voice>] {
    [Turn<Voice>(speaker: .two, frames: 0..<100), Turn<Voice>(speaker: .one, frames: 160..<260)] + more
  }

  private func decide(
    _ turns: [Turn<Voice>], requested: ChannelRoles = .auto, rang: Bool = false, hold: FrameRange? = nil
  ) -> AgentVoice {
    AgentVoice(turns: turns, requested: requested, rang: rang, hold: hold)
  }

  /// Expects a voice, by the odds that it was called and those that it is the agent whoever called: the customer calls
  /// with odds of `incoming`.
  private func expect(
    _ decided: AgentVoice, _ voice: Voice, called: Double, agent: Double = 0, incoming: Double = 3,
    at location: SourceLocation = #_sourceLocation
  ) {
    func probability(_ odds: Double) -> Double { 1 / (1 + exp(-odds)) }
    let both = probability(called) * probability(incoming) + probability(-called) * probability(-incoming)
    let expected = probability(log(both / (1 - both)) + agent)
    #expect(decided.voice == voice, sourceLocation: location)
    #expect(decided.roles.source == .inferred, sourceLocation: location)
    // Roles round it to hundredths.
    #expect(abs(decided.roles.confidence - expected) < 0.0051, sourceLocation: location)
  }

  @Test func whoSpeaksFirst() {
    expect(decide(turns()), .two, called: 0.7)
    #expect(decide([]).roles == Roles(source: .assumed, confidence: 0))
  }

  @Test func aLongFirstTurnGreets() {
    let greeting = Turn<Voice>(speaker: .two, frames: 0..<250)
    expect(decide([greeting, Turn<Voice>(speaker: .one, frames: 310..<400)]), .two, called: 0.7 + 1.2)
    let shorter = Turn<Voice>(speaker: .two, frames: 0..<249)
    expect(decide([shorter, Turn<Voice>(speaker: .one, frames: 309..<400)]), .two, called: 0.7)
  }

  @Test func theAgentIsToldAtLength() {
    let matter = Turn<Voice>(speaker: .one, frames: 160..<410)
    expect(decide([turns()[0], matter]), .two, called: 0.7 + 1.4)
    let told = turns([Turn<Voice>(speaker: .two, frames: 300..<550)])
    expect(decide(told), .one, called: 1.4 - 0.7)
    let short = turns([Turn<Voice>(speaker: .two, frames: 300..<549)])
    expect(decide(short), .two, called: 0.7)
  }

  /// Who answers a ring was called: the agent, or the customer where it says a short word and is told at length.
  @Test func aRingAnsweredByAShortWordIsTheCustomers() {
    expect(decide(turns(), rang: true), .two, called: 0.7 + 1.3)
    let matter = Turn<Voice>(speaker: .one, frames: 159..<500)
    let hello = Turn<Voice>(speaker: .two, frames: 0..<99)
    expect(decide([hello, matter], rang: true), .one, called: -(0.7 + 1.4 + 1.3), incoming: -1.5)
    expect(decide([hello, matter]), .two, called: 0.7 + 1.4)
    let greeting = Turn<Voice>(speaker: .two, frames: 0..<100)
    let after = Turn<Voice>(speaker: .one, frames: 160..<500)
    expect(decide([greeting, after], rang: true), .two, called: 0.7 + 1.4 + 1.3)
  }

  @Test(arguments: [(110, 1.2), (140, 0.48), (160, 0), (190, -0.72), (250, -1.2)])
  func aSoonReplyIsForWhoSpokeFirst(start: Int, odds: Double) {
    let turns = [
      Turn<Voice>(speaker: .two, frames: 0..<100), Turn<Voice>(speaker: .one, frames: start..<300),
    ]
    let sum = 0.7 + odds
    expect(decide(turns), sum > 0 ? .two : .one, called: abs(sum))
  }

  @Test func whoSpeaksBeforeAndAfterLongSilences() {
    expect(
      decide(turns([Turn<Voice>(speaker: .one, frames: 660..<700)])), .one, called: -0.7, agent: 0.3 + 0.5)
    expect(
      decide(turns([Turn<Voice>(speaker: .two, frames: 660..<700)])), .two, called: 0.7, agent: 0.5 - 0.3)
    expect(decide(turns([Turn<Voice>(speaker: .two, frames: 659..<700)])), .two, called: 0.7)
  }

  @Test func whoSpeaksBeforeAndAfterMusic() {
    let after = Turn<Voice>(speaker: .one, frames: 600..<700)
    expect(decide(turns([after]), hold: 300..<640), .one, called: -0.7, agent: 1.4 + 0.5)
    // What begins well before the end of the music is not after it.
    expect(decide(turns([after]), hold: 300..<660), .one, called: -0.7, agent: 1.4)
  }

  @Test func theUserKnowsBetter() {
    let first = decide(turns(), requested: .first)
    let second = decide(turns(), requested: .second)
    #expect(first.voice == .two && second.voice == .one)
    #expect(first.roles == Roles(source: .given, confidence: 1) && second.roles == first.roles)
  }
}
