import CallModel
import FoundationEssentials
import TestSupport
import Testing

@testable import CallAnalysis

#if canImport(Glibc)
  import Glibc
#endif

/// Calls of fax machines and modems (ITU-T T.30, V.21, V.25), made of their signals.
struct FaxTests {
  /// V.21, channel 2: bits at 300 a second, 1 at 1650 and 0 at 1850 Hz, without breaks of phase.
  private static func commands(_ bits: [Bool], rms: Double) -> [Double] {
    var phase = 0.0
    return (0..<bits.count * 8000 / 300).map { index in
      phase += 2 * .pi * (bits[min(bits.count - 1, index * 300 / 8000)] ? 1650 : 1850) / 8000
      return rms * 2.0.squareRoot() * sin(phase)
    }
  }

  /// Flags for a second, then some bytes.
  private static func command(rms: Double, seed: Int) -> [Double] {
    let flag = [false, true, true, true, true, true, true, false]
    let bits = (0..<37).flatMap { _ in flag } + (0..<200).map { ($0 * 7919 + seed * 104_729) % 13 < 6 }
    return commands(bits, rms: rms)
  }

  /// What a page sounds like: noise between 500 and 2900 Hz, as long as nothing is heard of the other side.
  private static func page(rms: Double, seconds: Double, seed: UInt64) -> [Double] {
    let noise = Signal.noise(rms: 1, seconds: seconds, seed: seed)
    // Moved to 1700 Hz.
    var low = (0.0, 0.0)
    return noise.indices.map { index in
      low.0 += 0.4 * (noise[index] - low.0)
      low.1 += 0.4 * (low.0 - low.1)
      return 2.6 * rms * low.1 * sin(2 * .pi * 1700 * Double(index) / 8000)
    }
  }

  /// A fax of one page: who calls, and who answers.
  private static func fax(rms: Double, page seconds: Double) -> (caller: [Double], called: [Double]) {
    var (caller, called) = (Signal.silence(seconds: 1), Signal.silence(seconds: 1))
    func send(_ signal: [Double], to leg: inout [Double], while other: inout [Double]) {
      leg += signal + Signal.silence(seconds: 0.2)
      other += signal.map { _ in 0 } + Signal.silence(seconds: 0.2)
    }
    for _ in 0..<3 {
      send(
        Telephony.tone([1100], rms: rms, seconds: 0.5) + Signal.silence(seconds: 2.8), to: &caller,
        while: &called)
    }
    send(Telephony.tone([2100], rms: rms, seconds: 3), to: &called, while: &caller)
    send(command(rms: rms, seed: 1), to: &called, while: &caller)
    send(command(rms: rms, seed: 2), to: &caller, while: &called)
    send(page(rms: rms, seconds: 1.5, seed: 5), to: &caller, while: &called)
    send(command(rms: rms, seed: 3), to: &called, while: &caller)
    send(page(rms: rms, seconds: seconds, seed: 6), to: &caller, while: &called)
    send(command(rms: rms, seed: 4), to: &caller, while: &called)
    send(command(rms: rms, seed: 5), to: &called, while: &caller)
    return (caller + Signal.silence(seconds: 1), called + Signal.silence(seconds: 1))
  }

  private func summary(
    _ left: [Double], _ right: [Double], received: ([Double]) -> [Double] = { $0 }
  ) -> CallSummary {
    let count = max(left.count, right.count)
    let legs = zip([left, right], [3, 5] as [UInt64]).map { leg, seed in
      let noise = Signal.noise(rms: 1e-4, seconds: Double(count) / 8000, seed: seed)
      return received(noise.indices.map { noise[$0] + ($0 < leg.count ? leg[$0] : 0) })
    }
    return Calls.summary(of: Signal.stereo(legs[0], legs[1]))
  }

