import CallModel
import TestSupport
import Testing

@testable import CallAnalysis

/// Findings that rest on a figure and a threshold: on both sides of it, with the place to listen to.
struct FindingTests {
  private let settings = AnalysisSettings()

  /// The findings of a call of 245 s, made up but for what a test changes.
  private func findings(
    _ talkspurts: ByParty<[TimeRange]> = ByParty(agent: [], customer: []),
    _ change: (inout CallSummary) -> Void = { _ in }
  ) -> [Finding] {
    var call = CallSummary.sample()
    call.ending = Ending(kind: .natural, abrupt: false, confidence: 0.85, evidence: [])
    call.opening.greeting = 3
    call.events = []
    for party in [\Parties.agent, \.customer] {
      call.parties[keyPath: party].line = nil
      call.parties[keyPath: party].level = -20
    }
    call.parties.agent.talkspurts = talkspurts.agent
    call.parties.customer.talkspurts = talkspurts.customer
    change(&call)
    return Findings.all(in: call, settings: settings)
  }

  private func talk(agent: [(Double, Double)], customer: [(Double, Double)]) -> ByParty<[TimeRange]> {
    ByParty(agent: agent, customer: customer).map { $0.map { TimeRange($0.0, $0.1) } }
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
    let long = try one(.agentMonologue, findings(talk(agent: [(10, 71)], customer: [(1, 9)])))
    #expect(long.start == 10 && long.end == 71 && long.value == 61)
    let interrupted = talk(agent: [(10, 40), (44, 71)], customer: [(40.5, 43.5)])
    let theCustomer = talk(agent: [(1, 9)], customer: [(10, 71)])
    for turns in [interrupted, theCustomer] {
      #expect(!findings(turns).contains { $0.code == .agentMonologue })
    }
  }

  @Test func aGreetingIsMissedWhereItIsShortOrTheCustomerSpeaksFirst() throws {
    let turns = talk(agent: [(3, 3.4)], customer: [(4, 9)])
    let short = try one(.noGreeting, findings(turns) { $0.opening.greeting = 0.4 })
    #expect(short.start == 0 && short.end == 3.4 && short.value == 0.4)
    let second = try one(.noGreeting, findings(turns) { $0.opening.firstSpeaker = .customer })
    #expect(second.message == "The customer speaks first.")
    // Where the business called, the customer answers.
    for called in [Party.customer, .agent, nil] {
      let found = findings(turns) {
        $0.opening.firstSpeaker = .customer
        $0.opening.called = called
      }
      #expect(found.contains { $0.code == .noGreeting } == (called != .customer))
    }
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
    let tail = try one(.longTail, findings { $0.ending.tail = rules.longTailS })
    #expect(tail.start == 245.38 - rules.longTailS && tail.end == 245.38)
    #expect(!findings { $0.ending.tail = rules.longTailS - 0.1 }.contains { $0.code == .longTail })
    let cut = CallEvent(.interruption, start: 10, end: 12, by: .agent, outcome: .successful)
    #expect(!findings { $0.events = [cut] }.contains { $0.code == .agentInterrupts })
    let cuts = [CallEvent](repeating: cut, count: rules.agentInterruptions)
    #expect(try one(.agentInterrupts, findings { $0.events = cuts }).value == Double(cuts.count))
  }

