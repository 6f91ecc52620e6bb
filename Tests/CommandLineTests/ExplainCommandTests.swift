import Foundation
import TestSupport
import Testing

/// `explain`, as a command.
struct ExplainCommandTests {
  private static let call = TestAudio.folder + "/interruptions-pcm16.wav"

  @Test func theEvidenceAddsUpAndAgreesWithTheTalkspurts() throws {
    let summary = try ProgramRun.talkspurt(["inspect", Self.call, "--format", "json"])
    let whole = try #require(
      try JSONSerialization.jsonObject(with: Data(summary.output)) as? [String: Any])
    let parties = try #require(whole["parties"] as? [String: [String: Any]])
    for moment in [1.0, 4.2, 9.5, 13.0, 19.9] {
      let run = try ProgramRun.talkspurt(["explain", Self.call, "--at", "\(moment)", "--format", "json"])
      #expect(run.status == 0)
      let frames = try #require(
        try JSONSerialization.jsonObject(with: Data(run.output)) as? [[String: Any]])
      #expect(frames.count == 2)
      for frame in frames {
        let channel = try #require(frame["channel"] as? Int)
        let party = try #require(parties.values.first { $0["channel"] as? Int == channel })
        let talkspurts = try #require(party["talkspurts"] as? [[Double]])
        let isTalk = talkspurts.contains { $0[0] <= moment && moment < $0[1] }
        let verdict = try #require(frame["verdict"] as? String)
        // What is too soft for speech lies in a pause that is filled.
        #expect((verdict == "speech") == isTalk || verdict == "too_soft" || verdict == "digital_silence")
        let stages = try #require(frame["stages"] as? [[String: Any]])
        #expect(
          stages.compactMap { $0["scope"] as? String }
            == (stages.isEmpty ? [] : ["channel", "both_channels"]))
        for stage in stages {
          let odds = try #require(stage["logOdds"] as? Double)
          guard abs(odds) < 8 else { continue }
          let evidence = try #require(stage["evidence"] as? [[String: Any]])
          let prior = try #require(stage["prior"] as? Double)
          let sum: Double = evidence.reduce(prior) { $0 + ($1["logOdds"] as? Double ?? .nan) }
          #expect(abs(sum - odds) < 0.01)
        }
      }
    }
  }

  @Test func aMomentBehindTheEndIsRefused() throws {
    let run = try ProgramRun.talkspurt(["explain", Self.call, "--at", "1:00:00"])
    #expect(run.status == 1 && run.output.isEmpty)
    #expect(run.errors.contains("before --at"))
  }

  @Test(arguments: ["x", "1:60", "-3", "1:2:3:4", "", "1e3"]) func wrongMomentsAreWrongUsage(_ moment: String)
    throws
  {
    #expect(try ProgramRun.talkspurt(["explain", Self.call, "--at=\(moment)"]).status == 64)
  }
}
