import CallAnalysis
import CallAudio
import CallModel
import TestSupport
import Testing

/// What the analysis must reach on the calls of `TestAudio/`, in one place.
enum Required {
  /// F1 of 10 ms frames of speech over both legs of all calls; recorded prompts are left out.
  static let speechF1 = 0.9
  /// The same of each call alone.
  static let speechF1OfACall = 0.8
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
  /// talkspurts, which is not quite method B of ITU-T P.56.
  static let level = 2.0
  /// How far the level of leakage may be off, in dB.
  static let leakage = 3.0
}

/// Whole calls against their truth.
struct TestAudioTests {
  static let calls = (try? TestAudio.calls(.stereo)) ?? []
  static let monoCalls = (try? TestAudio.calls(.mono)) ?? []

  @Test func everyRecordingHasATruthThatCanBeRead() throws {
    #expect(try TestAudio.calls(.stereo).count == 15)
    #expect(try TestAudio.calls(.mono).count == 2)
  }

  @Test func speechIsToldFromEverythingElse() throws {
    var all = FrameCounts()
    for call in Self.calls {
      let counts = FrameCounts(of: try summary(of: call), against: call.truth)
      if counts.hits + counts.misses > 0 {
        #expect(counts.f1 >= Required.speechF1OfACall, "\(call)")
      } else {
        #expect(counts.falseAlarms <= Required.falseFramesOfACall, "\(call)")
      }
      all += counts
    }
    #expect(all.f1 >= Required.speechF1)
  }

  @Test(arguments: calls) func eventsAreFoundAndNoOthers(_ call: TestCall) throws {
    let kinds: [CallEvent.Kind] = [.interruption, .deadAir, .hold, .ringback, .busyTone, .escalation]
    let truth = call.truth.events.filter { kinds.contains($0.type) }
    let found = try summary(of: call).events.filter { kinds.contains($0.type) }
    let missing = truth.filter { event in isSure(event) && !found.contains { matches($0, event) } }
    let surplus = found.filter { event in isSure(event) && !truth.contains { matches(event, $0) } }
    #expect(missing.isEmpty)
    #expect(surplus.isEmpty)
  }

  @Test(arguments: calls) func endingIsTold(_ call: TestCall) throws {
    let ending = try summary(of: call).ending
    #expect(ending.kind == call.truth.ending.kind)
    #expect(ending.abrupt == call.truth.ending.abrupt)
    #expect(ending.cutParty == call.truth.ending.cutParty)
  }

  @Test(arguments: calls) func answerIsTimed(_ call: TestCall) throws {
    let opening = try summary(of: call).opening
    #expect(opening.ringCount == call.truth.ringCount)
    if let answer = call.truth.answer {
      #expect(abs(try #require(opening.answeredAt) - answer) <= Required.answer)
    } else {
      #expect(opening.answeredAt == nil)
    }
  }

  @Test(arguments: calls) func badLinesAreFoundAndGoodOnesAreNot(_ call: TestCall) throws {
    let summary = try summary(of: call)
    for party in Party.allCases {
      let codes = summary.findings.filter { $0.party == nil || $0.party == party }.map(\.code)
      let quality = call.truth.quality[party]
      #expect(codes.contains(.dropouts) == (quality.dropoutRatio != nil), "\(party)")
      #expect(!codes.contains(.clipping), "\(party)")
      #expect((summary[party].line?.oneWay ?? false) == (quality.oneWay ?? false), "\(party)")
      if let bleed = call.truth.bleed, bleed.onto == party {
        #expect(abs(try #require(summary[party].line?.leakage) - bleed.level) <= Required.leakage)
      } else {
        #expect(summary[party].line?.leakage == nil, "\(party)")
      }
    }
  }

