import CallAnalysis
import CallModel
import Foundation
import TestSupport
import Testing

/// What must hold whatever the sound is.
struct LawTests {
  /// A short conversation: two voices in turn, an overlap, a pause, noise on both lines.
  private static func conversation(rate: Int = 8000, repeats: Int = 1) -> (left: [Double], right: [Double]) {
    var left: [Double] = []
    var right: [Double] = []
    for round in 0..<repeats {
      let a = Signal.voice(pitch: 115 + Double(round % 3), amplitude: 0.3, seconds: 3, rate: rate)
      let b = Signal.voice(pitch: 205, amplitude: 0.15, seconds: 2.5, rate: rate)
      left += a + Signal.silence(seconds: 9, rate: rate)
      right += Signal.silence(seconds: 3.5, rate: rate) + b + Signal.silence(seconds: 6, rate: rate)
    }
    let seconds = Double(left.count) / Double(rate)
    let hiss = Signal.noise(rms: 6e-4, seconds: seconds, rate: rate, seed: 1)
    let hum = Signal.noise(rms: 3e-4, seconds: seconds, rate: rate, seed: 2)
    return (zip(left, hiss).map { $0 + $1 }, zip(right, hum).map { $0 + $1 })
  }

  @Test func everyBlockSizeGivesTheSameSummary() {
    let call = Self.conversation()
    let samples = Signal.stereo(call.left, call.right)
    let whole = Calls.summary(of: samples, block: samples.count)
    for block in [1, 2, 3, 79, 80, 81, 1000, 4095] {
      #expect(Calls.summary(of: samples, block: block) == whole)
    }
  }

  @Test func swappedChannelsSwapTheParties() {
    let call = Self.conversation()
    let one = Calls.summary(of: Signal.stereo(call.left, call.right), roles: .left)
    var other = Calls.summary(of: Signal.stereo(call.right, call.left), roles: .right)
    other.parties.agent.channel = 0
    other.parties.customer.channel = 1
    #expect(one.parties == other.parties)
    #expect(one.conversation == other.conversation)
    #expect(one.events == other.events)
    #expect(one.ending == other.ending)
  }

