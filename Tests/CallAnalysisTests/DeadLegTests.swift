import CallModel
import TestSupport
import Testing

@testable import CallAnalysis

/// Legs that carry nothing more, or nothing at all.
struct DeadLegTests {
  private static let turn = Signal.voice(pitch: 120, amplitude: 0.2, seconds: 3)
  private static let reply = Signal.voice(pitch: 210, amplitude: 0.2, seconds: 3)
  private static let gap = Signal.silence(seconds: 3)

  private func line(_ signal: [Double], seed: UInt64, until seconds: Double = .infinity) -> [Double] {
    let noise = Signal.noise(rms: 3e-4, seconds: Double(signal.count) / 8000, seed: seed)
    return signal.indices.map { Double($0) < 8000 * seconds ? signal[$0] + noise[$0] : 0 }
  }

  /// The customer's leg dies in a pause at 12 s; the agent goes on for so many turns.
  private func call(turns: Int, noisy: Bool = true) -> CallSummary {
    let agent = (0..<2 + turns).flatMap { _ in Self.turn + Self.gap }
    let customer =
      Self.gap + Self.reply + Self.gap + Self.reply + (0..<turns).flatMap { _ in Self.gap + Self.gap }
    let right = noisy ? line(customer, seed: 2, until: 12) : Telephony.muLaw(customer)
    return Calls.summary(of: Signal.stereo(line(agent, seed: 1), right))
  }

  @Test func aLegThatDiesWhileTheOtherGoesOnIsTold() throws {
    let summary = call(turns: 3)
    let dead = try #require(summary.events.first { $0.type == .legDead })
    #expect(dead.leg == .customer && abs(dead.start - 12) < 0.1 && dead.end == summary.recording.duration)
    let finding = try #require(summary.findings.first { $0.code == .legDead })
    #expect(finding.party == .customer && finding.severity == .notice && finding.start == dead.start)
  }

  /// Who has hung up is not talked to; who listens over a gated line may say nothing for a while.
  @Test func aLegThatIsLeftOrListensIsNotDead() {
    #expect(!call(turns: 0).events.contains { $0.type == .legDead })
    #expect(!call(turns: 3, noisy: false).events.contains { $0.type == .legDead })
    #expect(call(turns: 9, noisy: false).events.contains { $0.type == .legDead })
  }

  /// A call that is longer than a section remembers when its leg died.
  @Test func theDeathIsRememberedOverSections() throws {
    let agent = (0..<20).flatMap { _ in Self.turn + Self.gap }
    let customer = (0..<4).flatMap { _ in Self.gap + Self.reply } + (0..<32).flatMap { _ in Self.gap }
    var settings = AnalysisSettings()
    settings.sections.lengthS = 40
    settings.sections.contextS = 5
    let summary = Calls.summary(
      of: Signal.stereo(line(agent, seed: 1), line(customer, seed: 2, until: 26)), settings: settings)
    #expect(abs(try #require(summary.events.first { $0.type == .legDead }).start - 26) < 0.1)
  }

  @Test func aLegOfDigitalSilenceIsAFinding() throws {
    let agent = line(Self.turn + Self.gap + Self.turn + Self.gap, seed: 1)
    let summary = Calls.summary(of: Signal.stereo(agent, agent.map { _ in 0 }))
    let finding = try #require(summary.findings.first { $0.code == .legDead })
    #expect(finding.party == .customer && finding.start == 0)
    #expect(!summary.findings.contains { $0.code == .silentRecording })
    // A ring on it is a sound.
    let ring = (0..<2).flatMap { _ in Telephony.tone([425], rms: 0.05, seconds: 1) + Self.gap + Self.gap }
    let ringing = Calls.summary(of: Signal.stereo(agent, ring))
    #expect(!ringing.findings.contains { $0.code == .legDead })
  }

  /// Whatever constant the codec repeats: 0, or 8 of A-law, or an offset.
  @Test(arguments: [0, 8, 300] as [Int16], [1, 2]) func aRecordingOfDigitalSilenceIsAFinding(
    _ value: Int16, _ channels: Int
  ) {
    let summary = Calls.summary(of: [Int16](repeating: value, count: 80_000 * channels), channels: channels)
    #expect(summary.findings.map(\.code).contains(.silentRecording))
    #expect(!summary.findings.map(\.code).contains(.legDead))
    let noise = Signal.noise(rms: 3e-4, seconds: 10, seed: 3)
    let live = Calls.summary(of: Signal.stereo(noise, noise.reversed()))
    #expect(!live.findings.map(\.code).contains(.silentRecording))
  }
}
