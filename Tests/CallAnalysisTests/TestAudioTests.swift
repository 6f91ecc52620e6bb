import CallModel
import TestSupport
import Testing

/// What the analysis must reach on the calls of `TestAudio/`, in one place.
enum Required {
  /// F1 of 10 ms frames of speech over both legs of all calls; recorded prompts are left out.
  static let speechF1 = 0.97
  /// The same of each call alone.
  static let speechF1OfACall = 0.9
  /// Frames of speech, of 10 ms, that may be found in a call in which nobody talks.
  static let falseFramesOfACall = 20
  /// An event is found where it and the truth share this much of what they cover together, 0 to 1.
  static let sharedTime = 0.5
  /// An interruption is found where its start is no further off than this, in seconds.
  static let interruptionStart = 0.7
  /// Dead air shorter than this may be found or not, in seconds: the setting is 5.
  static let deadAir = 6.0
  /// How far the answer may be off, in seconds.
  static let answer = 0.2
  /// How far the level of a party with 2 s of talk may be off, in dB: the truth is the mean power of the
  /// talkspurts, which is not quite method B of ITU-T P.56, and GSM 6.10 takes some of it.
  static let level = 2.0
  /// How far the level of leakage may be off, in dB.
  static let leakage = 3.0
  /// How far a party's share of the talk may be off on one channel, 0 to 1.
  static let share = 0.05
}

/// Whole calls against their truth: is it right?
struct TestAudioTests {
  static let calls = AnalysedTestAudio.stereoCalls
  static let monoCalls = AnalysedTestAudio.monoCalls

  @Test func everyRecordingHasATruthThatCanBeRead() throws {
    #expect(try TestAudio.calls(.stereo).count == 47)
    #expect(try TestAudio.calls(.mono).count == 11)
  }

  @Test(arguments: calls) func speechOfACallIsFound(_ call: TestCall) throws {
    let counts = FrameCounts(of: try AnalysedTestAudio.summary(of: call), against: call.truth)
    KnownErrors.check(call.truth.name, .speech) {
      if counts.hits + counts.misses > 0 {
        #expect(counts.f1 >= Required.speechF1OfACall)
      } else {
        #expect(counts.falseAlarms <= Required.falseFramesOfACall)
      }
    }
  }

  @Test func speechOfAllCallsIsFound() throws {
    var all = FrameCounts()
    for call in Self.calls {
      all += FrameCounts(of: try AnalysedTestAudio.summary(of: call), against: call.truth)
    }
    #expect(all.f1 >= Required.speechF1)
  }

  @Test(arguments: calls) func eventsAreFoundAndNoOthers(_ call: TestCall) throws {
    let kinds: [CallEvent.Kind] = [
      .interruption, .deadAir, .hold, .ringback, .busyTone, .congestionTone, .dialTone, .sit, .dtmf,
      .escalation,
    ]
    let truth = call.truth.events.filter { kinds.contains($0.type) }
    let found = try AnalysedTestAudio.summary(of: call).events.filter { kinds.contains($0.type) }
    let missing = truth.filter { event in isSure(event) && !found.contains { matches($0, event) } }
    let surplus = found.filter { event in isSure(event) && !truth.contains { matches(event, $0) } }
    KnownErrors.check(call.truth.name, .events) {
      #expect(missing.isEmpty && surplus.isEmpty, "missing \(missing), surplus \(surplus)")
    }
  }

