import CallAnalysis
import CallModel
import Testing
import TestSupport

/// Voices made in memory on one channel: who they are is known.
@Suite struct VoicesTests {
  /// A person: pitch, length of the vocal tract and how much it seems to differ between sentences, loudness.
  private struct Person {
    var pitch: Double
    var tract: Double
    var variety = 0.06
    var amplitude = 0.2
  }

  private static let low = Person(pitch: 105, tract: 0.9)
  private static let high = Person(pitch: 210, tract: 1.2)
  private static let third = Person(pitch: 160, tract: 1.4, amplitude: 0.3)

  /// A pause in which the other party speaks on another channel, in s.
  private static let othersTurn = 2.0

  /// People who speak in the order given, for two to three seconds each and never twice the same, with pauses between
  /// and hiss on the line; and when each speaks.
  private static func call(_ people: [Person], order: [Int], reply: Double? = nil, pause: Double = 0.3) -> (
    sound: [Double], talk: [[TimeRange]]
  ) {
    var sound = Signal.silence(seconds: 1)
    var talk = people.map { _ in [TimeRange]() }
    for (index, who) in order.enumerated() {
      let seconds = 2 + Double(index % 3) / 2
      let start = Double(sound.count) / 8000
      talk[who].append(TimeRange(start, start + seconds))
      let person = people[who]
      sound += Signal.voice(
        pitch: person.pitch * (1 + 0.02 * Double(index % 4)), amplitude: person.amplitude, seconds: seconds,
        tract: person.tract * (1 + person.variety * Double(index * 3 % 7 - 3) / 3))
      sound += Signal.silence(seconds: index == 0 ? reply ?? pause : pause + 0.2 * Double(index % 3))
    }
    let hiss = Signal.noise(rms: 3e-4, seconds: Double(sound.count) / 8000, seed: 4)
    return (zip(sound, hiss).map { $0 + $1 }, talk)
  }

  private static let turns = [0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1]

  /// The seconds that two lists of stretches share.
  private static func shared(_ a: [TimeRange], _ b: [TimeRange]) -> Double {
    a.reduce(0) { sum, range in b.reduce(sum) { $0 + range.overlap(with: $1) } }
  }

