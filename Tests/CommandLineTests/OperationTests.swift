import CallAudio
import CallModel
import CallStore
import Foundation
import TestSupport
import Testing

@testable import talkspurt

@Suite struct ConfigShowTests {
  private let folder = TemporaryFolder()

  /// The settings shown, by key.
  private func shown(_ arguments: [String] = [], environment: [String] = []) throws -> [String: [String: Any]]
  {
    let run = try ProgramRun.talkspurt(
      ["config", "show", "--format", "json"] + arguments, environment: environment)
    #expect(run.status == 0)
    let page = try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    let settings = try #require(page["settings"] as? [[String: Any]])
    return Dictionary(uniqueKeysWithValues: settings.map { ($0["key"] as? String ?? "", $0) })
  }

  @Test func everySettingTellsWhoSaidSo() throws {
    let file = folder.write(
      Array("agent = 'left'\n\n[activity]\nbridge_ms = 250\nrange_db = 41\n".utf8), as: "own.toml")
    let settings = try shown(
      ["--config", file.text, "--agent", "right"], environment: ["TALKSPURT_ACTIVITY_RANGE_DB=42"])
    #expect(Set(settings.keys) == Set(Setting.all.map(\.name)))
    let bridge = try #require(settings["activity.bridge_ms"])
    #expect(bridge["value"] as? Double == 250 && bridge["source"] as? String == "file")
    #expect(bridge["file"] as? String == file.text && bridge["line"] as? Int == 4)
    let range = try #require(settings["activity.range_db"])
    #expect(
      range["value"] as? Double == 42 && range["variable"] as? String == "TALKSPURT_ACTIVITY_RANGE_DB")
    #expect(
      settings["agent"]?["value"] as? String == "right" && settings["agent"]?["flag"] as? String == "--agent")
    let untouched = try #require(settings["activity.talkspurt_minimum_ms"])
    #expect(untouched["source"] as? String == "default")
    #expect(untouched["value"] as? Double == untouched["default"] as? Double)
  }

  @Test func theTextIsAConfigurationThatGivesTheSameSettings() throws {
    let environment = ["TALKSPURT_READING_ALLOW_OGG=false", "TALKSPURT_AGENT=left"]
    let run = try ProgramRun.talkspurt(["config", "show"], environment: environment)
    let text = String(decoding: run.output, as: UTF8.self)
    var copy = Configuration()
    try copy.apply(toml: text, from: "shown")
    #expect(copy.agent == .left && !copy.reading.allowOgg)
    #expect(text.hasPrefix("# Talkspurt \(Talkspurt.version), settings \(copy.hash)\n"))
    #expect(text.contains("\nallow_ogg = false  # environment TALKSPURT_READING_ALLOW_OGG\n"))
    #expect(text.contains("\nagent = \"left\"  # environment TALKSPURT_AGENT\n"))
  }

  @Test func sourcesAreShownWithTheirPlace() throws {
    let toml =
      "[[sources]]\npath = \"/share/a\\\"b/*\"\nagent = \"right\"\n\n[[sources]]\npath = \"*\"\nrecorder = \"verint\"\n"
    let file = folder.write(Array(toml.utf8), as: "sources.toml")
    let text = String(
      decoding: try ProgramRun.talkspurt(["config", "show", "--config", file.text]).output, as: UTF8.self)
    var copy = Configuration()
    try copy.apply(toml: text, from: "shown")
    #expect(copy.sources.map(\.path) == ["/share/a\"b/*", "*"])
    #expect(copy.sources.map(\.agent) == [.right, .left])
    #expect(text.contains("\n[[sources]]  # \(file.text):5\n"))
    let given = try ProgramRun.talkspurt(["config", "show", "--config", file.text, "--agent", "left"])
    var other = Configuration()
    try other.apply(toml: String(decoding: given.output, as: UTF8.self), from: "shown")
    #expect(other.sources.map(\.agent) == [.left, .left])
  }

  @Test func aWrongSettingIsRefusedAsEverywhere() throws {
    let run = try ProgramRun.talkspurt(["config", "show"], environment: ["TALKSPURT_AGENT=up"])
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(run.errors.contains("TALKSPURT_AGENT"))
    #expect(try ProgramRun.talkspurt(["config", "show", "--config", folder.path.text]).status == 1)
  }
}

