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

  /// The confidence that some odds give.
  private func confidence(_ odds: Double) -> Double { 1 / (1 + exp(-odds)) }

  private func expect(
    _ agent: AgentVoice, _ voice: Voice, odds: Double, at location: SourceLocation = #_sourceLocation
  ) {
    #expect(agent.voice == voice, sourceLocation: location)
    #expect(agent.roles.source == .inferred, sourceLocation: location)
    // Roles round it to hundredths.
    #expect(abs(agent.roles.confidence - confidence(odds)) < 0.0051, sourceLocation: location)
  }

  @Test func whoSpeaksFirst() {
    expect(decide(turns()), .two, odds: 0.55)
    expect(decide(turns(), rang: true), .two, odds: 0.55 + 1.3)
    #expect(decide([]).roles == Roles(source: .assumed, confidence: 0))
  }

  @Test func aLongFirstTurnGreets() {
    let greeting = Turn<Voice>(speaker: .two, frames: 0..<250)
    expect(decide([greeting, Turn<Voice>(speaker: .one, frames: 310..<400)]), .two, odds: 0.55 + 1.2)
    let shorter = Turn<Voice>(speaker: .two, frames: 0..<249)
    expect(decide([shorter, Turn<Voice>(speaker: .one, frames: 309..<400)]), .two, odds: 0.55)
  }

  @Test(arguments: [(110, 1.6), (140, 0.64), (160, 0), (190, -0.96), (250, -1.6)])
  func aSoonReplyIsForWhoSpokeFirst(start: Int, odds: Double) {
    let turns = [
      Turn<Voice>(speaker: .two, frames: 0..<100), Turn<Voice>(speaker: .one, frames: start..<300),
    ]
    let sum = 0.55 + odds
    expect(decide(turns), sum > 0 ? .two : .one, odds: abs(sum))
  }

  @Test func whoSpeaksBeforeAndAfterLongSilences() {
    expect(decide(turns([Turn<Voice>(speaker: .one, frames: 660..<700)])), .one, odds: 0.3 + 0.5 - 0.55)
    expect(decide(turns([Turn<Voice>(speaker: .two, frames: 660..<700)])), .two, odds: 0.55 - 0.3 + 0.5)
    expect(decide(turns([Turn<Voice>(speaker: .two, frames: 659..<700)])), .two, odds: 0.55)
  }

  @Test func whoSpeaksBeforeAndAfterMusic() {
    let after = Turn<Voice>(speaker: .one, frames: 600..<700)
    expect(decide(turns([after]), hold: 300..<640), .one, odds: 1.4 + 0.5 - 0.55)
    // What begins well before the end of the music is not after it.
    expect(decide(turns([after]), hold: 300..<660), .one, odds: 1.4 - 0.55)
  }

  @Test func theUserKnowsBetter() {
    let first = decide(turns(), requested: .first)
    let second = decide(turns(), requested: .second)
    #expect(first.voice == .two && second.voice == .one)
    #expect(first.roles == Roles(source: .given, confidence: 1) && second.roles == first.roles)
  }
}
