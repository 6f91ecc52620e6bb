import CallModel
import TestSupport
import Testing

/// Whole calls against what was found the last time: is it unchanged?
///
/// Every figure of the summary stays what is recorded in `TestAudio/figures/`, within the tolerance of its unit, right or
/// wrong: a rule that is switched off shows. `RECORD_SNAPSHOTS=1` records them anew; what has moved is then in the diff.
struct FiguresTests {
  @Test(arguments: AnalysedTestAudio.calls) func figuresAreWhatTheyWere(_ call: TestCall) throws {
    let summary = try AnalysedTestAudio.summary(of: call)
    var found = try figures(of: summary)
    found.merge(scores(of: summary, against: call.truth)) { $1 }
    found.merge(try rolesWithoutHelp(call)) { $1 }
    let differences = try RecordedFigures(of: call).differences(to: found)
    #expect(differences.isEmpty, "\(differences.joined(separator: "; "))")
  }

  /// F1 of the frames of speech, and on one channel of those that are given to the right party.
  func scores(of summary: CallSummary, against truth: Truth) -> [String: Figure] {
    let byParty = FrameCounts(of: summary, against: truth)
    guard truth.layout == .mono else { return ["score.speech_f1": rounded(byParty.f1)] }
    let speech = FrameCounts(ofMixed: summary, against: truth)
    return ["score.speech_f1": rounded(speech.f1), "score.party_f1": rounded(byParty.f1)]
  }

  private func rounded(_ score: Double) -> Figure { .number((score * 1000).rounded() / 1000) }

  /// Who is the agent where nobody says.
  func rolesWithoutHelp(_ call: TestCall) throws -> [String: Figure] {
    let summary = try AnalysedTestAudio.analyse(call, roles: .auto)
    let turns = summary.parties.agent.turns
    return [
      "auto.agent_channel": summary.parties.agent.channel.map { .number(Double($0)) } ?? .nothing,
      "auto.agent_turns": turns.map { .number(Double($0)) } ?? .nothing,
      "auto.source": .text(summary.roles.source.rawValue),
      "auto.confidence": .number(summary.roles.confidence),
    ]
  }
}
