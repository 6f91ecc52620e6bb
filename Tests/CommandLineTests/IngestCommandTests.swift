import CallModel
import CallReports
import CallStore
import Foundation
import TestSupport
import Testing

/// A share of short recordings, every third of which is text, and the program run over it.
private struct Share {
  let folder = TemporaryFolder()
  let names: [String]
  var path: String { folder.path.text + "/share" }
  var store: String { folder.path.text + "/night.sqlite" }

  init(_ count: Int, seconds: Int = 1) {
    names = (0..<count).map { "\($0 / 10)\($0 % 10).wav" }
    folder.makeFolder("share")
    let noise = WaveBytes.noise(16_000 * seconds)
    for (index, name) in names.enumerated() {
      // Another first sample is another content.
      let samples = [Int16(index)] + noise.dropFirst().map { $0 / 16 }
      folder.write(
        index % 3 == 2 ? Array("no sound".utf8) : WaveBytes.pcm16(samples, channels: 2), as: "share/" + name)
    }
  }

  var broken: Int { names.count / 3 }

  func ingest(_ more: String...) throws -> ProgramRun {
    try ProgramRun.talkspurt(["ingest", path, "--store", store, "--json"] + more)
  }

  func export(_ more: String..., store: String? = nil) throws -> ProgramRun {
    try ProgramRun.talkspurt(["export", "--store", store ?? self.store] + more)
  }

  /// Starts a run and sends it `signal` as soon as it has told of so many failures. Answers its exit status,
  /// or the signal's number where that ended it, and the names it told of.
  func ingest(_ signal: Int32, afterFailures count: Int) throws -> (
    status: Int32, output: String, told: [String]
  ) {
    let process = Process()
    let (errors, output) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "talkspurt")
    process.arguments = ["ingest", path, "--store", store, "--jobs", "2", "--json"]
    process.standardError = errors
    process.standardOutput = output
    try process.run()
    var text = Data()
    while text.count(where: { $0 == UInt8(ascii: "\n") }) < count {
      let piece = errors.fileHandleForReading.availableData
      if piece.isEmpty { break }
      text += piece
    }
    kill(process.processIdentifier, signal)
    text += errors.fileHandleForReading.readDataToEndOfFile()
    let counts = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let told = String(decoding: text, as: UTF8.self).split(separator: "\n").filter {
      $0.hasSuffix("(not_audio)")
    }
    return (
      process.terminationStatus, String(decoding: counts, as: UTF8.self),
      told.compactMap { line in names.first { line.contains("/\($0):") } }
    )
  }

  /// What is in the store: the name of each recording and whether it was analysed.
  func kept() throws -> [String: Bool] {
    var kept: [String: Bool] = [:]
    try CallStore(reading: store).forEachRecording(in: Selection()) { recording in
      switch try recording.outcome() {
      case .analysed(let call): kept[RecordingPath(call.recording.path).name.text] = true
      case .failed(let failure): kept[RecordingPath(failure.path).name.text] = false
      }
    }
    return kept
  }
}

@Suite struct IngestCommandTests {
  @Test func theNightAndTheNextOne() throws {
    let share = Share(9)
    let first = try share.ingest()
    #expect(first.status == 3)
    #expect(first.errors.contains("6 analysed, 0 unchanged, 3 failed\n"))
    #expect(first.errors.contains("/02.wav: ") && first.errors.contains("(not_audio)"))
    #expect(first.lines.count == 1 && first.lines[0].contains(#""analysed":6"#))

    let before = try share.export("--format", "ndjson").output
    let second = try share.ingest()
    #expect(second.status == 0)
    #expect(second.errors == "0 analysed, 6 unchanged, 3 failed before\n")
    #expect(try share.export("--format", "ndjson").output == before)
    #expect(try share.ingest("--quiet").errors == "")
  }

  @Test func theStoreGivesBackWhatAnalyzeSays() throws {
    let share = Share(5)
    let odd: [UInt8] = Array("share/caf".utf8) + [0xE9] + Array(".wav".utf8)
    share.folder.write(WaveBytes.pcm16(WaveBytes.noise(4_000)), as: odd)
    _ = try share.ingest()
    let analyzed = try ProgramRun.talkspurt(["analyze", share.path])
    #expect(analyzed.lines.count == 6)
    #expect(try share.export("--format", "ndjson").output == analyzed.output)
  }

  @Test func aShareHasOnePathWhereverTheBatchIsStarted() throws {
    let share = Share(3)
    _ = try share.ingest()
    let again = try ProgramRun.talkspurt(
      ["ingest", "./share/", "--store", share.store], in: share.folder.path.text)
    #expect(again.errors == "0 analysed, 2 unchanged, 1 failed before\n")
  }