  @Test(arguments: [0.1, 0.5, 2]) func gainChangesLevelsOnly(_ gain: Double) throws {
    let call = Self.conversation()
    let one = Calls.summary(of: Signal.stereo(call.left, call.right))
    let other = Calls.summary(of: Signal.stereo(call.left.map { $0 * gain }, call.right.map { $0 * gain }))
    #expect(
      abs(try #require(one.parties.agent.talkShare) - (try #require(other.parties.agent.talkShare))) < 0.01)
    #expect(one.events.map(\.type) == other.events.map(\.type))
    #expect(one.ending.kind == other.ending.kind)
    for party in Party.allCases {
      let edges = [one, other].map { ($0[party].talkspurts ?? []).flatMap { [$0.start, $0.end] } }
      #expect(!edges[0].isEmpty && edges[0].count == edges[1].count)
      for (before, after) in zip(edges[0], edges[1]) { #expect(abs(before - after) <= 0.03) }
    }
    let change = try #require(other.parties.agent.level) - (try #require(one.parties.agent.level))
    #expect(abs(change - 20 * log2Of10(gain)) < 0.3)
  }

  /// A tone at -3 dBFS before a call whose parties speak at -50 dBov takes none of their talk.
  @Test func aLoudToneBeforeTheCallLeavesItsTalk() throws {
    let call = Self.conversation(repeats: 3)
    let (left, right) = (call.left.map { $0 * 0.012 }, call.right.map { $0 * 0.024 })
    let quiet = Calls.summary(of: Signal.stereo(left, right))
    let tone = Signal.sine(1004, amplitude: 0.7, seconds: 3) + Signal.silence(seconds: 1)
    let after = Calls.summary(of: Signal.stereo(tone + left, tone + right))
    for party in Party.allCases {
      let (alone, talk) = (try #require(quiet[party].talk), try #require(after[party].talk))
      #expect(alone > 6 && abs(talk - alone) < 0.05 * alone, "\(party): \(alone), \(talk)")
    }
  }

  /// 20 log10 of a gain, by its table.
  private func log2Of10(_ gain: Double) -> Double { [0.1: -1, 0.5: -0.30103, 2: 0.30103][gain] ?? 0 }

  @Test(arguments: [16000, 44100]) func theSampleRateChangesNothing(_ rate: Int) throws {
    let narrow = Self.conversation()
    let wide = Self.conversation(rate: rate)
    let one = Calls.summary(of: Signal.stereo(narrow.left, narrow.right))
    let other = Calls.summary(of: Signal.stereo(wide.left, wide.right), rate: rate)
    #expect(
      abs(try #require(one.parties.agent.talkShare) - (try #require(other.parties.agent.talkShare))) < 0.01)
    #expect(one.events.map(\.type) == other.events.map(\.type))
  }

  @Test func sectionsMakeOneCall() throws {
    let call = Self.conversation(repeats: 8)
    let samples = Signal.stereo(call.left, call.right)
    var short = AnalysisSettings()
    short.sections.lengthS = 30
    short.sections.contextS = 6
    let whole = Calls.summary(of: samples)
    let parts = Calls.summary(of: samples, settings: short)
    #expect(whole.events.map(\.type) == parts.events.map(\.type))
    let (a, b) = (try #require(whole.parties.agent.talkspurts), try #require(parts.parties.agent.talkspurts))
    #expect(a.count == b.count)
    for (x, y) in zip(a, b) { #expect(abs(x.start - y.start) < 0.05 && abs(x.end - y.end) < 0.05) }
    #expect(abs(try #require(whole.parties.agent.level) - (try #require(parts.parties.agent.level))) < 0.3)
  }

  /// A ring that two sections see is one.
  @Test func ringsAreCountedOnceWhereSectionsOverlap() {
    let rings = (0..<12).flatMap { _ in
      Signal.sine(425, amplitude: 0.1, seconds: 1) + Signal.silence(seconds: 4)
    }
    let samples = Signal.stereo(rings, Signal.noise(rms: 3e-4, seconds: 60, seed: 2))
    var short = AnalysisSettings()
    short.sections.lengthS = 30
    short.sections.contextS = 6
    let (whole, parts) = (Calls.summary(of: samples), Calls.summary(of: samples, settings: short))
    #expect(whole.opening.ringCount == 12)
    #expect(parts.opening.ringCount == 12)
    #expect(parts.events == whole.events)
  }

  @Test func oneChannelTellsNothingOfOverlap() {
    let call = Self.conversation()
    let summary = Calls.summary(of: Signal.samples(zip(call.left, call.right).map { $0 + $1 }), channels: 1)
    #expect((summary.mixed?.talk ?? 0) > 4)
    #expect(summary.conversation.overlap == nil)
    #expect(summary.notMeasured.contains { $0.field == "conversation.overlap_s" })
  }

  @Test func twiceTheSameChannelIsOneChannel() {
    let call = Self.conversation()
    let both = zip(call.left, call.right).map { $0 + $1 }
    let summary = Calls.summary(of: Signal.stereo(both, both))
    #expect(summary.conversation.overlap == nil)
    #expect((summary.mixed?.talk ?? 0) > 4)
    #expect(summary.findings.contains { $0.code == .bothChannelsSame })
  }

  @Test func digitalSilenceHasNoSpeechNoNoiseAndNoConversation() {
    let summary = Calls.summary(of: [Int16](repeating: 0, count: 2 * 8000 * 10))
    #expect(summary.parties.agent.talk == 0)
    #expect(summary.parties.agent.noise == nil)
    #expect(summary.ending.kind == .noConversation)
    #expect(summary.parties.agent.talkShare == nil)
  }

  @Test func aRecordingOfOneSampleIsNothing() {
    let summary = Calls.summary(of: [1], channels: 1)
    #expect(summary.conversation.speech == 0)
    #expect(summary.events.isEmpty)
  }

  /// What is nil is named with a reason, and what is named is nil. Not applicable, rather than unknown, are a cut
  /// party of a call that was not cut, percentiles of nothing, and what no sound tells.
  /// Through MP3 no hole is found where there are many: that is unknown, and not 0.
  @Test func lostPacketsOfALossyRecordingAreUnknown() throws {
    let call = Self.conversation()
    let samples = Signal.stereo(call.left, call.right)
    for encoding in ["MPEG_LAYER_III", "VORBIS", "OPUS"] {
      let line = try #require(Calls.summary(of: samples, encoding: encoding).parties.agent.line)
      #expect(line.dropoutsPerMinute == nil && line.repeatsPerMinute == nil && line.dropoutLength == nil)
      #expect(line.clippingPerMinute != nil)
    }
    #expect(Calls.summary(of: samples).parties.agent.line?.dropoutsPerMinute == 0)
  }

  @Test func everyUnknownHasAReason() throws {
    let call = Self.conversation()
    let mono = Signal.samples(zip(call.left, call.right).map { $0 + $1 })
    let silence = [Int16](repeating: 0, count: 2 * 8000 * 10)
    for summary in [
      Calls.summary(of: Signal.stereo(call.left, call.right)), Calls.summary(of: mono, channels: 1),
      Calls.summary(of: silence), Calls.summary(of: [1], channels: 1),
      Calls.summary(of: Signal.stereo(call.left, call.right), encoding: "MPEG_LAYER_III"),
    ] {
      let nulls = try Self.nulls(
        in: JSONSerialization.jsonObject(with: JSONEncoder().encode(summary)), at: "")
      let named = Set(summary.notMeasured.map(\.field))
      let inapplicable = [
        "mixed", "separation", "separation.confidence", "recording.started_at", "recording.path_b64",
        "ending.cut_party", "ending.first_leg_gone",
      ]
      let unexplained = nulls.filter { field in
        !named.contains(field) && !inapplicable.contains(field) && !field.hasPrefix("findings")
          && ![".median", ".p10", ".p90"].contains { field.hasSuffix($0) }
      }
      #expect(unexplained == [])
      #expect(named.subtracting(nulls) == [])
    }
  }

  private static func nulls(in value: Any, at path: String) -> [String] {
    switch value {
    case let object as [String: Any]:
      return object.sorted { $0.key < $1.key }.flatMap { key, value in
        nulls(in: value, at: path.isEmpty ? key : "\(path).\(key)")
      }
    case let list as [Any]: return list.flatMap { nulls(in: $0, at: path) }
    case is NSNull: return [path]
    default: return []
    }
  }

  /// A party whose voice gets louder, higher and sharper for good has escalated there; turned up as a whole, or
  /// louder alone, it has not.
  @Test func aVoiceThatChangesForGoodEscalates() throws {
    var calm: [Double] = []
    var angry: [Double] = []
    var louder: [Double] = []
    for turn in 0..<12 {
      let pitch = 120 + Double(turn % 3) * 3
      let plain = Signal.voice(pitch: pitch, amplitude: 0.1, seconds: 1.5)
      let pause = Signal.silence(seconds: 1.5)
      calm += plain + pause
      louder += (turn < 6 ? plain : plain.map { $0 * 3 }) + pause
      angry += (turn < 6 ? plain : Signal.voice(pitch: pitch * 1.6, amplitude: 0.3, seconds: 1.5)) + pause
    }
    let hiss = Signal.noise(rms: 3e-4, seconds: 36, seed: 9)
    func events(_ voice: [Double]) -> [CallEvent] {
      Calls.summary(of: Signal.stereo(hiss, zip(voice, hiss).map { $0 + $1 })).events.filter {
        $0.type == .escalation
      }
    }
    #expect(events(calm).isEmpty)
    #expect(events(louder).isEmpty)
    let found = events(angry)
    #expect(found.count == 1)
    #expect(abs(try #require(found.first).start - 18) < 1)
    #expect(found.first?.by == .customer)
    #expect(found.first?.features?.map(\.name) == ["level", "pitch", "tilt"])
  }

  /// A party that leans back ever further, 24 dB softer after six minutes, keeps its talk to the end.
  @Test func aPartyThatDriftsAwayKeepsItsTalk() throws {
    let turn = Signal.voice(pitch: 120, amplitude: 0.5, seconds: 3)
    let talk = (0..<60).flatMap { index in
      turn.map { $0 * pow(10, -24 * Double(index) / 60 / 20) } + Signal.silence(seconds: 3)
    }
    let noise = { (seed: UInt64) in Signal.noise(rms: 1e-4, seconds: 360, seed: seed) }
    let summary = Calls.summary(
      of: Signal.stereo(zip(talk, noise(3)).map { $0 + $1 }, noise(4)))
    #expect(abs(try #require(summary.parties.agent.talk) - 180) < 6)
  }

  /// Other people in the room, 15 dB below and in every pause: the party's talk stays what it is but for the ends of
  /// its turns, 0.3 s each.
  @Test func voicesInTheRoomAreNotTheParty() throws {
    let turn = Signal.voice(pitch: 120, amplitude: 0.3, seconds: 3)
    let room = Signal.voice(pitch: 170, amplitude: 0.3 * 0.178, seconds: 40)
    var left: [Double] = []
    for _ in 0..<5 { left += turn + Signal.silence(seconds: 5) }
    let right = Signal.noise(rms: 3e-4, seconds: 40, seed: 3)
    let alone = Calls.summary(of: Signal.stereo(zip(left, right).map { $0 + $1 }, right))
    let crowded = Calls.summary(
      of: Signal.stereo((0..<left.count).map { left[$0] + room[$0] + right[$0] }, right))
    let (a, b) = (try #require(alone.parties.agent.talk), try #require(crowded.parties.agent.talk))
    #expect(abs(a - b) < 0.12 * a)
  }

  /// A soft yes, 14 dB below what its party says otherwise, while the other speaks.
  @Test func aSoftWordIsHeardWhereNobodyElseIs() throws {
    let hiss = { (seed: UInt64) in Signal.noise(rms: 3e-4, seconds: 40, seed: seed) }
    let pause = Signal.silence(seconds: 4)
    let own = Signal.voice(pitch: 120, amplitude: 0.3, seconds: 4)
    let yes = Signal.silence(seconds: 1.6) + own[0..<3200].map { 0.2 * $0 } + Signal.silence(seconds: 2)
    let other = Signal.voice(pitch: 210, amplitude: 0.3, seconds: 4)
    let left = own + yes + own + pause + own + pause + own + yes + own
    let right = (0..<5).flatMap { _ in pause + other }
    let summary = Calls.summary(
      of: Signal.stereo(zip(left, hiss(3)).map { $0 + $1 }, zip(right, hiss(4)).map { $0 + $1 }))
    #expect(try #require(summary.parties.agent.talkspurts).count == 7)
    let yeses = summary.events.filter { $0.type == .backchannel && $0.by == .agent }.map(\.start)
    #expect(yeses.count == 2)
    for (start, truth) in zip(yeses, [5.6, 29.6]) { #expect(abs(start - truth) < 0.1) }
  }

  /// In a loud room a rustle that follows the party's words is not held for their end.
  @Test func whatGoesOnInANoisyRoomIsNotTheParty() throws {
    let turn = Signal.voice(pitch: 170, amplitude: 0.3, seconds: 2)
    let rustle = Signal.noise(rms: 0.03, seconds: 0.8, seed: 5)
    let talk = (0..<8).flatMap { _ in turn + rustle + Signal.silence(seconds: 1.2) }
    let room = Signal.noise(rms: 0.01, seconds: 32, seed: 4)
    let summary = Calls.summary(
      of: Signal.stereo(zip(talk, room).map { $0 + $1 }, Signal.noise(rms: 3e-4, seconds: 32, seed: 3)))
    let found = try #require(summary.parties.agent.talkspurts)
    #expect(found.count == 8)
    for (index, talkspurt) in found.enumerated() {
      #expect(abs(talkspurt.end - (2 + 4 * Double(index))) < 0.3)
    }
  }

  /// The room is heard from the answer on, 25 dB louder than the line while it rang: the whole call is heard alike.
  @Test func theNoiseThatComesWithTheAnswerIsNoise() throws {
    let ring = Telephony.tone([440, 480], rms: 0.05, seconds: 2) + Signal.silence(seconds: 4)
    let turn = Signal.voice(pitch: 170, amplitude: 0.3, seconds: 2)
    let talk = (0..<8).flatMap { _ in turn + Signal.silence(seconds: 2) }
    let line = Signal.noise(rms: 3e-4, seconds: 44, seed: 3)
    let room = Signal.noise(rms: 5e-3, seconds: 32, seed: 4)
    let sounds = ring + ring + zip(talk, room).map { $0 + $1 }
    let left = zip(sounds, line).map { $0 + $1 }
    let summary = Calls.summary(of: Signal.stereo(left, line))
    let found = try #require(summary.parties.agent.talkspurts)
    #expect(found.count == 8)
    for (index, talkspurt) in found.enumerated() {
      #expect(abs(talkspurt.start - (12 + 4 * Double(index))) < 0.1)
      #expect(abs(talkspurt.end - (14 + 4 * Double(index))) < 0.2)
    }
  }

  /// A window is opened in mid-call, or closed: the voice stays as loud as it was.
  @Test(arguments: [true, false]) func noiseThatComesOrGoesLeavesTheVoice(_ comes: Bool) throws {
    let turn = Signal.voice(pitch: 170, amplitude: 0.3, seconds: 2)
    let talk = (0..<16).flatMap { _ in turn + Signal.silence(seconds: 2) }
    let line = Signal.noise(rms: 3e-4, seconds: 64, seed: 3)
    let street = Signal.noise(rms: 5e-3, seconds: 32, seed: 4)
    let quiet = Signal.silence(seconds: 32)
    let noise = zip(line, comes ? quiet + street : street + quiet).map { $0 + $1 }
    let summary = Calls.summary(of: Signal.stereo(zip(talk, noise).map { $0 + $1 }, line))
    let found = try #require(summary.parties.agent.talkspurts)
    #expect(found.count == 16)
    #expect(abs(try #require(summary.parties.agent.talk) - 32) < 1)
  }

  /// Somebody else comes to the telephone for a sentence, softer and an octave higher, and says it far from it.
  @Test func aBystandersSentenceIsNotTheParty() throws {
    let turn = Signal.voice(pitch: 110, amplitude: 0.3, seconds: 2) + Signal.silence(seconds: 2)
    let other = Signal.voice(pitch: 240, amplitude: 0.06, seconds: 2.2)
    let pause = Signal.silence(seconds: 1)
    let talk = (0..<10).flatMap { _ in turn } + pause + other + pause + (0..<10).flatMap { _ in turn }
    let noise = Signal.noise(rms: 3e-4, seconds: Double(talk.count) / 8000, seed: 3)
    let summary = Calls.summary(of: Signal.stereo(zip(talk, noise).map { $0 + $1 }, noise))
    let found = try #require(summary.parties.agent.talkspurts)
    #expect(found.count == 20)
    #expect(found.filter { $0.end < 41 || $0.start > 43.3 }.count == 20)
  }

  /// The other's voice comes back late and ever weaker, with somebody speaking in the room: that is nobody's talk.
  @Test func anEchoThatFadesInABusyRoomIsNotTheParty() throws {
    let seconds = 120.0
    let loud = Signal.voice(pitch: 120, amplitude: 0.3, seconds: seconds)
    let room = Signal.voice(pitch: 170, amplitude: 0.02, seconds: seconds)
    let voice = Signal.voice(pitch: 210, amplitude: 0.3, seconds: seconds)
    let hiss = Signal.noise(rms: 3e-4, seconds: seconds, seed: 3)
    func speaks(_ index: Int, from first: Int, to last: Int) -> Bool {
      (first..<last).contains(index / 8000 % 12)
    }
    let left = loud.indices.map { speaks($0, from: 0, to: 6) ? loud[$0] : hiss[$0] }
    let echo = left.indices.map { index -> Double in
      let fading = pow(10, -(14 + 12 * Double(index) / Double(left.count)) / 20)
      return index < 1600 ? 0 : fading * left[index - 1600]
    }
    let right = left.indices.map { index in
      (speaks(index, from: 7, to: 10) ? voice[index] : hiss[index])
        + (speaks(index, from: 3, to: 5) ? room[index] : 0)
        + echo[index]
    }
    let summary = Calls.summary(of: Signal.stereo(left, right))
    #expect(abs(try #require(summary.parties.customer.line?.leakage) + 20) < 4)
    #expect(abs(try #require(summary.parties.customer.talk) - 30) < 3)
    #expect(summary.events.allSatisfy { $0.type != .interruption })
  }
}
