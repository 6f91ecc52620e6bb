import CallModel
import TestSupport
import Testing

@testable import CallAnalysis

/// Findings that rest on a figure and a threshold: on both sides of it, with the place to listen to.
struct FindingTests {
  private let settings = AnalysisSettings()

  /// The findings of a call of 245 s, made up but for what a test changes.
  private func findings(
    _ turns: [Party: [FrameRange]] = [:], legs: [Party: LegRecord] = [:],
    _ change: (inout CallSummary) -> Void = { _ in }
  ) -> [Finding] {
    var call = CallSummary.sample()
    call.ending = Ending(kind: .natural, abrupt: false, confidence: 0.85, evidence: [])
    call.opening.greeting = 3
    call.events = []
    change(&call)
    let ending = CallEnding(ending: call.ending, range: TimeRange(235, 245))
    return FindingRules(settings: settings).findings(
      of: call, ending: ending, turns: Turns(talkspurts: turns, settings: settings.turns), legs: legs)
  }

  private func one(_ code: Finding.Code, _ findings: [Finding]) throws -> Finding {
    let found = findings.filter { $0.code == code }
    #expect(found.count == 1)
    return try #require(found.first)
  }

  @Test func slowAnswerIsFromTheFirstRingToTheAnswer() throws {
    let slow = try one(.slowAnswer, findings { $0.opening.answeredAt = settings.findings.slowAnswerS + 1 })
    #expect(slow.start == 0 && slow.end == settings.findings.slowAnswerS + 1)
    #expect(slow.value == slow.end && slow.threshold == settings.findings.slowAnswerS)
    let quick = findings { $0.opening.answeredAt = settings.findings.slowAnswerS - 1 }
    #expect(!quick.contains { $0.code == .slowAnswer })
  }

  @Test func aMonologueIsOneTurnOfTheAgent() throws {
    let long = try one(.agentMonologue, findings([.agent: [1000..<7100], .customer: [100..<900]]))
    #expect(long.start == 10 && long.end == 71 && long.value == 61)
    let interrupted: [Party: [FrameRange]] = [.agent: [1000..<4000, 4400..<7100], .customer: [4050..<4350]]
    let theCustomer: [Party: [FrameRange]] = [.customer: [1000..<7100], .agent: [100..<900]]
    for turns in [interrupted, theCustomer] {
      #expect(!findings(turns).contains { $0.code == .agentMonologue })
    }
  }

  @Test func aGreetingIsMissedWhereItIsShortOrTheCustomerSpeaksFirst() throws {
    let turns: [Party: [FrameRange]] = [.agent: [300..<340], .customer: [400..<900]]
    let short = try one(.noGreeting, findings(turns) { $0.opening.greeting = 0.4 })
    #expect(short.start == 0 && short.end == 3.4 && short.value == 0.4)
    let second = try one(.noGreeting, findings(turns) { $0.opening.firstSpeaker = .customer })
    #expect(second.message == "The customer speaks first.")
    // Without an answer the recording may begin later than the call.
    let unknown = findings(turns) {
      $0.opening.firstSpeaker = .customer
      $0.opening.answeredAt = nil
    }
    #expect(!unknown.contains { $0.code == .noGreeting })
    #expect(!findings(turns).contains { $0.code == .noGreeting })
  }

  @Test func aClosingIsRushedRightAfterTheCustomersLastWord() throws {
    func closing(_ end: Double, agent: Double = 230) -> [Finding] {
      findings {
        $0.parties.customer.talkspurts = [TimeRange(10, 20), TimeRange(240, end)]
        $0.parties.agent.talkspurts = [TimeRange(20, agent)]
      }
    }
    let rushed = try one(.rushedClosing, closing(245.2))
    #expect(rushed.start == 235 && rushed.end == 245.38)
    #expect(abs(try #require(rushed.value) - 0.18) < 1e-9)
    #expect(!closing(244).contains { $0.code == .rushedClosing })
    #expect(!closing(245.2, agent: 245.3).contains { $0.code == .rushedClosing })
  }

  @Test func holdsDeadAirAndInterruptionsCountFromTheirThresholds() throws {
    let rules = settings.findings
    let hold = CallEvent(.hold, start: 10, end: 10 + rules.longHoldS, kind: .beep, leg: .agent)
    #expect(try one(.longHold, findings { $0.events = [hold] }).value == rules.longHoldS)
    let silence = CallEvent(.deadAir, start: 10, end: 10 + rules.deadAirS, owner: .agent)
    #expect(try one(.deadAir, findings { $0.events = [silence] }).severity == .notice)
    let long = CallEvent(.deadAir, start: 10, end: 10 + rules.deadAirAlertS, owner: .agent)
    #expect(try one(.deadAir, findings { $0.events = [long] }).severity == .alert)
    let cut = CallEvent(.interruption, start: 10, end: 12, by: .agent, outcome: .successful)
    #expect(!findings { $0.events = [cut] }.contains { $0.code == .agentInterrupts })
    let cuts = [CallEvent](repeating: cut, count: rules.agentInterruptions)
    #expect(try one(.agentInterrupts, findings { $0.events = cuts }).value == Double(cuts.count))
  }

  @Test func linesAreBadFromTheirThresholds() throws {
    let rules = settings.findings
    var leg = LegRecord()
    leg.holes = [1000, 2000, 3000].map { Hole(frame: $0, length: 20) }
    leg.repeats = leg.holes
    func line(_ change: (inout PartySummary) -> Void) -> [Finding] {
      findings(legs: [.customer: leg]) { call in
        call.parties.customer.level = -20
        call.parties.customer.line = LineQuality(
          clippingPerMinute: 0, dropoutsPerMinute: 0, repeatsPerMinute: 0, oneWay: false, leakage: nil)
        change(&call.parties.customer)
      }
    }
    #expect(line { _ in }.isEmpty)
    let holes = try one(.dropouts, line { $0.line?.dropoutsPerMinute = rules.dropoutsPerMin })
    #expect(holes.start == 10 && holes.end == 31 && holes.party == .customer)
    let repeats = try one(.concealedLoss, line { $0.line?.repeatsPerMinute = rules.repeatsPerMin })
    #expect(repeats.start == 10 && repeats.end == 31)
    #expect(try one(.clipping, line { $0.line?.clippingPerMinute = rules.clippingPerMin }).party == .customer)
    #expect(try one(.lowLevel, line { $0.level = rules.lowLevelDbov - 1 }).severity == .notice)
    #expect(try one(.leakage, line { $0.line?.leakage = rules.leakageDb + 1 }).party == .customer)
    #expect(try one(.oneWayAudio, line { $0.line?.oneWay = true }).severity == .alert)
  }
}