  @Test(arguments: calls) func levelIsMeasured(_ call: TestCall) throws {
    let summary = try summary(of: call)
    for party in Party.allCases
    where call.truth.talkspurts[party].reduce(0, { $0 + $1.duration }) >= 2 {
      let level = try #require(summary[party].level)
      #expect(abs(level - call.truth.quality[party].level) <= Required.level, "\(party)")
    }
  }

  @Test func rolesThatAreGivenExchangeTheParties() throws {
    let call = try #require(Self.calls.first { $0.truth.name == "dead-air-ulaw" })
    let left = try summary(of: call)
    let right = try summary(of: call, roles: .right)
    for party in Party.allCases {
      #expect(left[party].talkspurts?.isEmpty == false)
      #expect(left[party].talkspurts == right[party.other].talkspurts)
      #expect(left[party].channel == right[party.other].channel)
    }
  }

  @Test(arguments: monoCalls) func oneChannelGivesTheSpeechOfBoth(_ call: TestCall) throws {
    let summary = try summary(of: call)
    let counts = FrameCounts(
      truth: call.truth.talkspurts.agent + call.truth.talkspurts.customer,
      found: summary.mixed?.talkspurts ?? [], duration: call.truth.duration)
    #expect(counts.f1 >= Required.speechF1OfACall)
    for party in Party.allCases where summary[party].talk == nil {
      #expect(summary.notMeasured.contains { $0.field == "parties.\(party).talk_s" })
    }
  }

  /// Reads and analyses a call; the agent is on the left in all of them.
  func summary(of call: TestCall, roles: ChannelRoles = .left) throws(CallFailure) -> CallSummary {
    var reader = try RecordingReader(opening: call.path, limits: ReadingLimits())
    var analyzer = CallAnalyzer(
      format: SignalFormat(
        sampleRate: reader.sampleRate, channels: reader.channels, encoding: reader.encoding),
      settings: AnalysisSettings())
    try reader.forEachBlock { analyzer.consume($0) }
    return analyzer.finish(
      recording: try reader.finish(), analysis: Analysis(version: "test", settingsHash: ""), roles: roles)
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

/// How many frames of 10 ms were told right and wrong.
struct FrameCounts {
  var hits = 0
  var misses = 0
  var falseAlarms = 0

  /// The harmonic mean of precision and recall; 1 where there is nothing to tell.
  var f1: Double {
    let all = 2 * hits + misses + falseAlarms
    return all == 0 ? 1 : Double(2 * hits) / Double(all)
  }

  init() {}

  /// The frames of both legs, without those of recorded prompts: these are speech that is no party's.
  init(of summary: CallSummary, against truth: Truth) {
    for party in Party.allCases {
      let prompts = truth.other[party].filter { $0.kind == "prompt" }.map(\.range)
      self += FrameCounts(
        truth: truth.talkspurts[party], found: summary[party].talkspurts ?? [], except: prompts,
        duration: truth.duration)
    }
  }

  /// The frames of one channel, without those of `except`.
  init(truth: [TimeRange], found: [TimeRange], except: [TimeRange] = [], duration: Seconds) {
    let frames = zip(Self.mask(truth, duration), Self.mask(found, duration))
    for (frame, isLeftOut) in zip(frames, Self.mask(except, duration)) where !isLeftOut {
      switch frame {
      case (true, true): hits += 1
      case (true, false): misses += 1
      case (false, true): falseAlarms += 1
      case (false, false): break
      }
    }
  }

  static func += (sum: inout FrameCounts, counts: FrameCounts) {
    sum.hits += counts.hits
    sum.misses += counts.misses
    sum.falseAlarms += counts.falseAlarms
  }

  static func mask(_ ranges: [TimeRange], _ duration: Seconds) -> [Bool] {
    var mask = [Bool](repeating: false, count: Int((duration * 100).rounded()))
    for range in ranges {
      let start = max(0, Int((range.start * 100).rounded()))
      let end = min(mask.count, Int((range.end * 100).rounded()))
      for frame in start..<max(start, end) { mask[frame] = true }
    }
    return mask
  }
}