  @Test(arguments: calls + monoCalls) func endingIsFound(_ call: TestCall) throws {
    let ending = try AnalysedTestAudio.summary(of: call).ending
    KnownErrors.check(call.truth.name, .ending) {
      #expect(
        ending.kind == call.truth.ending.kind && ending.abrupt == call.truth.ending.abrupt
          && ending.cutParty == call.truth.ending.cutParty)
    }
  }

  @Test(arguments: calls + monoCalls) func answerIsTimed(_ call: TestCall) throws {
    let opening = try AnalysedTestAudio.summary(of: call).opening
    #expect(opening.ringCount == call.truth.ringCount)
    KnownErrors.check(call.truth.name, .answer) {
      if let truth = call.truth.answer {
        #expect(abs((opening.answeredAt ?? .infinity) - truth) <= Required.answer)
      } else {
        #expect(opening.answeredAt == nil)
      }
    }
  }

  @Test(arguments: calls) func badLinesAreFoundAndGoodOnesAreNot(_ call: TestCall) throws {
    let summary = try AnalysedTestAudio.summary(of: call)
    for party in Party.allCases {
      let codes = summary.findings.filter { $0.party == nil || $0.party == party }.map(\.code)
      let quality = call.truth.quality[party]
      #expect(codes.contains(.dropouts) == (quality.dropoutRatio != nil), "\(party)")
      #expect(codes.contains(.concealedLoss) == (quality.repeatRatio != nil), "\(party)")
      #expect(codes.contains(.clipping) == (quality.clipped ?? false), "\(party)")
      if let bleed = call.truth.bleed, bleed.onto == party {
        #expect(abs(try #require(summary[party].line?.leakage) - bleed.level) <= Required.leakage)
      } else {
        #expect(summary[party].line?.leakage == nil, "\(party)")
      }
    }
  }

  @Test(arguments: calls) func oneWayAudioIsFound(_ call: TestCall) throws {
    let summary = try AnalysedTestAudio.summary(of: call)
    KnownErrors.check(call.truth.name, .line) {
      let isRight = Party.allCases.allSatisfy { party in
        (summary[party].line?.oneWay ?? false) == (call.truth.quality[party].oneWay ?? false)
      }
      #expect(isRight)
    }
  }

  @Test(arguments: calls) func levelIsMeasured(_ call: TestCall) throws {
    let summary = try AnalysedTestAudio.summary(of: call)
    let parties = Party.allCases.filter { party in
      call.truth.talkspurts[party].reduce(0) { $0 + $1.duration } >= 2
    }
    let errors = parties.map { abs((summary[$0].level ?? 0) - call.truth.quality[$0].level) }
    KnownErrors.check(call.truth.name, .level) {
      #expect((errors.max() ?? 0) <= Required.level)
    }
  }

  @Test func rolesThatAreGivenExchangeTheParties() throws {
    let call = try #require(Self.calls.first { $0.truth.name == "dead-air-ulaw" })
    let left = try AnalysedTestAudio.summary(of: call)
    let right = try AnalysedTestAudio.analyse(call, roles: .right)
    for party in Party.allCases {
      #expect(left[party].talkspurts?.isEmpty == false)
      #expect(left[party].talkspurts == right[party.other].talkspurts)
      #expect(left[party].channel == right[party.other].channel)
    }
  }

  @Test(arguments: monoCalls) func oneChannelGivesTheSpeechOfBoth(_ call: TestCall) throws {
    let summary = try AnalysedTestAudio.summary(of: call)
    #expect(FrameCounts(ofMixed: summary, against: call.truth).f1 >= Required.speechF1OfACall)
    for party in Party.allCases where summary[party].talk == nil {
      #expect(summary.notMeasured.contains { $0.field == "parties.\(party).talk_s" })
    }
  }

  @Test(arguments: monoCalls) func voicesAreCounted(_ call: TestCall) throws {
    let summary = try AnalysedTestAudio.summary(of: call)
    KnownErrors.check(call.truth.name, .voices) {
      #expect(summary.separation?.voices == call.truth.voiceCount)
    }
  }

  @Test(arguments: monoCalls) func shareOfTheTalkIsMeasuredOnOneChannel(_ call: TestCall) throws {
    let summary = try AnalysedTestAudio.summary(of: call)
    let agent = summary.parties.agent
    guard call.truth.voiceCount == 2, agent.talkConfidence == .high, let share = agent.talkShare else {
      return
    }
    let talk = Party.allCases.map { party in
      call.truth.talkspurts[party].reduce(0) { $0 + $1.duration }
    }
    #expect(abs(share - talk[0] / (talk[0] + talk[1])) <= Required.share)
  }

  /// Whether an event is long enough that the definition leaves no choice.
  func isSure(_ event: CallEvent) -> Bool {
    event.type != .deadAir || event.range.duration >= Required.deadAir
  }

  /// Whether an event of a summary is the one of the truth.
  func matches(_ found: CallEvent, _ truth: CallEvent) -> Bool {
    guard found.type == truth.type, found.by == truth.by, found.outcome == truth.outcome,
      found.owner == truth.owner, found.kind == truth.kind, truth.leg == nil || found.leg == truth.leg
    else { return false }
    if found.type == .interruption { return abs(found.start - truth.start) <= Required.interruptionStart }
    let shared = found.range.overlap(with: truth.range)
    return shared >= Required.sharedTime * (found.range.duration + truth.range.duration - shared)
  }
}