  @Test func otherSettingsAreAnotherAnalysis() throws {
    let share = Share(3)
    _ = try share.ingest()
    let before = try share.export("--format", "ndjson").output
    let refused = try share.ingest("--agent", "right")
    #expect(refused.status == 1 && refused.errors.contains("2 of 2 calls would be analysed anew"))
    #expect(try share.export("--format", "ndjson").output == before)
    let accepted = try share.ingest("--agent", "right", "--accept-settings")
    #expect(accepted.errors.contains("2 analysed, 0 unchanged, 1 failed\n"))
    #expect(try share.ingest("--agent", "right").errors == "0 analysed, 2 unchanged, 1 failed before\n")
  }

  @Test(arguments: [0, 1, 2, 5, 9])
  func aKilledRunLosesNothingThatItToldOf(failures: Int) throws {
    let share = Share(30)
    let killed = try share.ingest(SIGKILL, afterFailures: failures)
    #expect(killed.told.count >= failures)
    let kept = FileManager.default.fileExists(atPath: share.store) && failures > 0 ? try share.kept() : [:]
    if let last = killed.told.last {
      // Recordings are told of in order: what comes before the last one told of is there as well.
      for name in share.names.prefix(while: { $0 <= last }) { #expect(kept[name] != nil, "\(name)") }
    }

    let rest = try share.ingest()
    #expect(rest.status == 0 || rest.status == 3)
    let all = try share.kept()
    #expect(all.count == 30 && all.values.count { $0 } == 20)
    let output = try share.export("--format", "ndjson").output
    #expect(try ProgramRun.talkspurt(["analyze", share.path]).output == output)
    #expect(try share.ingest().errors == "0 analysed, 20 unchanged, 10 failed before\n")
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func aSignalLetsTheCallsInFlightFinish(signal: Int32) throws {
    let share = Share(60, seconds: 4)
    let stopped = try share.ingest(signal, afterFailures: 1)
    #expect(stopped.output.hasPrefix("{"), "it says what it did")
    #expect(stopped.status == (stopped.output.contains(#""stopped":true"#) ? 1 : 3))
    let kept = try share.kept()
    let counts = try JSONDecoder().decode(RunCounts.self, from: Data(stopped.output.utf8))
    #expect(counts.analysed == kept.values.count { $0 })
    #expect(counts.failed == kept.values.count { !$0 })
    _ = try share.ingest()
    #expect(try share.kept().count == 60)
  }

  @Test func aSecondRunAtTheSameTimeIsRefused() throws {
    let share = Share(3)
    try CallStore.holding(share.store) {
      let refused = try share.ingest()
      #expect(refused.status == 11)
      #expect(refused.output.isEmpty && refused.errors.contains("Another run holds"))
    }
    #expect(try share.ingest().status == 3)
  }

  @Test func whatCannotBeDoneIsSaid() throws {
    let share = Share(3)
    let file = share.path + "/00.wav"
    let before = TemporaryFolder.read(RecordingPath(file))
    #expect(try ProgramRun.talkspurt(["ingest", share.path]).status == 64)
    #expect(try ProgramRun.talkspurt(["ingest", share.path, "--store", file]).status == 64)
    #expect(
      try ProgramRun.talkspurt(["ingest", share.path, "--store", share.store, "--jobs", "0"]).status == 64)
    let missing = try ProgramRun.talkspurt(["ingest", share.path + "/none", "--store", share.store])
    #expect(missing.status == 1 && missing.errors.contains("No such file"))
    let text = share.folder.write(Array("a text of somebody".utf8), as: "text.txt")
    let foreign = try ProgramRun.talkspurt(["ingest", share.path, "--store", text.text])
    #expect(foreign.status == 1 && foreign.errors.contains("not a store"))
    #expect(TemporaryFolder.read(text) == Array("a text of somebody".utf8))
    #expect(TemporaryFolder.read(RecordingPath(file)) == before)
  }
}

@Suite struct ExportCommandTests {
  @Test func csvHasARowForEachRecording() throws {
    let share = Share(6)
    _ = try share.ingest()
    let csv = try share.export("--format", "csv")
    #expect(csv.status == 0)
    #expect(csv.lines.count == 7)
    #expect(csv.lines[0].hasPrefix(CallsTable.header.prefix(3).joined(separator: ",")))
    #expect(csv.lines[1].contains("/share/00.wav") && csv.lines[3].contains("not_audio"))
    #expect(try share.export("--format", "csv", "--path", "*/03.wav").lines.count == 2)
    #expect(
      try share.export("--format", "csv", "--finding", "escalation", "--until", "1970-01-02").lines.count == 1
    )
    let events = try share.export("--format", "csv", "--table", "events")
    #expect(events.lines.first?.hasPrefix(EventsTable.header.joined(separator: ",")) == true)
  }

