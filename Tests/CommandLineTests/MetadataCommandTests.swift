import CallAnalysis
import CallFollowUp
import CallIngest
import CallModel
import CallRecords
import CallStore
import Glibc
import TestSupport
import Testing

@testable import talkspurt

@Suite struct MetadataCommandTests {
  /// A share of one recording that FreePBX named, with a configuration for it.
  struct Share {
    let folder = TemporaryFolder()
    let name = "share/q-600-0301234567-20260131-090000-1769846400.1"
    var store: String { folder.path.text + "/calls.sqlite" }
    var config: String { folder.path.text + "/config.toml" }

    init() {
      folder.makeFolder("share")
      folder.write(WaveBytes.pcm16(WaveBytes.noise(8000), channels: 2), as: name + ".wav")
      let toml = """
        [[sources]]
        path = "share/*"
        recorder = "freepbx"
        time_zone = "Europe/Berlin"
        region = "de"
        sidecars = true
        records = ["\(folder.path.text)/Master.csv"]
        """
      folder.write(Array(toml.utf8), as: "config.toml")
    }

    func ingest() throws -> ProgramRun {
      try ProgramRun.talkspurt(
        [
          "ingest", folder.path.text + "/share", "--store", store, "--config", config, "--jobs", "1",
          "--json",
        ])
    }

    func call() throws -> CallMetadata {
      var found: CallMetadata?
      try CallStore(reading: store).forEachRecording(in: Selection()) { recording in
        if case .analysed(let call) = try recording.outcome() {
          found = call.metadata
          #expect(call.recording.startedAt == call.metadata?[.startedAt])
        }
      }
      return try #require(found)
    }
  }

