import CallModel
import TestSupport
import Testing

@testable import CallAnalysis

/// Whether a cut word is told by its sound: a call of two voices with noise on both lines, in which the customer makes a
/// last sound after a pause of 1 s.
struct CutSoundTests {
  private static let hiss = 6e-4

  /// A word of some seconds; a natural one fades.
  private static func word(_ seconds: Double, fading: Bool = false) -> [Double] {
    let sound = Signal.voice(pitch: 130, amplitude: 0.2, seconds: seconds)
    guard fading else { return sound }
    return sound.indices.map { sound[$0] * min(1, Double(sound.count - $0) / 800) }
  }

  /// A call that ends with a sound of the customer's, and some seconds of a dead leg after it.
  private static func ending(
    _ last: [Double], dead: Double = 0, deadSound: [Double] = [], codec: ([Double]) -> [Double] = { $0 }
  ) -> Ending {
    let agent = Signal.voice(pitch: 205, amplitude: 0.3, seconds: 3) + Signal.silence(seconds: 4)
    let customer = Signal.silence(seconds: 3.4) + word(2.6, fading: true) + Signal.silence(seconds: 1) + last
    let count = customer.count
    let after = deadSound + Signal.silence(seconds: max(0, dead - Double(deadSound.count) / 8000))
    let left = agent + Signal.silence(seconds: Double(count + after.count - agent.count) / 8000 + 0.01)
    let noise = Signal.noise(rms: hiss, seconds: 20, seed: 3)
    let right = zip(customer, noise).map { $0 + $1 } + after
    let hissing = zip(left.prefix(right.count), noise.reversed()).map { $0 + $1 }
    return Calls.summary(of: Signal.stereo(codec(hissing), codec(right))).ending
  }

  @Test(arguments: [0.06, 0.08, 0.1, 0.14, 0.25, 0.7]) func aWordIsCutHoweverLateItBegan(_ seconds: Double) {
    let ending = Self.ending(Self.word(seconds))
    #expect(ending.kind == .cutOff && ending.cutParty == .customer && ending.confidence > 0.6)
  }

  @Test(arguments: [0, 0.03, 0.1, 0.5]) func aWordThatHasFadedIsNotCut(_ rest: Double) {
    #expect(Self.ending(Self.word(0.6, fading: true) + Signal.silence(seconds: rest)).kind == .natural)
  }

  @Test(arguments: [0.01, 0.025]) func aClickIsNoWord(_ seconds: Double) {
    #expect(Self.ending(Signal.sine(300, amplitude: 0.2, seconds: seconds)).kind == .natural)
  }

  @Test(arguments: [0.05, 0.15]) func aBurstOfNoiseIsNoWord(_ seconds: Double) {
    #expect(Self.ending(Signal.noise(rms: 0.05, seconds: seconds, seed: 9)).kind == .natural)
  }

  @Test(arguments: [0.1, 0.7]) func aLegDiesInAWord(_ seconds: Double) {
    let ending = Self.ending(Self.word(seconds), dead: 2)
    #expect(ending.kind == .cutOff && ending.firstLegGone == .customer)
    #expect(Self.ending(Self.word(0.6, fading: true), dead: 2).kind == .natural)
  }

  /// A busy tone is not the leg's life, nor is what a codec makes of it, nor of a loud word that is cut.
  @Test func aLegDiesBeforeABusyTone() {
    let pulse = Signal.sine(425, amplitude: 0.1, seconds: 0.5) + Signal.silence(seconds: 0.5)
    let busy = Signal.silence(seconds: 0.2) + pulse + pulse + pulse
    #expect(Self.ending(Self.word(0.7), dead: 4, deadSound: busy).cutParty == .customer)
    #expect(Self.ending(Self.word(0.7), dead: 4, deadSound: busy, codec: Telephony.gsm).cutParty == .customer)
    #expect(Self.ending(Self.word(0.7), dead: 2, codec: Telephony.gsm).cutParty == .customer)
    #expect(Self.ending(Self.word(0.6, fading: true), dead: 4, deadSound: busy).kind == .natural)
  }
}