@Suite struct LogAndMetricsTests {
  private let folder = TemporaryFolder()
  private var store: String { folder.path.text + "/night.sqlite" }
  private var metrics: String { folder.path.text + "/talkspurt.prom" }

  init() {
    folder.makeFolder("share")
    folder.write(WaveBytes.pcm16(WaveBytes.noise(16_000), channels: 2), as: "share/a.wav")
    folder.write(Array("no sound".utf8), as: "share/b \"1\".wav")
  }

  private func ingest(_ more: String...) throws -> ProgramRun {
    try ProgramRun.talkspurt(["ingest", folder.path.text + "/share", "--store", store] + more)
  }

  @Test func aLogOfJSONHasAnObjectALine() throws {
    let run = try ingest("--log-format", "json")
    #expect(run.status == 3)
    let lines = try run.errors.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(lines.map { $0["level"] as? String } == ["warning", "info"])
    #expect(lines[0]["code"] as? String == "not_audio")
    #expect(lines[0]["path"] as? String == folder.path.text + "/share/b \"1\".wav")
    #expect((lines[1]["counts"] as? [String: Int])?["analysed"] == 1)
    for line in lines {
      let time = try #require(line["time"] as? String)
      #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
    }
  }

  @Test func refusalsAreLinesOfTheLogToo() throws {
    let run = try ProgramRun.talkspurt(
      ["export", "--store", store, "--format", "csv", "--log-format", "json"])
    #expect(run.status == 1)
    let line = try JSONSerialization.jsonObject(with: Data(run.errors.utf8)) as? [String: Any]
    #expect(line?["level"] as? String == "error")
    #expect(line?["message"] as? String == "There is no store at \(store); `talkspurt ingest` makes one.")
  }

  /// The samples of a page in Prometheus' text format 0.0.4, by name and labels. Every family must have HELP and
  /// TYPE before its samples, once, and every line must end.
  private func samples(_ text: String) throws -> [String: Double] {
    #expect(text.hasSuffix("\n"))
    var samples: [String: Double] = [:]
    var helped: Set<Substring> = [], typed: Set<Substring> = []
    for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
      if let help = line.wholeMatch(of: /# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) [^\\]+/) {
        #expect(helped.insert(help.1).inserted)
      } else if let type = line.wholeMatch(of: /# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (?:counter|gauge)/) {
        #expect(helped.contains(type.1) && typed.insert(type.1).inserted)
      } else {
        let sample = try #require(
          line.wholeMatch(of: /([a-zA-Z_:][a-zA-Z0-9_:]*)((?:\{[a-z_]+="[^"\\]*"\})?) (\S+)/), "\(line)")
        #expect(typed.contains(sample.1))
        #expect(samples.updateValue(try #require(Double(sample.3)), forKey: "\(sample.1)\(sample.2)") == nil)
      }
    }
    return samples
  }

  @Test func metricsAreWhatTheRunCameTo() throws {
    let before = Date().timeIntervalSince1970.rounded(.down)
    _ = try ingest("--metrics", metrics)
    let first = try samples(String(decoding: TemporaryFolder.read(RecordingPath(metrics)), as: UTF8.self))
    #expect(first[#"talkspurt_run_recordings{outcome="analysed"}"#] == 1)
    #expect(first[#"talkspurt_run_recordings{outcome="failed"}"#] == 1)
    #expect(first["talkspurt_run_stopped"] == 0)
    #expect(try #require(first["talkspurt_run_ended_timestamp_seconds"]) >= before)
    #expect(try #require(first["talkspurt_store_bytes"]) > 0)
    let attributes = try FileManager.default.attributesOfItem(atPath: metrics)
    #expect(attributes[.posixPermissions] as? Int == 0o644)

    _ = try ingest("--metrics", metrics)
    let second = try samples(String(decoding: TemporaryFolder.read(RecordingPath(metrics)), as: UTF8.self))
    #expect(second[#"talkspurt_run_recordings{outcome="analysed"}"#] == 0)
    #expect(second[#"talkspurt_run_recordings{outcome="failed_before"}"#] == 1)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path.text).allSatisfy {
        !$0.hasSuffix(".tmp")
      })
  }