  /// Whoever calls, at any level, through mu-law and GSM 6.10: a fax, no talk, and no dead air while the page is sent.
  @Test(arguments: [0.178, 0.0316]) func aFaxIsNoTalk(_ rms: Double) throws {
    let fax = Self.fax(rms: rms, page: 25)
    for received in [{ $0 }, Telephony.muLaw, Telephony.gsm] as [([Double]) -> [Double]] {
      for legs in [(fax.called, fax.caller), (fax.caller, fax.called)] {
        let summary = summary(legs.0, legs.1, received: received)
        #expect(summary.ending.kind == .fax && !summary.ending.abrupt)
        #expect(summary.parties.agent.talk == 0 && summary.parties.customer.talk == 0)
        #expect(summary.conversation.deadAir == 0 && summary.conversation.hold == 0)
        #expect(summary.events.map(\.type) == [.fax])
        let event = try #require(summary.events.first)
        #expect(abs(event.start - 1) < 0.2 && abs(event.end - summary.recording.duration) < 1.6)
      }
    }
  }

  /// A person who answers a fax machine says something, gets no answer, and hangs up.
  @Test func whoAnswersAFaxMachineHasNoConversation() throws {
    let calling = (0..<4).flatMap { _ in
      Telephony.tone([1100], rms: 0.1, seconds: 0.5) + Signal.silence(seconds: 3)
    }
    let person =
      Signal.silence(seconds: 2) + Signal.voice(pitch: 120, amplitude: 0.2, seconds: 1.5)
      + Signal.silence(seconds: 4) + Signal.voice(pitch: 120, amplitude: 0.2, seconds: 1.5)
    let summary = summary(person, calling)
    #expect(summary.ending.kind == .fax)
    #expect(
      summary.events.filter { $0.type == .fax }.count == 1 && !summary.events.contains { $0.type == .hold })
    #expect(abs(try #require(summary.parties.agent.talk) - 3) < 0.4 && summary.parties.customer.talk == 0)
  }

  /// A talk that ends in a fax keeps its words; after a fax, a talk is a talk.
  @Test func talkBesideAFaxIsTalk() throws {
    let fax = Self.fax(rms: 0.1, page: 10)
    let (one, other) = (
      Signal.voice(pitch: 120, amplitude: 0.2, seconds: 3) + Signal.silence(seconds: 3),
      Signal.silence(seconds: 3) + Signal.voice(pitch: 210, amplitude: 0.2, seconds: 3)
    )
    let summary = summary(one + fax.called, other + fax.caller)
    #expect(summary.ending.kind == .fax)
    #expect(abs(try #require(summary.parties.agent.talk) - 3) < 0.3)
    #expect(abs(try #require(summary.parties.customer.talk) - 3) < 0.3)
  }

  /// One channel carries the same.
  @Test func aFaxOnOneChannelIsAFax() {
    let fax = Self.fax(rms: 0.1, page: 10)
    let noise = Signal.noise(rms: 1e-4, seconds: Double(fax.caller.count) / 8000, seed: 3)
    let mix = noise.indices.map { noise[$0] + fax.caller[$0] + fax.called[$0] }
    let summary = Calls.summary(of: Signal.samples(mix), channels: 1)
    #expect(summary.ending.kind == .fax && summary.conversation.speech == 0)
  }

  /// A tone, a melody of such tones, and a voice are no commands.
  @Test func tonesAreNoFax() {
    let high = Telephony.tone([1709], rms: 0.1, seconds: 2) + Signal.silence(seconds: 2)
    let pair = Telephony.tone([1650, 1850], rms: 0.1, seconds: 0.5) + Signal.silence(seconds: 1)
    let voice = Signal.voice(pitch: 120, amplitude: 0.2, seconds: 3) + Signal.silence(seconds: 1)
    let summary = summary(voice + high + pair + voice + Telephony.tone([1100], rms: 0.1, seconds: 0.5), voice)
    #expect(!summary.events.contains { $0.type == .fax } && summary.ending.kind != .fax)
  }
}
