import CallModel
import TestSupport
import Testing

@testable import CallAnalysis

/// Ringing, beeps and music that are no opening or no hold.
struct TransferTests {
  private static let pause = Signal.silence(seconds: 1)
  private static let agent = Signal.voice(pitch: 120, amplitude: 0.2, seconds: 3)
  private static let colleague = Signal.voice(pitch: 170, amplitude: 0.2, seconds: 3)
  private static let customer = Signal.voice(pitch: 210, amplitude: 0.2, seconds: 3)

  /// Both legs with noise, as they arrive; the shorter one is followed by silence.
  private func call(
    _ agent: [Double], _ customer: [Double], roles: ChannelRoles = .left,
    received: ([Double]) -> [Double] = { $0 }
  ) -> CallSummary {
    let count = max(agent.count, customer.count)
    let lines = zip([agent, customer], [7, 9] as [UInt64]).map { leg, seed in
      let noise = Signal.noise(rms: 3e-4, seconds: Double(count) / 8000, seed: seed)
      return received(noise.indices.map { noise[$0] + ($0 < leg.count ? leg[$0] : 0) })
    }
    return Calls.summary(of: Signal.stereo(lines[0], lines[1]), roles: roles)
  }

  private func repeated(_ times: Int, _ tone: [Double], pause: Double) -> [Double] {
    (0..<times).flatMap { _ in tone + Signal.silence(seconds: pause) }
  }

  /// Agent and customer talk, the agent's leg rings, a colleague answers.
  private func transfer(_ ringing: [Double]) -> (agent: [Double], customer: [Double]) {
    let gap = Self.customer.map { _ in 0.0 }
    let before = Self.agent + Self.pause + gap + Self.pause + Self.agent + Self.pause
    let said = gap + Self.pause + Self.customer + Self.pause + gap + Self.pause
    return (
      before + ringing + Self.colleague + gap,
      said + ringing.map { _ in 0 } + gap + Self.pause + Self.customer
    )
  }

  /// The ringing of a transfer is no opening, whatever the country, the level and the codec.
  @Test(arguments: [0.178, 0.018]) func aTransferIsNoOpening(_ rms: Double) throws {
    let rings = [
      (Telephony.tone([440, 480], rms: rms, seconds: 2), 4.0),
      (Telephony.tone([425], rms: rms, seconds: 1), 4),
    ]
    for (tone, pause) in rings {
      let legs = transfer(repeated(4, tone, pause: pause))
      for received in [{ $0 }, Telephony.muLaw, Telephony.gsm] as [([Double]) -> [Double]] {
        let summary = call(legs.agent, legs.customer, received: received)
        #expect(summary.opening.ringCount == 0 && summary.opening.ring == nil)
        #expect(!summary.findings.contains { $0.code == .slowAnswer })
        #expect(summary.events.filter { $0.type == .ringback }.count == 1)
        let transfer = try #require(summary.events.first { $0.type == .transfer })
        let ring = Double(tone.count) / 8000 * 4 + 3 * pause
        #expect(transfer.leg == .agent && abs(transfer.start - 12) < 0.1)
        #expect(abs(try #require(transfer.ring) - ring) < 0.2 && abs(transfer.end - 12 - ring - pause) < 0.2)
      }
    }
  }

  /// After the ringing a colleague speaks, the agent again, or hardly anybody.
  @Test(
    arguments: [(180.0, 1.3, 4, true), (110, 0.9, 4, false), (180, 1.3, 1, nil)]
      as [(Double, Double, Int, Bool?)])
  func whetherTheVoiceIsNewIsSaid(pitch: Double, tract: Double, turns: Int, isNew: Bool?) throws {
    func turn(_ pitch: Double, _ tract: Double, _ index: Int) -> [Double] {
      Signal.voice(
        pitch: pitch * (1 + 0.02 * Double(index % 3)), amplitude: 0.2, seconds: 3.5,
        tract: tract * (1 + 0.02 * Double(index % 4)))
    }
    let answer = Signal.voice(pitch: 210, amplitude: 0.2, seconds: 2)
    let gap = answer.map { _ in 0.0 } + Self.pause
    func leg(_ pitch: Double, _ tract: Double, _ turns: Int) -> (agent: [Double], customer: [Double]) {
      let spoken = (0..<turns).map { turn(pitch, tract, $0) }
      return (spoken.flatMap { $0 + gap }, spoken.flatMap { $0.map { _ in 0 } + answer + Self.pause })
    }
    let before = leg(110, 0.9, 4), after = leg(pitch, tract, turns)
    let ringing = repeated(2, Telephony.tone([440, 480], rms: 0.1, seconds: 2), pause: 4)
    let summary = call(
      before.agent + ringing + after.agent, before.customer + ringing.map { _ in 0 } + after.customer)
    let transfer = try #require(summary.events.first { $0.type == .transfer })
    #expect(transfer.newVoice == Nullable(wrappedValue: isNew))
    #expect((transfer.confidence == nil) == (isNew == nil))
    let change = transfer.features?.first
    #expect((change == nil) == (isNew == nil))
    if let change, isNew == true {
      #expect(change.name == "pitch" && change.before < 125 && change.after > 165)
    }
  }

