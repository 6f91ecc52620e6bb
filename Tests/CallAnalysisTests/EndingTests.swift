import CallModel
import TestSupport
import Testing

/// Holds of periodic beeps that nobody comes back from; calls with music are among the test recordings.
struct EndingTests {
  private let pause = Signal.silence(seconds: 4)
  private let talk = Signal.voice(pitch: 120, amplitude: 0.3, seconds: 3)
  /// A beep of 0.4 s every 8 s, four of them, and 5 s more.
  private var beeps: [Double] {
    let beep = Signal.sine(425, amplitude: 0.1, seconds: 0.4)
    return (0..<4).flatMap { beep + Signal.silence(seconds: $0 < 3 ? 7.6 : 5) }
  }

  private func summary(_ left: [Double], _ right: [Double]) -> CallSummary {
    let noise = { (seed: UInt64) in
      Signal.noise(rms: 3e-4, seconds: Double(max(left.count, right.count)) / 8000, seed: seed)
    }
    func noisy(_ signal: [Double], _ seed: UInt64) -> [Double] {
      noise(seed).enumerated().map { $1 + ($0 < signal.count ? signal[$0] : 0) }
    }
    return Calls.summary(of: Signal.stereo(noisy(left, 1), noisy(right, 2)))
  }

  @Test func whoLeavesAHoldOfBeepsHasAbandonedIt() {
    let answer = Signal.voice(pitch: 210, amplitude: 0.2, seconds: 3)
    let held = summary(talk + pause + pause + beeps, pause + answer)
    #expect(held.events.contains { $0.type == .hold && $0.kind == .beep && $0.leg == .agent })
    #expect(held.ending.kind == .abandonedOnHold)
    #expect(held.ending.abrupt)
    #expect(held.findings.contains { $0.code == .abandonedOnHold })

    let queued = summary(talk + pause + beeps, [])
    #expect(queued.ending.kind == .abandonedInQueue)
  }

  @Test func whoIsAnsweredAfterBeepsHasNot() {
    let answer = Signal.voice(pitch: 210, amplitude: 0.2, seconds: 3)
    let back = summary(talk + pause + pause + beeps + talk + pause, pause + answer)
    #expect(back.ending.kind == .natural)
    // Ringing off long after the last beep is no hold any more.
    let late = summary(talk + pause + pause + beeps + pause + pause + pause, pause + answer)
    #expect(late.ending.kind == .natural)
  }

  @Test func beepsInOneChannelAreAHoldToo() {
    let call = zip(talk + pause + beeps, Signal.noise(rms: 3e-4, seconds: 60, seed: 3)).map { $0 + $1 }
    let summary = Calls.summary(of: Signal.samples(call), channels: 1)
    #expect(summary.ending.kind == .abandonedOnHold)
  }
}
