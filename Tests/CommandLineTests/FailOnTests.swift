import CallModel
import Foundation
import TestSupport
import Testing

/// `--fail-on` and the formats of `inspect`, as commands.
struct FailOnTests {
  let folder = TemporaryFolder()

  /// Two channels with the same noise have the finding `both_channels_same`; silence is `no_human_answered`.
  func fill() {
    let noise = WaveBytes.noise(32_000).map { $0 / 16 }
    folder.makeFolder("share")
    folder.write(WaveBytes.pcm16(noise.flatMap { [$0, $0] }, channels: 2), as: "share/same.wav")
    folder.write(
      WaveBytes.pcm16([Int16](repeating: 0, count: 32_000), channels: 2), as: "share/silence.wav")
  }

  @Test func aFindingThatIsAskedForEndsWithFour() throws {
    fill()
    let share = folder.path.text + "/share"
    let store = folder.path.text + "/calls.sqlite"
    func status(_ arguments: String...) throws -> Int { try ProgramRun.talkspurt(arguments).status }
    #expect(try status("analyze", share) == 0)
    #expect(try status("analyze", share, "--fail-on", "escalation,both_channels_same") == 4)
    #expect(try status("analyze", share, "--fail-on", "escalation") == 0)
    #expect(try status("inspect", share + "/same.wav", "--fail-on", "both_channels_same") == 4)
    #expect(try status("inspect", share + "/silence.wav", "--fail-on", "both_channels_same") == 0)
    let all = ["ingest", share, "--store", store, "--json", "--fail-on=both_channels_same"]
    let night = try ProgramRun.talkspurt(all)
    #expect(night.status == 4)
    #expect(night.lines[0].contains(#""both_channels_same":1"#))
    // What was found in another night fails no other.
    #expect(try ProgramRun.talkspurt(all).status == 0)
    // A finding goes over a failure; without one, a failure is a failure.
    folder.write(Array("text".utf8), as: "share/note.wav")
    #expect(try status("analyze", share, "--fail-on", "both_channels_same") == 4)
    #expect(try status("analyze", share, "--fail-on", "escalation") == 3)
  }

  @Test func findingsThatAreNoneAreWrongUsage() throws {
    let run = try ProgramRun.talkspurt(["analyze", "x.wav", "--fail-on", "escalations"])
    #expect(run.status == 64)
    #expect(run.errors.contains("there is no finding escalations; the nearest is escalation."))
  }

  @Test func everyFormatIsWritten() throws {
    fill()
    func output(_ format: String) throws -> String {
      let run = try ProgramRun.talkspurt(
        ["inspect", folder.path.text + "/share/silence.wav", "--format", format])
      #expect(run.status == 0 && run.errors == "")
      return String(decoding: run.output, as: UTF8.self)
    }
    #expect(try output("textgrid").hasPrefix("File type = \"ooTextFile\"\n"))
    #expect(try output("webvtt").hasPrefix("WEBVTT\n"))
    #expect(try output("aws").contains("\"TotalConversationDurationMillis\" : 2000"))
    let waveform = try output("waveform")
    #expect(waveform.contains("\"samples_per_pixel\":256") && !waveform.dropLast().contains("\n"))
    let wrong = folder.write(Array("text".utf8), as: "note.wav")
    let failed = try ProgramRun.talkspurt(["inspect", wrong.text, "--format", "waveform"])
    #expect(failed.status == 1 && failed.output.isEmpty && failed.errors.contains("not_audio"))
  }
}