  @Test func eventsCarryTheirPath() throws {
    let share = Share(0)
    let call = CallSummary.sample(RecordingPath("/share/a.wav"))
    try CallStore(at: share.store).record(
      .analysed(call), of: RecordingFile(path: RecordingPath("/share/a.wav"), size: 1, modified: 1),
      under: call.analysis)
    let lines = try share.export("--format", "ndjson", "--table", "events").lines
    #expect(
      lines == [
        #"{"by":"agent","confidence":0.9,"end_s":11.5,"outcome":"successful","path":"/share/a.wav","#
          + #""path_b64":null,"start_s":10,"type":"interruption"}"#,
        #"{"end_s":105,"kind":"music","leg":"agent","path":"/share/a.wav","path_b64":null,"start_s":60,"type":"hold"}"#,
      ])
  }

  @Test func anOutputIsWholeAndItsOwners() throws {
    let share = Share(3)
    _ = try share.ingest()
    let file = share.folder.path.text + "/calls.csv"
    for _ in 1...2 { #expect(try share.export("--format", "csv", "--output", file).status == 0) }
    #expect(try TemporaryFolder.read(RecordingPath(file)) == share.export("--format", "csv").output)
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let left = try FileManager.default.contentsOfDirectory(atPath: share.folder.path.text)
    #expect(left.filter { !$0.hasPrefix("night.sqlite") }.sorted() == ["calls.csv", "share"])
  }

  @Test func recordingsAndStoresAreNotReplaced() throws {
    let share = Share(3)
    _ = try share.ingest()
    let hidden = share.folder.write(WaveBytes.pcm16([1, 2, 3]), as: "sound.bin")
    for path in [
      share.path + "/00.wav", share.path + "/new.flac", share.store, hidden.text, share.path, "/dev/null",
    ] {
      let refused = try share.export("--format", "csv", "--output", path)
      #expect(refused.status == 1, "\(path)")
      #expect(!refused.errors.isEmpty)
    }
    #expect(TemporaryFolder.read(hidden) == WaveBytes.pcm16([1, 2, 3]))
    #expect(try share.kept().count == 3)
    #expect(!FileManager.default.fileExists(atPath: share.path + "/new.flac"))
  }

  /// Each command takes the same words for days.
  @Test func daysHaveWords() throws {
    let share = Share(3)
    _ = try share.ingest()
    for command in [
      ["export", "--format", "csv"], ["report", "--format", "csv"], ["followup", "--format", "csv"],
    ] {
      for day in [
        "today", "yesterday", "monday", "sunday", "7d", "0d", "2026-01-31", "2026-01-31T18:00+01:00",
        "2026-01-31T17:00:00Z", "2026-01-31 17:00Z",
      ] {
        let run = try ProgramRun.talkspurt(command + ["--store", share.store, "--since", day])
        #expect(run.status == 0, "\(command) \(day)")
      }
      for day in [
        "tomorrow", "7x", "Monday", "2026-02-30", "d", "2026-01-31T18:00", "2026-01-31T25:00Z", "1769860800",
        "2026-01-31T",
      ] {
        let run = try ProgramRun.talkspurt(command + ["--store", share.store, "--since", day])
        #expect(run.status == 64, "\(command) \(day)")
      }
    }
    let bare = try share.export("--format", "csv", "--since", "2026-01-31T18:00")
    #expect(bare.errors.contains("has no zone; give one as in"))
    #expect(
      try share.export(
        "--format", "csv", "--since", "2026-01-31T18:00Z", "--until", "2026-01-31T19:00+01:00"
      ).status == 64)
    // The files were written just now.
    #expect(try share.export("--format", "csv", "--since", "1d").lines.count == 4)
    #expect(try share.export("--format", "csv", "--until", "2d").lines.count == 1)
    #expect(try share.export("--format", "csv", "--since", "2026-01-31T18:00+01:00").lines.count == 4)
    #expect(try share.export("--format", "csv", "--until", "2026-01-31T18:00+01:00").lines.count == 1)
    let page = try ProgramRun.talkspurt([
      "report", "--store", share.store, "--since", "2026-01-31T18:00+01:00", "--until", "today",
    ])
    #expect(page.lines[0].contains("Calls from 2026-01-31 17:00:00 UTC to 20"))
  }

  @Test func wrongUsageIsSaid() throws {
    let share = Share(0)
    #expect(try share.export("--format", "csv", "--since", "2026-02-30").status == 64)
    #expect(try share.export("--format", "table", "--table", "events").status == 64)
    #expect(try share.export("--format", "csv", "--finding", "nonsense").status == 64)
    let missing = try share.export("--format", "csv")
    #expect(missing.status == 1 && missing.errors.contains("no store") && missing.output.isEmpty)
  }

  @Test func theTableIsForAPerson() throws {
    let share = Share(3)
    _ = try share.ingest()
    let table = try share.export("--format", "table")
    #expect(table.status == 0)
    #expect(table.lines.last == "2 calls, 0 with an alert, 1 not analysed.")
    #expect(table.lines.contains { $0.hasPrefix("00.wav") && $0.contains("0:01") })
  }
}