  /// One ring of two frequencies before somebody else speaks is no beep of a voicemail.
  @Test func oneRingOfATransferIsNoVoicemail() throws {
    let ring = Telephony.tone([440, 480], rms: 0.05, seconds: 0.6) + Self.pause
    let gap = Self.customer.map { _ in 0.0 }
    let summary = call(
      Self.agent + Self.pause + Self.agent + Self.pause + ring,
      gap + gap + Self.pause + Self.pause + ring.map { _ in 0 } + Self.customer + Self.pause)
    #expect(summary.events.contains { $0.type == .ringback } && !summary.events.contains { $0.type == .beep })
    #expect(summary.ending.kind != .voicemail)
  }

  /// After a busy tone or a dial tone what rings is another call.
  @Test func anotherCallIsNoTransfer() {
    func transfers(_ between: CallEvent.Kind?) -> Int {
      var signals = [ToneSignal(type: .ringback, frames: 3000..<4500, count: 3)]
      if let between { signals.insert(ToneSignal(type: between, frames: 2200..<2500, count: 1), at: 0) }
      return Transfer.all(
        in: signals, speech: [100..<2000, 4800..<5000], conversation: 1500
      ).count
    }
    #expect(transfers(nil) == 1 && transfers(.dialTone) == 0 && transfers(.busyTone) == 0)
    #expect(transfers(.beep) == 1)
    let ring = [ToneSignal(type: .ringback, frames: 3000..<4500, count: 3)]
    #expect(Transfer.all(in: ring, speech: [100..<2000], conversation: 1500).isEmpty)
    #expect(Transfer.all(in: ring, speech: [100..<2000, 4800..<5000], conversation: 3001).isEmpty)
  }

  /// Another call waits (ITU-T E.180, supplement 2): neither a ring nor a hold, and nobody's word is lost.
  @Test(arguments: [
    ("us", 440.0, [0.3, 9.7]), ("au", 425, [0.2, 0.2, 0.2, 4.4]), ("de", 425, [0.2, 0.2, 0.2, 5]),
    ("ch", 425, [0.2, 0.2, 0.2, 4]), ("nl", 425, [0.5, 9.5]),
  ]) func aCallThatWaitsIsNoRing(_ tone: (country: String, frequency: Double, pattern: [Double])) throws {
    let period = tone.pattern.enumerated().flatMap { index, seconds in
      index % 2 == 0
        ? Telephony.tone([tone.frequency], rms: 0.05, seconds: seconds) : Signal.silence(seconds: seconds)
    }
    let gap = Signal.silence(seconds: 30)
    let waiting = (0..<Int(30 / (Double(period.count) / 8000))).flatMap { _ in period }
    let talk = (0..<7).flatMap { _ in Self.customer + Self.pause }
    let agent = Self.agent + Self.pause + waiting
    let summary = call(agent, Self.agent.map { _ in 0 } + Self.pause + talk + gap)
    #expect(!summary.events.contains { [.ringback, .hold, .transfer].contains($0.type) }, "\(tone.country)")
    #expect(summary.opening.ringCount == 0 && summary.conversation.hold == 0)
    #expect(abs(try #require(summary.parties.customer.talk) - 21) < 0.8)
  }

  /// A recorder beeps at its interval all through a call: in a silence that is no hold, and nobody has left it.
  @Test(arguments: [5.0, 10, 15]) func beepsOfARecorderAreNoHold(_ interval: Double) {
    let silence = Signal.silence(seconds: 4 * interval)
    let talk = (0..<Int(interval)).flatMap { _ in Self.agent + Self.pause }
    let said = talk + silence
    let beep = Telephony.tone([700], rms: 0.05, seconds: 0.4)
    let beeps = (0..<said.count / Int(8000 * interval)).flatMap { _ in
      // In a pause of the talk.
      Signal.silence(seconds: 3.3) + beep + Signal.silence(seconds: interval - 3.7)
    }
    let both = said.indices.map { said[$0] + ($0 < beeps.count ? beeps[$0] : 0) }
    let summary = call(both, talk.map { _ in 0 } + Self.customer)
    #expect(!summary.events.contains { $0.type == .hold } && summary.ending.kind != .abandonedOnHold)
    #expect(summary.events.contains { $0.type == .beep })
  }

  /// Music on the leg that is called, before anybody answers there, is ringing; after an announcement it is a queue.
  @Test func musicBeforeTheFirstWordIsRinging() throws {
    let chords = [[262.0, 330, 392], [220, 262, 330], [349, 440, 523], [392, 494, 587]]
    let music = (0..<30).flatMap { Telephony.tone(chords[$0 % 4], rms: 0.1, seconds: 0.5) }
    let gap = Signal.silence(seconds: 4)
    let answered = call(
      music.map { _ in 0 } + gap + Self.pause + Self.agent + gap + Self.agent,
      music + Self.pause + Self.customer + gap + Self.customer + gap)
    #expect(answered.conversation.hold == 0 && !answered.events.contains { $0.type == .hold })
    let ring = try #require(answered.events.first { $0.type == .ringback })
    #expect(ring.kind == .music && ring.leg == .customer)
    #expect(abs(try #require(answered.opening.ring) - 15) < 0.5)
    #expect(abs(try #require(answered.opening.answeredAt) - 16) < 0.3)
    let unanswered = call(music.map { _ in 0 }, music)
    #expect(unanswered.ending.kind == .noConversation && !unanswered.ending.abrupt)
    let queue = call(Self.agent + Self.pause + music, gap)
    #expect(queue.ending.kind == .abandonedInQueue && queue.conversation.hold > 14)
  }
}