  @Test func aRunThatCouldNotBeDoneLeavesTheMetrics() throws {
    _ = try ingest("--metrics", metrics)
    let before = TemporaryFolder.read(RecordingPath(metrics))
    let refused = try CallStore.holding(store) { try ingest("--metrics", metrics) }
    #expect(refused.status == 11)
    #expect(TemporaryFolder.read(RecordingPath(metrics)) == before)
    let path = folder.path.text + "/nowhere/talkspurt.prom"
    let unwritable = try ingest("--metrics", path)
    #expect(unwritable.status == 1 && unwritable.errors.contains("Cannot write \(path)"))
  }
}

@Suite struct DoctorTests {
  private let folder = TemporaryFolder()
  private var store: String { folder.path.text + "/night.sqlite" }

  /// Verdict and sentence of each check.
  private func examine(_ arguments: [String], environment: [String] = []) throws -> (
    status: Int, found: [String: [(verdict: String, message: String)]]
  ) {
    let run = try ProgramRun.talkspurt(["doctor", "--format", "json"] + arguments, environment: environment)
    let checks = try JSONSerialization.jsonObject(with: Data(run.output)) as? [[String: String]]
    let found = Dictionary(grouping: try #require(checks)) { $0["what"] ?? "" }
    return (run.status, found.mapValues { $0.map { ($0["verdict"] ?? "", $0["message"] ?? "") } })
  }

  private func makeShare() -> String {
    folder.makeFolder("share")
    folder.write(WaveBytes.pcm16(WaveBytes.noise(16_000), channels: 2), as: "share/a.wav")
    return folder.path.text + "/share"
  }

  @Test func aHealthyPlaceHasNoProblem() throws {
    let share = makeShare()
    let before = try examine([share, "--store", store])
    #expect(before.status == 0)
    #expect(before.found["store"]?.first?.verdict == "notice")
    #expect(!FileManager.default.fileExists(atPath: store))

    _ = try ProgramRun.talkspurt(["ingest", share, "--store", store])
    let after = try examine([share, "--store", store])
    #expect(after.status == 0)
    #expect(after.found["store"]?.first?.verdict == "ok")
    #expect(
      after.found["store"]?.first?.message.hasSuffix("calls: 1, failures: 0.") == true)
    #expect(after.found["store"]?.first?.message.contains("journal wal, synchronous FULL") == true)
    #expect(after.found["last run"]?.first?.message.hasPrefix("It ended at ") == true)
    for what in ["settings", "versions", "clock", "space"] {
      #expect(after.found[what]?.map(\.verdict) == ["ok"] || what == "space", "\(what)")
    }
    #expect(after.found["versions"]?.first?.message.contains("libsndfile-1.") == true)
    #expect(after.found["versions"]?.first?.message.contains("fftw-3.") == true)
  }

  @Test func aDamagedStoreIsAProblem() throws {
    _ = try ProgramRun.talkspurt(["ingest", makeShare(), "--store", store])
    var bytes = TemporaryFolder.read(RecordingPath(store))
    // The pages after the first, which has the header and the schema.
    for place in stride(from: 4096 * 2, to: bytes.count, by: 7) { bytes[place] ^= 0x5A }
    folder.write(bytes, as: "night.sqlite")
    let damaged = try examine(["--store", store])
    #expect(damaged.status == 1)
    #expect(damaged.found["store"]?.map(\.verdict) == ["problem"])
  }

