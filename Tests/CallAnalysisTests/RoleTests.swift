import CallModel
import TestSupport
import Testing

@testable import CallAnalysis

/// Who is on which channel, from signs that the tests make.
struct RoleTests {
  private func voice(_ pitch: Double, _ seconds: Double) -> [Double] {
    Signal.voice(pitch: pitch, amplitude: 0.3, seconds: seconds)
  }

  /// Roles inferred from a call and from the same with its channels exchanged: the same confidence, the agent on
  /// the other side.
  private func roles(_ agent: [Double], _ customer: [Double]) -> (isRight: Bool, confidence: Double) {
    let seconds = Double(max(agent.count, customer.count)) / 8000
    func line(_ signal: [Double], _ seed: UInt64) -> [Double] {
      Signal.noise(rms: 3e-4, seconds: seconds, seed: seed).enumerated().map {
        $1 + ($0 < signal.count ? signal[$0] : 0)
      }
    }
    let (a, c) = (line(agent, 1), line(customer, 2))
    let one = Calls.summary(of: Signal.stereo(a, c), roles: .auto)
    let other = Calls.summary(of: Signal.stereo(c, a), roles: .auto)
    #expect(one.roles.source == .inferred && one.roles == other.roles)
    #expect(one.parties.agent.channel == 1 - (other.parties.agent.channel ?? 0))
    return (one.parties.agent.channel == 0, one.roles.confidence)
  }

  @Test func whoGreetsBrieflyAndIsToldAtLengthIsTheAgent() {
    let told = roles(
      voice(120, 1.5) + Signal.silence(seconds: 6) + voice(120, 2),
      Signal.silence(seconds: 2) + voice(210, 5))
    #expect(told.isRight)
    // A long greeting stays a greeting.
    let long = roles(
      voice(120, 5) + Signal.silence(seconds: 6) + voice(120, 2),
      Signal.silence(seconds: 5.5) + voice(210, 5))
    #expect(long.isRight && long.confidence > told.confidence)
    // A caller who says hello before anybody else tells their business later: that is less sure.
    let unsure = roles(
      Signal.silence(seconds: 2) + voice(210, 1.5),
      voice(120, 1.5) + Signal.silence(seconds: 2.5) + voice(120, 5))
    #expect(unsure.isRight)
    #expect(told.confidence > 0.85 && unsure.confidence < 0.75)
  }

  /// The telephone of who is called rings: a business greets, a person at home says a short word and is told at length.
  @Test func aRingIsOnTheLegOfWhoIsCalled() {
    let ring = Signal.sine(425, amplitude: 0.1, seconds: 1) + Signal.silence(seconds: 4)
    let rings = ring + ring + Signal.silence(seconds: 0.5)
    let business = roles(
      rings + voice(120, 3) + Signal.silence(seconds: 5) + voice(120, 2),
      Signal.silence(seconds: 14) + voice(210, 4))
    #expect(business.isRight && business.confidence > 0.9)
    let home = roles(
      Signal.silence(seconds: 11.5) + voice(120, 5), rings + voice(210, 0.8) + Signal.silence(seconds: 5))
    #expect(home.isRight && home.confidence < 0.9)
  }

  /// Where a name or a record says who called, the same ring is the customer's or the business's.
  @Test func theDirectionTellsWhoseTelephoneRings() {
    let ring = Signal.sine(425, amplitude: 0.1, seconds: 1) + Signal.silence(seconds: 4)
    let called = ring + ring + Signal.silence(seconds: 0.5) + voice(120, 3) + Signal.silence(seconds: 6)
    let caller = Signal.silence(seconds: 14) + voice(210, 4)
    func agent(_ direction: CallDirection?) -> (channel: Int?, roles: Roles) {
      var analyzer = CallAnalyzer(
        format: SignalFormat(sampleRate: 8000, channels: 2, encoding: "PCM_16"), settings: AnalysisSettings())
      let samples = Signal.stereo(called, caller)
      analyzer.consume(samples.span)
      let recording = Calls.summary(of: samples).recording
      let summary = analyzer.finish(
        recording: recording, analysis: Analysis(version: "test", settingsHash: ""), roles: .auto,
        direction: direction)
      return (summary.parties.agent.channel, summary.roles)
    }
    #expect(agent(nil).channel == 0 && agent(.inbound).channel == 0 && agent(.outbound).channel == 1)
    #expect(agent(.outbound).roles.source == .inferred && agent(.outbound).roles.confidence > 0.9)
    #expect(agent(.inbound).roles.confidence >= agent(nil).roles.confidence)
  }

  @Test func holdsOfBeepsAreTheBusinesses() {
    let beep = Signal.sine(425, amplitude: 0.1, seconds: 0.4) + Signal.silence(seconds: 5.6)
    let held = roles(
      Signal.silence(seconds: 5) + voice(120, 1.5) + Signal.silence(seconds: 3) + beep + beep + beep + beep,
      voice(210, 4))
    #expect(held.isRight)
  }

  @Test func whoAloneSpeaksIsTheBusiness() {
    let alone = roles(Signal.silence(seconds: 1) + voice(120, 8), Signal.silence(seconds: 10))
    #expect(alone.isRight && alone.confidence > 0.9)
  }

  /// Who speaks where both legs start together is no sign, whichever leg comes first.
  @Test func legsThatStartTogetherTellNothing() {
    func decided(_ first: [FrameRange], _ second: [FrameRange]) -> (agent: Leg, roles: Roles) {
      let legs = ByLeg(first, second).map { runs in
        var leg = LegRecord()
        leg.talkspurts = runs.map { Talkspurt(frames: $0, level: -20, pitch: 120, tilt: 0, syllables: 4) }
        return leg
      }
      return LegRoles.decide(.auto, legs: legs, signals: ByLeg([], []), settings: TurnSettings())
    }
    let together = [100..<700, 1000..<1100]
    for other in [[100..<700], [100..<690, 1000..<1100], [100..<700, 1000..<1100]] {
      let (one, exchanged) = (decided(together, other), decided(other, together))
      #expect(one.roles.source == .assumed && exchanged.roles.source == .assumed)
    }
    // A turn that starts alone is one.
    let (one, exchanged) = (
      decided([100..<200, 1000..<1400], [100..<200]), decided([100..<200], [100..<200, 1000..<1400])
    )
    #expect(one.agent == .second && exchanged.agent == .first && one.roles == exchanged.roles)
  }
}