  @Test func recordsThatComeLaterAreTakenOverWithoutAnotherAnalysis() throws {
    let share = Share()
    #expect(try share.ingest().status == 0)
    let named = try share.call()
    #expect(named[.customer] == "+49301234567" && named[.queue] == "600")
    #expect(named.fields[.startedAt] == .init("2026-01-31T09:00:00+01:00", from: .name))

    share.folder.write(
      Array(#"{"agent": "Anna", "duration_s": 400, "channels": 1}"#.utf8), as: share.name + ".json")
    let line =
      #""","030123","600","c","x","a","b","Queue","support","2026-01-31 09:00:00",,"","#
      + #"300,290,"ANSWERED","D","1769846400.1",""#
    share.folder.write(Array(line.utf8), as: "Master.csv")
    let second = try share.ingest()
    #expect(second.status == 0 && second.lines[0].contains(#""unchanged":1"#))
    let known = try share.call()
    #expect(known[.agent] == "Anna" && known.fields[.duration] == .init("400", from: .sidecar))
    #expect(known[.talk] == "290" && known[.disposition] == "answered")
    #expect(known.conflicts.map(\.field).contains(.channels) && known.conflicts.map(\.field).contains(.talk))
    let day = try CallStore(reading: share.store).morningReport(CallPeriod(), rules: FollowUpRules())
    #expect(day.list.map(\.call.agent) == ["Anna"])

    #expect(try share.ingest().status == 0)
    #expect(try share.call() == known)
    let report = try ProgramRun.talkspurt(["report", "--store", share.store, "--format", "csv"])
    #expect(report.lines.contains { $0.contains("conflict") && $0.contains("the recording has 2") })
  }

  /// Records are rotated, sidecars archived, files unreadable, `--config` forgotten: what is known stays.
  @Test func silenceTakesNothingAway() throws {
    let share = Share()
    let sidecar = share.folder.write(Array(#"{"agent": "Anna"}"#.utf8), as: share.name + ".json")
    let line =
      #""","030123","600","c","x","a","b","Queue","support","2026-01-31 09:00:00",,"","#
      + #"300,290,"ANSWERED","D","1769846400.1",""#
    let records = share.folder.write(Array(line.utf8), as: "Master.csv")
    #expect(try share.ingest().status == 0)
    let known = try share.call()
    #expect(known[.agent] == "Anna" && known[.talk] == "290" && known[.disposition] == "answered")

    share.folder.write(Array("\n".utf8), as: "Master.csv")
    let rotated = try share.ingest()
    #expect(rotated.errors.contains("facts kept of 1 call that asterisk_cdr has no more"))
    #expect(try share.call() == known)
    _ = records.withCString { unlink($0) }
    let missing = try share.ingest()
    #expect(missing.status == 0 && missing.errors.contains("Master.csv: No such file or directory"))
    #expect(try share.call() == known)
    _ = sidecar.withCString { unlink($0) }
    #expect(try share.ingest().errors.contains("facts kept of 1 call that sidecar has no more"))
    #expect(try share.call() == known)
    let forgotten = try ProgramRun.talkspurt(
      ["ingest", share.folder.path.text + "/share", "--store", share.store])
    #expect(
      forgotten.errors.contains("facts kept of 1 call that no source of the configuration matches"))
    #expect(try share.call() == known)

    // What a source says anew goes before what it said.
    share.folder.write(Array(#"{"agent": "Berta"}"#.utf8), as: share.name + ".json")
    #expect(try share.ingest().status == 0)
    #expect(try share.call()[.agent] == "Berta")
    #expect(try share.call()[.talk] == "290")
  }

  /// The call began in January 2026 by its name, while its file is new: both commands go by the call.
  @Test func whatWasPrunedIsNotTakenAgain() throws {
    let share = Share()
    #expect(try share.ingest().status == 0)
    let pruned = try ProgramRun.talkspurt(["prune", "--store", share.store, "--older-than", "30d"])
    #expect(pruned.errors == "1 call taken out.\n")
    let again = try ProgramRun.talkspurt([
      "ingest", share.folder.path.text + "/share", "--store", share.store, "--config", share.config,
      "--max-age",
      "30d",
    ])
    #expect(again.status == 0 && again.errors.contains("No recordings found"))
    #expect(try share.ingest().errors.contains("1 analysed"))
  }

  @Test func analyzeAndInspectTellIt() throws {
    let share = Share()
    let path = share.folder.path.text + "/" + share.name + ".wav"
    let line = try ProgramRun.talkspurt(["analyze", path, "--config", share.config]).lines[0]
    #expect(line.contains(#""started_at":"2026-01-31T09:00:00+01:00""#) && line.contains(#""metadata":{"#))
    #expect(try ProgramRun.talkspurt(["analyze", path]).lines[0].contains("metadata") == false)
    let page = try ProgramRun.talkspurt(["inspect", path, "--config", share.config])
    #expect(page.lines.joined().contains("2026-01-31"))
  }

  @Test(arguments: [
    ("path = \"a\"\ntime_zone = \"Nowhere\"", "x.toml:3: sources.time_zone: there is no zone Nowhere"),
    ("path = \"a\"\n\nregion = \"XX\"", "x.toml:4: sources.region: the prefixes of XX are not known"),
    ("names = \"freepbx\"", "x.toml:1: sources: a source needs a path"),
    ("path = \"a\"\nnames = [\"(?<colour>.*)\"]", "x.toml:3: sources.names: the group colour is none of"),
    ("path = \"a\"\nrecorder = \"dictaphone\"", "x.toml:3: sources.recorder: expected one of amazon-connect"),
    ("path = \"a\"\nkeys = { colour = \"x\" }", "x.toml:3: sources.keys: colour is no field"),
    ("path = \"a\"\nsidecars = 1", "x.toml:3: sources.sidecars: expected true or false"),
    ("path = \"a\"\nrecords = [1]", "x.toml:3: sources.records: expected a list of texts"),
  ]) func wrongSourcesAreRefusedWithTheirLine(body: String, sentence: String) {
    var configuration = Configuration()
    let error = #expect(throws: ConfigurationError.self) {
      try configuration.apply(toml: "[[sources]]\n" + body, from: "x.toml")
    }
    #expect(error?.description.hasPrefix(sentence) == true, "\(error?.description ?? "")")
  }

  @Test func theFirstSourceThatMatchesDecides() throws {
    var configuration = Configuration()
    let toml = """
      [[sources]]
      path = "/a/mono/*"
      agent = "left"

      [[sources]]
      path = "*.wav"
      names = ["asterisk", '(?<agent>[a-z]+)']
      keys = { queue = ["q", "queue.name"] }

      [activity]
      bridge_ms = 250
      """
    try configuration.apply(toml: toml, from: "x.toml")
    func first(_ path: String) -> MetadataRules? {
      configuration.recordingSources(version: "1").first { $0.matches(RecordingPath(path)) }?.rules
    }
    #expect(configuration.sources.count == 2 && configuration.analysis.activity.bridgeMs == 250)
    #expect(first("/a/mono/b.wav") == nil && first("/b/c.mp3") == nil)
    #expect(
      first("/b/c.wav")?.names.last?.text == "(?<agent>[a-z]+)"
        && first("c.wav")?.keys[.queue] == ["q", "queue.name"])
    #expect(configuration.hash != Configuration().hash)
    configuration.analysis = Configuration().analysis
    #expect(configuration.hash == Configuration().hash)
  }
}