  @Test func twoVoicesOnOneChannelAreToldApart() throws {
    let call = Self.call([Self.low, Self.high], order: Self.turns)
    let summary = Calls.summary(of: Signal.samples(call.sound), channels: 1, roles: .auto)
    let separation = try #require(summary.separation)
    #expect(separation.voices == 2)
    #expect(try #require(separation.confidence) > 0.8)
    // Who speaks first and is answered at once is the agent.
    #expect(summary.roles.source == .inferred)
    for (party, truth) in [(Party.agent, call.talk[0]), (.customer, call.talk[1])] {
      let found = try #require(summary[party].talkspurts)
      let total = truth.reduce(0) { $0 + $1.duration }
      #expect(Self.shared(found, truth) > 0.9 * total)
      #expect(abs(try #require(summary[party].talk) - total) < 0.15 * total)
      #expect(summary[party].talkShare != nil && summary[party].turns != nil)
      #expect(summary[party].noise == nil)
    }
    let pitches = try Party.allCases.map { try #require(summary[$0].pitch?.median) }
    #expect(pitches[0] < 150 && pitches[1] > 170)
    #expect(summary.opening.firstSpeaker == .agent)
    #expect(summary.conversation.overlap == nil)
    #expect(summary.conversation.interruptions.agent == nil)
    #expect(summary.notMeasured.contains { $0.field == "conversation.interruptions.agent" })
  }

  @Test func aSlowReplySpeaksAgainstTheFirstVoice() {
    let confidences = [0.3, 1.4].map { reply in
      let call = Self.call([Self.low, Self.high], order: Self.turns, reply: reply)
      let summary = Calls.summary(of: Signal.samples(call.sound), channels: 1, roles: .auto)
      return (summary.opening.firstSpeaker == .agent ? 1 : -1) * (summary.roles.confidence - 0.5)
    }
    #expect(confidences[1] < confidences[0] - 0.1)
  }

  @Test func theUserSaysWhoseVoiceIsTheAgents() throws {
    let sound = Signal.samples(Self.call([Self.low, Self.high], order: Self.turns).sound)
    let first = Calls.summary(of: sound, channels: 1, roles: .first)
    let second = Calls.summary(of: sound, channels: 1, roles: .second)
    #expect(first.roles == Roles(source: .given, confidence: 1))
    #expect(first.opening.firstSpeaker == .agent)
    #expect(second.opening.firstSpeaker == .customer)
    #expect(first.parties.agent.talkspurts == second.parties.customer.talkspurts)
  }

  @Test func bothOnBothChannelsAreToldApartLikeOnOne() {
    let sound = Self.call([Self.low, Self.high], order: Self.turns).sound
    let one = Calls.summary(of: Signal.samples(sound), channels: 1)
    let two = Calls.summary(of: Signal.stereo(sound, sound))
    #expect(one.parties.agent.talk != nil)
    #expect(one.parties.agent.talkspurts == two.parties.agent.talkspurts)
    #expect(one.parties.customer.talkspurts == two.parties.customer.talkspurts)
  }

  @Test func aSeamDoesNotChangeWhoSpeaks() throws {
    let sound = Signal.samples(Self.call([Self.low, Self.high], order: Self.turns + Self.turns).sound)
    var short = AnalysisSettings()
    short.sections.lengthS = 30
    short.sections.contextS = 6
    let whole = Calls.summary(of: sound, channels: 1)
    let parts = Calls.summary(of: sound, channels: 1, settings: short)
    let (a, b) = (try #require(whole.parties.agent.talk), try #require(parts.parties.agent.talk))
    #expect(abs(a - b) < 0.05 * a)
  }

  @Test func oneVoiceIsOneVoice() {
    let call = Self.call([Self.low], order: [Int](repeating: 0, count: 12), pause: Self.othersTurn)
    let summary = Calls.summary(of: Signal.samples(call.sound), channels: 1)
    #expect(summary.separation == Separation(voices: 1, confidence: nil))
    #expect(summary.parties == Parties(agent: PartySummary(), customer: PartySummary()))
    #expect(
      summary.notMeasured.contains { $0.field == "parties.agent.talk_s" && $0.reason.contains("one voice") })
  }

  @Test func aMonologueIsNotTwoParties() {
    let call = Self.call(
      [Person(pitch: 105, tract: 0.9, variety: 0.03)], order: [Int](repeating: 0, count: 12))
    let summary = Calls.summary(of: Signal.samples(call.sound), channels: 1)
    #expect(summary.separation == Separation(voices: nil, confidence: nil))
    #expect(summary.parties == Parties(agent: PartySummary(), customer: PartySummary()))
    #expect(summary.mixed?.talk != nil)
    for field in ["separation.voices", "parties.agent.talk_s"] {
      #expect(summary.notMeasured.contains { $0.field == field && $0.reason.contains("one voice or two") })
    }
  }

  @Test func twoSentencesAgainAndAgainAreOneVoice() {
    let sentences = [Self.low, Person(pitch: 112, tract: 1)].map { person in
      Signal.voice(pitch: person.pitch, amplitude: 0.2, seconds: 2, tract: person.tract)
        + Signal.silence(seconds: 0.5)
    }
    let sound = (0..<24).flatMap { sentences[$0 * 3 % 7 % 2] }
    let hiss = Signal.noise(rms: 3e-4, seconds: Double(sound.count) / 8000, seed: 4)
    let summary = Calls.summary(of: Signal.samples(zip(sound, hiss).map { $0 + $1 }), channels: 1)
    #expect(summary.separation?.voices == 1)
  }

  @Test func whoShoutsIsWhoTalkedBefore() {
    let loud = Person(pitch: 330, tract: 1.1, amplitude: 0.4)
    let call = Self.call(
      [Self.low, loud], order: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], pause: Self.othersTurn)
    let summary = Calls.summary(of: Signal.samples(call.sound), channels: 1)
    #expect(summary.separation?.voices == 1)
  }

  @Test func threeVoicesAreMoreThanTwo() {
    let order = [0, 1, 2, 1, 0, 2, 0, 1, 2, 0, 2, 1, 0, 1, 2, 0, 2, 1, 0, 1, 2]
    let call = Self.call([Self.low, Self.high, Self.third], order: order)
    let summary = Calls.summary(of: Signal.samples(call.sound), channels: 1)
    #expect(summary.separation == Separation(voices: 3, confidence: nil))
    #expect(summary.parties == Parties(agent: PartySummary(), customer: PartySummary()))
    #expect(summary.notMeasured.contains { $0.reason.contains("more than two") })
  }
}
