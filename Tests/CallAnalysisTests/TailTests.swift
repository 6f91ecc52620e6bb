import CallModel
import TestSupport
import Testing

/// The silence from the last sound to the end of the recording.
struct TailTests {
  private enum Codec: CaseIterable {
    case pcm, muLaw, gsm

    func received(_ signal: [Double]) -> [Double] {
      switch self {
      case .pcm: signal
      case .muLaw: Telephony.muLaw(signal)
      case .gsm: Telephony.gsm(signal)
      }
    }
  }

  private static let agent =
    Signal.voice(pitch: 120, amplitude: 0.3, seconds: 3) + Signal.silence(seconds: 3)
  private static let customer =
    Signal.silence(seconds: 3.5) + Signal.voice(pitch: 210, amplitude: 0.3, seconds: 2.5)

  /// A call of 6 s of talk, and what comes after it on the agent's leg; both legs with noise of a level.
  private func call(
    after: [Double], noise: Double = 3e-4, codec: (([Double]) -> [Double])? = nil
  ) -> CallSummary {
    let legs = [Self.agent + after, Self.customer + after.map { _ in 0 }]
    let lines = zip(legs, [7, 9] as [UInt64]).map { leg, seed in
      let line = zip(leg, Signal.noise(rms: noise, seconds: Double(leg.count) / 8000, seed: seed)).map(+)
      return codec?(line) ?? line
    }
    return Calls.summary(of: Signal.stereo(lines[0], lines[1]))
  }

  /// A recorder runs on: that is no dead air, whatever the noise of the line and its codec.
  @Test(arguments: [0, 3e-4, 3e-3]) func silenceAfterTheLastWordIsTheTail(_ noise: Double) throws {
    for codec in Codec.allCases {
      let summary = call(after: Signal.silence(seconds: 30), noise: noise, codec: codec.received)
      #expect(!summary.events.contains { $0.type == .deadAir } && summary.conversation.deadAir == 0)
      #expect(summary.conversation.deadAirCounts["10"] == 0)
      #expect(abs(try #require(summary.ending.tail) - 30) < 0.4, "\(codec)")
      let finding = try #require(summary.findings.first { $0.code == .longTail })
      #expect(finding.severity == .notice && finding.end == summary.recording.duration)
      #expect(!summary.findings.contains { $0.code == .deadAir })
    }
  }

  /// What is heard once more ends the tail, and makes the silence before it dead air.
  @Test func aToneEndsTheTail() throws {
    let busy = (0..<6).flatMap { _ in
      Telephony.tone([425], rms: 0.05, seconds: 0.48) + Signal.silence(seconds: 0.48)
    }
    let summary = call(after: Signal.silence(seconds: 12) + busy + Signal.silence(seconds: 2))
    #expect(abs(try #require(summary.ending.tail) - 2.48) < 0.1)
    let silence = try #require(summary.events.first { $0.type == .deadAir })
    #expect(abs(silence.range.duration - 12) < 0.4)
  }

  @Test func whereNothingIsHeardThereIsNoTail() {
    let summary = Calls.summary(of: [Int16](repeating: 0, count: 160_000))
    #expect(summary.ending.tail == nil && summary.notMeasured.contains { $0.field == "ending.tail_s" })
    #expect(!summary.findings.contains { $0.code == .longTail })
  }
}
