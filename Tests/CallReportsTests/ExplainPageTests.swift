import CallModel
import CallReports
import Testing

@Suite struct ExplainPageTests {
  private static let evidence = [
    FrameExplanation.Evidence(
      block: "noise", logOdds: 2.25,
      features: [FrameExplanation.Feature(name: "mean over the noise", value: 18.4, unit: "dB")]),
    FrameExplanation.Evidence(
      block: "channel", logOdds: -0.5,
      features: [FrameExplanation.Feature(name: "shared", value: 0, unit: "")]),
  ]

  @Test(arguments: [
    (FrameExplanation.Verdict.speech, "  The log-odds of speech are +1.4."),
    (.noSpeech, "  The log-odds of speech are +1.4, but the frames around are no speech."),
    (.digitalSilence, "  The line is digitally silent."),
    (.toneOrMusic, "  A tone or music is on the line: that is never speech."),
    (.tooSoft, "  Speech lies at most 42.5 dB under the loud talk."),
    (.noVoice, "  No voice was found on this channel around."),
  ])
  func eachVerdictIsSaid(_ verdict: FrameExplanation.Verdict, _ sentence: String) throws {
    let isAsked = verdict == .speech || verdict == .noSpeech
    let explanation = FrameExplanation(
      channel: 0, time: 12.3, verdict: verdict, levelDbov: -50.04, depthDb: -30, lowestDepthDb: -42.5,
      stages: isAsked
        ? [.init(scope: .channel, logOdds: 1.4, prior: -0.35, evidence: Self.evidence)] : [])
    let lines = explainPage([explanation], of: Sample.badCall).split(separator: "\n").map(String.init)
    #expect(lines[0].hasSuffix("at 12.30 s: " + (verdict == .speech ? "speech" : "no speech")))
    #expect(lines[1] == "  Level -50.0 dBov, 30.0 dB under the loud talk.")
    #expect(lines[2] == sentence)
    #expect(
      Array(lines.dropFirst(3))
        == (isAsked
          ? [
            "   -0.4  before anything is asked", "   +2.3  over the noise: mean over the noise 18.4 dB",
            "   -0.5  channel: shared 0.0",
          ] : []))
  }

  @Test func bothStagesAreShownAndTheSecondDecides() {
    let pair = FrameExplanation.Evidence(
      block: "turnTaking", logOdds: -3, features: [.init(name: "by chance", value: 2.5, unit: "")])
    let explanation = FrameExplanation(
      channel: 0, time: 12.3, verdict: .noSpeech, levelDbov: -50, depthDb: -16, lowestDepthDb: -42.5,
      stages: [
        .init(scope: .channel, logOdds: 1.4, prior: -0.35, evidence: Self.evidence),
        .init(scope: .bothChannels, logOdds: -2.75, prior: 0.25, evidence: [pair]),
      ])
    let lines = explainPage([explanation], of: Sample.badCall).split(separator: "\n").map(String.init)
    #expect(
      lines.dropFirst(2) == [
        "  The log-odds of speech are -2.8.", "  This channel alone: +1.4",
        "   -0.4  before anything is asked", "   +2.3  over the noise: mean over the noise 18.4 dB",
        "   -0.5  channel: shared 0.0", "  Both channels together: -2.8",
        "   +0.3  before anything is asked", "   -3.0  turn-taking: by chance 2.5",
      ])
  }
}
