import CallModel
import TestSupport
import Testing

/// A store of three calls that begin with the same announcement.
private struct Night {
  let folder = TemporaryFolder()
  let ingested: ProgramRun
  var store: String { folder.path.text + "/calls.sqlite" }

  init() throws {
    let share = folder.makeFolder("share")
    let prompt = Signal.voice(pitch: 130, amplitude: 0.3, seconds: 3)
    for (index, name) in ["a", "b\u{1B}[31m", "c"].enumerated() {
      let agent = Signal.silence(seconds: 1 + 0.37 * Double(index)) + prompt + Signal.silence(seconds: 1)
      let line = Signal.noise(rms: 0.0008, seconds: Double(agent.count) / 8000, seed: UInt64(index + 1))
      LibrarySound.write(
        Signal.stereo(zip(agent, line).map { $0 + $1 }, line.reversed()),
        to: share.appending(Array("\(name).wav".utf8)), as: .ulaw, channels: 2)
    }
    ingested = try ProgramRun.talkspurt([
      "ingest", share.text, "--agent", "left", "--store", folder.path.text + "/calls.sqlite", "--json",
    ])
  }

  func run(_ arguments: String...) throws -> ProgramRun {
    try ProgramRun.talkspurt([arguments[0], "--store", store] + arguments.dropFirst())
  }
}

@Suite struct PromptsCommandTests {
  @Test func promptsAreFoundListedLabelledAndExported() throws {
    let night = try Night()
    #expect(night.ingested.status == 0)
    #expect(night.ingested.errors.contains("1 recorded prompt found; label it with `talkspurt prompts`."))
    #expect(night.ingested.lines.first?.contains(#""new_prompts":1"#) == true)

    let list = try night.run("prompts")
    #expect(list.status == 0 && list.errors.isEmpty && list.lines.count == 2)
    #expect(list.lines[0].split(separator: " ") == ["id", "length_s", "calls", "kind", "label", "example"])
    let row = list.lines[1].split(separator: " ")
    #expect(row[0] == "1" && row[2] == "3" && row[3] == "unlabelled" && row[4] == "-")
    #expect(row.last?.hasSuffix("/share/a.wav") == true)

    let labelled = try night.run("prompts", "--label", "1", "Nobody is here", "--kind", "voicemail")
    #expect(labelled.status == 0 && labelled.output.isEmpty)
    #expect(try night.run("prompts").lines[1].contains("voicemail  Nobody is here"))

    let csv = try night.run("export", "--format", "csv", "--table", "prompts")
    #expect(csv.lines.first?.hasPrefix("id,length_s,calls,kind,label,first_path,first_start_s") == true)
    #expect(csv.lines[1].contains(",3,voicemail,Nobody is here,"))
    let json = try night.run("export", "--format", "ndjson", "--table", "prompts")
    #expect(json.lines.count == 1 && json.lines[0].contains(#""label":"Nobody is here""#))

    let calls = try night.run("export", "--format", "csv").lines.map { $0.split(separator: ",") }
    #expect(calls.count == 4 && calls[0].contains("prompt_s"))
    #expect(calls.dropFirst().allSatisfy { $0.contains("voicemail") })
    let events = try night.run("export", "--format", "csv", "--table", "events")
    #expect(events.lines.count { $0.contains(",prompt,") } == 3)
  }

  @Test func namesDoNotReachTheTerminalAsTheyAre() throws {
    let night = try Night()
    _ = try night.run("prompts", "--label", "1", "red \u{1B}[31m")
    let list = try night.run("prompts")
    #expect(!list.output.contains(0x1B) && list.lines[1].contains(#"\u{1B}"#))
  }

  @Test func wrongUsageIsSaid() throws {
    let night = try Night()
    #expect(try night.run("prompts", "--label", "one", "text").status == 64)
    #expect(try night.run("prompts", "--label", "1").status == 64)
    #expect(try night.run("prompts", "--kind", "ivr").status == 64)
    #expect(try night.run("export", "--format", "table", "--table", "prompts").status == 64)
    #expect(try night.run("export", "--format", "csv", "--table", "prompts", "--path", "*").status == 64)
    let unknown = try night.run("prompts", "--label", "7", "text")
    #expect(unknown.status == 1 && unknown.errors.contains("There is no prompt 7"))
    let missing = try ProgramRun.talkspurt(["prompts", "--store", night.store + "-none"])
    #expect(missing.status == 1 && missing.errors.contains("no store"))
  }
}