  @Test func whatIsNoStoreIsAProblem() throws {
    folder.write(Array("a shopping list".utf8), as: "night.sqlite")
    let other = try examine(["--store", store])
    #expect(other.status == 1)
    #expect(
      other.found["store"]?.first?.message
        == "\(store) is not a store of Talkspurt; nothing was written to it.")
    let nowhere = try examine(["--store", folder.path.text + "/no/night.sqlite"])
    #expect(nowhere.status == 1 && nowhere.found["store"]?.first?.verdict == "problem")
  }

  @Test func aRunThatWasKilledIsNoticed() throws {
    let calls = try CallStore(at: store)
    _ = try calls.beginRun(over: [folder.path], under: Analysis(version: "1", settingsHash: "0"))
    let killed = try examine(["--store", store])
    #expect(killed.status == 0)
    #expect(killed.found["last run"]?.first?.verdict == "notice")
    let held = try CallStore.holding(store) { try examine(["--store", store]) }
    #expect(held.found["last run"]?.first?.message.hasSuffix("is under way.") == true)
  }

  @Test func whatTheLastRunMissedIsTold() throws {
    let share = makeShare()
    folder.write([1], as: "share/b.gsm")
    let missing = folder.path.text + "/missing"
    let run = try ProgramRun.talkspurt(["ingest", share, missing, "--store", store])
    #expect(
      run.status == 1 && run.errors.contains("1 analysed") && run.errors.contains("1 .gsm (sox reads it)"))
    #expect(run.errors.contains("\(missing): No such file or directory"))
    let told = try examine(["--store", store]).found["last run"]?.map(\.message)
    #expect(told?.contains("Shares were missing: \(missing).") == true)
    #expect(told?.contains("Files of other kinds were passed over: 1 gsm.") == true)
    let report = try ProgramRun.talkspurt(["report", "--store", store])
    #expect(report.lines.contains("Of the last run: Files of other kinds were passed over: 1 gsm."))
  }

  /// A share on which nothing is a recording that is read is not done.
  @Test func aShareOfOtherKindsIsNotPassedOverInSilence() throws {
    folder.makeFolder("share")
    for name in ["a.gsm", "b.ulaw", "c.sln", "d.m4a"] { folder.write([1], as: "share/" + name) }
    let run = try ProgramRun.talkspurt(["ingest", folder.path.text + "/share", "--store", store])
    #expect(run.status == 1)
    let look = try examine([folder.path.text + "/share"])
    #expect(
      look.found["share"]?.first?.message.hasSuffix("has no recording that is read; is it mounted?") == true)
    #expect(
      run.errors.contains("No recordings found, passed over 1 .gsm (sox reads it), 1 .m4a (ffmpeg reads it)"))
  }

  @Test func sharesThatCannotBeReadAreProblems() throws {
    folder.makeFolder("empty")
    let empty = try examine([folder.path.text + "/empty"])
    #expect(empty.status == 0 && empty.found["share"]?.first?.verdict == "notice")
    let missing = try examine([folder.path.text + "/missing"])
    #expect(missing.status == 1)
    #expect(
      missing.found["share"]?.first?.message.hasSuffix("cannot be read: No such file or directory.") == true)
  }

  @Test func wrongSettingsAreAProblemAndTheRestIsChecked() throws {
    let wrong = try examine([], environment: ["TALKSPURT_AGENT=up"])
    #expect(wrong.status == 1)
    #expect(
      wrong.found["settings"]?.first?.message.contains("expected left, right, auto, first or second") == true)
    #expect(wrong.found["versions"]?.first?.verdict == "ok")
  }

  @Test func clocksThatCannotBeRightAreProblems() {
    func verdict(_ now: Double, _ last: Double?) -> Examination.Check.Verdict? {
      var examination = Examination()
      examination.clock(
        now: Date(timeIntervalSince1970: now), lastRun: last.map(Date.init(timeIntervalSince1970:)))
      return examination.checks.first?.verdict
    }
    #expect(verdict(1_800_000_000, nil) == .ok)
    #expect(verdict(1_800_000_000, 1_799_999_999) == .ok)
    #expect(verdict(1_800_000_000, 1_800_000_001) == .problem)
    #expect(verdict(86_400, nil) == .problem)
  }

  @Test func theTextHasALineACheck() throws {
    let run = try ProgramRun.talkspurt(["doctor"])
    #expect(run.lines.count == 3)
    #expect(run.lines.allSatisfy { $0.hasPrefix("ok       ") })
  }
}