  @Test func linesAreBadFromTheirThresholds() throws {
    let rules = settings.findings
    func line(_ change: (inout PartySummary) -> Void) -> [Finding] {
      findings { call in
        call.parties.customer.level = -20
        call.parties.customer.line = LineQuality(
          clippingPerMinute: 0, dropoutsPerMinute: 0, repeatsPerMinute: 0,
          dropoutLength: Distribution(of: [0.02, 0.02, 0.02], decimals: 3),
          repeatLength: Distribution(of: [0.02, 0.02, 0.02], decimals: 3), oneWay: false, leakage: nil)
        call.parties.customer.line?.dropoutSpan = TimeRange(10, 31)
        call.parties.customer.line?.repeatSpan = TimeRange(10, 31)
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
    let two = Distribution(of: [0.02, 0.02], decimals: 3)
    let few = line {
      $0.line?.dropoutsPerMinute = 100
      $0.line?.dropoutLength = two
      $0.line?.repeatsPerMinute = 100
      $0.line?.repeatLength = two
    }
    #expect(few.isEmpty)
  }

  /// Every kind of ending with its findings, and where to listen.
  @Test func endingsHaveTheirFindings() throws {
    func ending(_ kind: Ending.Kind, cut: Party? = nil, gone: Party? = nil) -> [Finding] {
      findings {
        $0.ending = Ending(
          kind: kind, abrupt: true, cutParty: cut, firstLegGone: gone, confidence: 0.9, evidence: [])
        $0.ending.from = 200
      }
    }
    #expect(ending(.natural).isEmpty)
    let cut = ending(.cutOff, cut: .customer)
    #expect(cut.map(\.code) == [.customerCutOff, .hungUpOnCustomer])
    #expect(cut.map(\.severity) == [.alert, .alert] && cut.map(\.party) == [.customer, .agent])
    #expect(cut.allSatisfy { $0.start == 200 && $0.end == 245.38 })
    #expect(ending(.cutOff, cut: .customer, gone: .customer).map(\.code) == [.customerCutOff])
    #expect(ending(.cutOff, cut: .agent).map(\.code) == [.agentCutOff])
    #expect(ending(.abandonedOnHold).map(\.code) == [.abandonedOnHold])
    #expect(ending(.abandonedInQueue).map(\.code) == [.abandonedInQueue])
    #expect(try one(.noHumanAnswered, ending(.systemPrompt)).severity == .alert)
    #expect(try one(.noHumanAnswered, ending(.noConversation)).severity == .notice)
    #expect(ending(.voicemail).map(\.code) == [.voicemail])
    #expect(ending(.truncatedRecording).map(\.code) == [.truncatedRecording])
  }

  @Test func whatTheFileAndTheChannelsAreIsFound() throws {
    let cut = try one(.truncatedRecording, findings { $0.recording.status = .truncated })
    #expect(cut.message == "The file is shorter than its header says.")
    let late = try one(
      .legsOutOfStep,
      findings {
        $0.conversation.legSkew = -2
        $0.conversation.legSkewSpan = TimeRange(30, 120)
      })
    #expect(late.party == .agent && late.start == 30 && late.end == 120 && late.value == 2)
    let same = try one(.bothChannelsSame, findings { $0.mixed = PartySummary() })
    #expect(same.start == 0 && same.end == 245.38)
    let half = try one(
      .bothChannelsSame, findings { $0.conversation.sameSound = [TimeRange(0, 20), TimeRange(100, 200)] })
    #expect(half.start == 100 && half.end == 200)
  }

  @Test func anEscalationIsHeardFromTheTurnBeforeIt() throws {
    let change = CallEvent(
      .escalation, start: 100, end: 240, by: .customer, features: [],
      precedingTurn: PrecedingTurn(by: .agent, start: 90, end: 99))
    let found = try one(.escalation, findings { $0.events = [change] })
    #expect(found.severity == .alert && found.start == 90 && found.end == 110)
    var ofAgent = change
    ofAgent.by = .agent
    #expect(try one(.escalation, findings { $0.events = [ofAgent] }).severity == .notice)
  }

  /// Findings rest on the facts alone: those that a summary has already are not read.
  @Test func findingsComeOutTheSameAgain() {
    var call = CallSummary.sample()
    let first = Findings.all(in: call, settings: settings)
    call.findings = first + first
    #expect(Findings.all(in: call, settings: settings) == first)
  }

  /// Both voices at once too high and too fast, or too low and too slow; one of them alone can be so.
  @Test(
    arguments: [
      (300.0, 300.0, 7.0, 16_000, "PCM_16", 8000), (300, 180, 7, 16_000, "PCM_16", nil),
      (300, 300, 6, 16_000, "PCM_16", nil), (300, 300, 7, 8000, "PCM_16", nil),
      (100, 100, 2.5, 8000, "PCM_16", 16_000), (100, 100, 2.5, 8000, "ULAW", nil),
      (130, 140, 2.5, 8000, "PCM_16", nil), (100, 100, 3.2, 8000, "PCM_16", nil),
    ] as [(Double, Double, Double, Int, String, Int?)])
  func aWrongSampleRateMovesPitchAndPaceOfBoth(
    agent: Double, customer: Double, pace: Double, header: Int, encoding: String, sound: Int?
  ) throws {
    let found = findings { call in
      for (party, pitch) in [(\Parties.agent, agent), (\.customer, customer)] {
        call.parties[keyPath: party].pitch = Percentiles(median: pitch, p10: pitch, p90: pitch)
        call.parties[keyPath: party].pace = pace
      }
      (call.recording.sampleRate, call.recording.encoding) = (header, encoding)
    }.filter { $0.code == .wrongSampleRate }
    #expect(found.count == (sound == nil ? 0 : 1))
    if let sound { #expect(found.first?.message.hasSuffix("the sound seems to have \(sound).") == true) }
  }

  @Test func faultsOfTheFileAreFindings() throws {
    let found = findings {
      $0.recording.faults = [.init(.stereoAsMono, "Two signals."), .init(.legsUnaligned, "Another leg.")]
    }
    #expect(try one(.stereoAsMono, found).severity == .alert)
    let legs = try one(.legsUnaligned, found)
    #expect(
      legs.severity == .notice && legs.message == "Another leg." && legs.start == 0 && legs.end == 245.38)
  }

  /// A record can know it later than the sound.
  @Test func whoCalledChangesWhatFollows() {
    var call = CallSummary.sample()
    call.parties.agent.talkspurts = [TimeRange(9, 12)]
    call.parties.customer.talkspurts = [TimeRange(8, 8.5)]
    call.opening.firstSpeaker = .customer
    call.ending.kind = .natural
    call.notMeasured = [NotMeasured(field: "opening.called", reason: "x")]
    let inbound = call.knowing(.inbound, settings: settings),
      outbound = call.knowing(.outbound, settings: settings)
    #expect(inbound.findings.contains { $0.code == .noGreeting } && inbound.opening.called == .agent)
    #expect(!outbound.findings.contains { $0.code == .noGreeting } && outbound.opening.called == .customer)
    #expect(outbound.notMeasured.isEmpty && call.knowing(nil, settings: settings) == call)
  }
}
