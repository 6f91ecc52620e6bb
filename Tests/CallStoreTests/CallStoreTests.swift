import CallFollowUp
public import CallModel
import CallReports
import CallStore
import Foundation
import GRDB
import TestSupport
import Testing

/// A folder that is there for one test.
struct StoreFolder: ~Copyable {
  let folder = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)").path

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var store: String { folder + "/night.sqlite" }

  /// What an outsider reads in the store.
  func rows(_ sql: String) throws -> [Row] {
    try DatabaseQueue(path: store).read { try Row.fetchAll($0, sql: sql) }
  }

  /// The first column of what an outsider reads.
  func column(_ sql: String) throws -> [DatabaseValue] { try rows(sql).map { $0[0] } }
}

let analysis = Analysis(version: "1", settingsHash: "a")
let latin1 = RecordingPath(bytes: Array("/share/caf".utf8) + [0xE9] + Array(".wav".utf8))

func file(_ path: RecordingPath, size: Int? = 4_000, modified: Int? = 1_700_000_000_000_000_007)
  -> RecordingFile
{
  RecordingFile(path: path, size: size, modified: modified)
}

func values(_ list: (any DatabaseValueConvertible)?...) -> [DatabaseValue] {
  list.map { $0?.databaseValue ?? .null }
}

extension Row {
  /// Expects what these columns hold.
  func holds(
    _ expected: [String: any DatabaseValueConvertible], at location: SourceLocation = #_sourceLocation
  ) {
    for (column, value) in expected {
      let found: DatabaseValue = self[column]
      #expect(found == value.databaseValue, "\(column)", sourceLocation: location)
    }
  }
}

extension CallStore {
  func record(_ call: CallSummary, of path: RecordingPath, modified: Int = 1_700_000_000_000_000_007) throws {
    try record(.analysed(call), of: file(path, modified: modified), under: analysis)
  }

  func record(_ code: CallFailure.Code, of path: RecordingPath) throws {
    try record(
      .failed(CallFailure(path: path, code: code, message: "It is \(code.rawValue).")), of: file(path),
      under: analysis)
  }

  func isAnalysed(_ file: RecordingFile, under analysis: Analysis = analysis) throws -> Bool {
    if case .analysed = try standing(of: file, under: analysis) { true } else { false }
  }

  func paths(_ change: (inout Selection) -> Void) throws -> [String] {
    var selection = Selection()
    change(&selection)
    var paths: [String] = []
    try forEachRecording(in: selection) { recording in
      switch try recording.outcome() {
      case .analysed(let call): paths.append(call.recording.path)
      case .failed(let failure): paths.append("\(failure.error.code.rawValue) \(failure.path)")
      }
    }
    return paths
  }
}

@Suite struct KeepingCalls {
  @Test func everyColumnSaysWhatTheSummarySays() throws {
    let folder = try StoreFolder()
    let finding = Finding(
      .deadAir, .alert, start: 65.5, end: 78, party: .agent, value: 12.5, threshold: 5,
      message: "Nobody spoke.")
    let call = CallSummary.sample(startedAt: "2026-01-31T23:30:00+01:00", findings: [finding])
    let store = try CallStore(at: folder.store)
    let run = try store.beginRun(over: ["/share"], under: analysis)
    try store.record(.analysed(call), of: file("/share/call.wav"), under: analysis, run: run)

    let row = try #require(folder.rows("SELECT * FROM calls").first)
    // What a call of two channels does not have, and what the sample leaves out.
    let empty = /mixed_.*|floor_transfer_.*|leg_skew_s|ending_tail_s|.*_talk_confidence|.*_repeats_per_min/
    for (column, value) in row where column.wholeMatch(of: empty) == nil {
      #expect(!value.isNull, "\(column) is empty")
      #expect(!column.hasSuffix("_json"), "a scan of calls reads narrow rows")
    }
    row.holds([
      "path": "/share/call.wav", "path_b64": "", "run_id": run, "mtime_ns": 1_700_000_000_000_000_007,
      "size_bytes": 4_000, "agent_talk_s": 101.0, "customer_talk_s": 201.0, "agent_one_way": false,
      "customer_one_way": true, "customer_response_latency_median_s": 0.2, "agent_pitch_median_hz": 104.0,
      "dead_air_count_from_3_s": 5, "dead_air_count_from_30_s": 1, "agent_interruptions": 6,
      "customer_backchannels": 9, "ending_kind": "natural", "ending_cut_party": "customer",
      "day": "2026-01-31", "began": 1_769_898_600, "started_at": "2026-01-31T23:30:00+01:00",
    ])
    let stored = try #require(folder.rows("SELECT summary_json FROM calls_as_json").first)[0] as String
    #expect(try stored + "\n" == String(decoding: jsonLine(.analysed(call)), as: UTF8.self))

    let events = "FROM events ORDER BY number"
    #expect(try folder.column("SELECT type \(events)") == values("interruption", "hold"))
    #expect(try folder.column("SELECT by_party \(events)") == values("agent", nil))
    #expect(try folder.column("SELECT kind \(events)") == values(nil, "music"))
    #expect(try folder.column("SELECT end_s \(events)") == values(11.5, 105.0))
    let view = try #require(folder.rows("SELECT * FROM calls_with_findings").first)
    view.holds(["listen_at": "1:05", "code": "dead_air", "severity": "alert", "message": "Nobody spoke."])
  }

  @Test func whatWasNotMeasuredIsNull() throws {
    let folder = try StoreFolder()
    var call = CallSummary.sample()
    call.parties = Parties(agent: PartySummary(), customer: PartySummary())
    call.conversation.interruptions.agent = nil
    call.opening = Opening()
    try CallStore(at: folder.store).record(call, of: "/share/call.wav")
    let row = try #require(folder.rows("SELECT * FROM calls").first)
    for column in ["agent_talk_s", "customer_leakage_db", "agent_interruptions", "ring_s", "first_speaker"] {
      #expect((row[column] as DatabaseValue).isNull, "\(column)")
    }
    row.holds(["ring_count": 0])
  }

  @Test func aSecondAnalysisTakesTheRowOfTheFirst() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(.sample("/share/a.wav"), of: "/share/a.wav")
    try store.record(.sample("/share/b.wav"), of: "/share/b.wav")
    var again = CallSummary.sample("/share/a.wav", ending: .cutOff)
    again.events.removeLast()
    try store.record(again, of: "/share/a.wav", modified: 5)
    #expect(try folder.column("SELECT path FROM calls ORDER BY id") == values("/share/a.wav", "/share/b.wav"))
    try folder.rows("SELECT * FROM calls").first?.holds(["ending_kind": "cut_off", "mtime_ns": 5])
    #expect(try folder.column("SELECT call_id FROM events ORDER BY call_id") == values(1, 2, 2))
  }

  @Test func namesAreKeptByTheByte() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    let composed = RecordingPath("/share/caf\u{E9}.wav"), decomposed = RecordingPath("/share/cafe\u{301}.wav")
    let replaced = RecordingPath("/share/caf\u{FFFD}.wav")
    for path in [latin1, composed, decomposed, replaced] {
      #expect(try store.standing(of: file(path), under: analysis) == .due)
      try store.record(.sample(path), of: path)
      #expect(try store.isAnalysed(file(path)))
    }
    let exact = try folder.column("SELECT path_b64 FROM calls WHERE path_b64 <> ''")
    #expect(exact == values("L3NoYXJlL2NhZukud2F2"))
    #expect(try folder.rows("SELECT 1 FROM calls").count == 4)
  }
}

@Suite struct Standings {
  @Test func anyChangeMakesACallDue() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(.sample(), of: "/share/call.wav")
    let same = file("/share/call.wav")
    #expect(try store.isAnalysed(same))
    #expect(try store.standing(of: file("/share/call.wav", size: 1), under: analysis) == .due)
    #expect(try store.standing(of: file("/share/call.wav", modified: 1), under: analysis) == .due)
    #expect(try store.standing(of: file("/share/call.wav", size: nil), under: analysis) == .due)
    #expect(try store.standing(of: same, under: Analysis(version: "2", settingsHash: "a")) == .due)
    #expect(try store.standing(of: same, under: Analysis(version: "1", settingsHash: "b")) == .due)
  }

  @Test(arguments: CallFailure.Code.allCases)
  func onlyAPassingFailureIsTriedAgain(code: CallFailure.Code) throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(.sample(), of: "/share/call.wav")
    try store.record(code, of: "/share/call.wav")
    let isPassing = code == .unreadable || code == .changedWhileReading
    #expect(try store.standing(of: file("/share/call.wav"), under: analysis) == (isPassing ? .due : .failed))
    // What is known of the call stays, even if the file has another content by now.
    #expect(try folder.rows("SELECT 1 FROM calls").count == 1)
    #expect(try folder.rows("SELECT 1 FROM events").count == 2)
    let standing = "SELECT standing FROM recordings ORDER BY call_id IS NULL"
    #expect(
      try folder.column(standing) == (isPassing ? values("analysed") : values("analysed", code.rawValue)))

    try store.record(.sample(), of: "/share/call.wav")
    #expect(try folder.rows("SELECT 1 FROM failures").isEmpty)
    #expect(try folder.column(standing) == values("analysed"))
  }

  /// A later run, which forgets that it could not be read, must not take the file for the call that it was.
  @Test func whatCouldNotBeReadIsNotTakenForWhatItWas() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(.sample(), of: "/share/call.wav")
    var changed = file("/share/call.wav")
    changed.modified = 7
    let failure = CallFailure(path: changed.path, code: .unreadable, message: "The disk would not read.")
    try store.record(.failed(failure), of: changed, under: analysis)
    let run = try store.beginRun(over: ["/share"], under: analysis)
    #expect(try store.standing(of: changed, under: analysis) == .due)
    try store.endRun(run, counts: RunCounts(), stopped: true)
    #expect(try store.standing(of: changed, under: analysis) == .due)
  }
}

@Suite struct Reading {
  @Test func selectsByDayPathAndFinding() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    let alert = Finding(.escalation, .alert, start: 0, end: 1, message: "Louder.")
    // Noon, so that the day is the same in every time zone near Greenwich; 1_700_000_000 is 2023-11-14.
    try store.record(.sample("/b/new.wav", startedAt: "2026-01-31T12:00:00Z"), of: "/b/new.wav")
    try store.record(.sample("/a/old.wav", findings: [alert]), of: "/a/old.wav")
    try store.record(.malformed, of: "/a/bad.wav")
    #expect(try store.paths { _ in } == ["malformed /a/bad.wav", "/a/old.wav", "/b/new.wav"])
    #expect(try store.paths { $0.period.since = .day("2026-01-31") } == ["/b/new.wav"])
    #expect(try store.paths { $0.period.since = .day("2026-02-01") } == [])
    #expect(try store.paths { $0.period.until = .day("2026-01-31") }.count == 3)
    #expect(
      try store.paths { $0.period.until = .day("2026-01-30") } == ["malformed /a/bad.wav", "/a/old.wav"])
    #expect(try store.paths { $0.pathGlob = "*/new.*" } == ["/b/new.wav"])
    #expect(try store.paths { $0.finding = .escalation } == ["/a/old.wav"])
  }

  /// 1_769_860_800 is 2026-01-31T12:00:00Z. What follows one period begins where it ends, with no call twice.
  @Test func selectsByMoment() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    for (name, start) in [("a", "2026-01-31T12:59:59+01:00"), ("b", "2026-01-31T12:00:00Z")] {
      let path = RecordingPath("/\(name).wav")
      try store.record(.sample(path, startedAt: start), of: path)
    }
    try store.record(.malformed, of: "/bad.wav")
    let noon = CallPeriod.Bound.moment(1_769_860_800)
    #expect(try store.paths { $0.period.since = noon } == ["/b.wav"])
    #expect(try store.paths { $0.period.until = noon } == ["/a.wav", "malformed /bad.wav"])
    #expect(try store.paths { $0.period = CallPeriod(since: .day("2026-01-31"), until: noon) } == ["/a.wav"])
    let report = try store.morningReport(CallPeriod(since: noon), rules: FollowUpRules())
    #expect(report.calls == 1 && report.failures.isEmpty)
    #expect(try store.morningReport(CallPeriod(until: noon), rules: FollowUpRules()).failures.count == 1)
  }

  @Test func linesAreTheStoredBytes() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    let failure = CallFailure(path: latin1, code: .empty, message: "No samples.")
    try store.record(.failed(failure), of: file(latin1), under: analysis)
    try CallStore(reading: folder.store).forEachRecording(in: Selection()) { recording in
      let outcome = try recording.outcome()
      #expect(outcome == .failed(failure))
      #expect(
        recording.json == """
          {"error":{"code":"empty","message":"No samples."},"path":"/share/caf\u{FFFD}.wav",\
          "path_b64":"L3NoYXJlL2NhZukud2F2","schema":"talkspurt.failure/1"}
          """)
    }
  }

  @Test func aReaderDoesNotDisturbAWriter() throws {
    let folder = try StoreFolder()
    let writer = try CallStore(at: folder.store)
    try writer.record(.sample("/a.wav"), of: "/a.wav")
    var seen = 0
    try CallStore(reading: folder.store).forEachRecording(in: Selection()) { _ in
      try writer.record(.sample("/b.wav"), of: "/b.wav")
      seen += 1
    }
    #expect(seen == 1)
    #expect(try writer.paths { _ in } == ["/a.wav", "/b.wav"])
  }
}

@Suite struct OpeningStores {
  @Test func aStoreIsItsOwnersOnlyAndSaysWhatItIs() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(.sample(), of: "/share/call.wav")
    for name in ["", "-wal"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.store + name)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
    #expect(try folder.column("PRAGMA application_id") == values(0x546B_5370))
    #expect(try folder.column("PRAGMA user_version") == values(7))
    #expect(try folder.column("PRAGMA journal_mode") == values("wal"))
    #expect(try folder.column("PRAGMA integrity_check") == values("ok"))
    #expect(try folder.rows("PRAGMA foreign_key_check").isEmpty)
  }

  @Test func strangersAreRefusedAndUntouched() throws {
    let folder = try StoreFolder()
    let other = try DatabaseQueue(path: folder.store)
    try other.write { try $0.execute(sql: "CREATE TABLE theirs (a)") }
    try other.close()
    let text = folder.folder + "/call.wav"
    try Data("RIFF and much more, but no database".utf8).write(to: URL(filePath: text))
    for path in [folder.store, text] {
      let before = try Data(contentsOf: URL(filePath: path))
      #expect(throws: StoreError.notAStore(path: path)) { try CallStore(at: path) }
      #expect(throws: StoreError.notAStore(path: path)) { try CallStore(reading: path) }
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }
    #expect(throws: StoreError.missing(path: "/nowhere/at/all")) { try CallStore(reading: "/nowhere/at/all") }
    #expect(throws: StoreError.self) { try CallStore(at: "/nowhere/at/all") }
  }

  @Test func anotherVersionIsToldApart() throws {
    let folder = try StoreFolder()
    _ = try CallStore(at: folder.store)
    try DatabaseQueue(path: folder.store).write { try $0.execute(sql: "PRAGMA user_version = 9") }
    #expect(throws: StoreError.newer(path: folder.store, version: 9)) { try CallStore(at: folder.store) }
    try DatabaseQueue(path: folder.store).write { try $0.execute(sql: "PRAGMA user_version = 0") }
    #expect(throws: StoreError.older(path: folder.store, version: 0)) {
      try CallStore(reading: folder.store)
    }
  }

  @Test func aRunForgetsWhatCouldJustNotBeReadOnItsShares() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    for path in ["/a", "/a/1.wav", "/ab/2.wav"] as [RecordingPath] { try store.record(.unreadable, of: path) }
    try store.record(.malformed, of: "/a/3.wav")
    let run = try store.beginRun(over: ["/a", "/c"], under: analysis)
    let failed = "SELECT path FROM failures JOIN files ON id = file_id ORDER BY path"
    #expect(try folder.column(failed) == values("/a/3.wav", "/ab/2.wav"))
    #expect(try folder.column("SELECT shares FROM runs") == values("/a\n/c"))
    try store.endRun(run, counts: RunCounts(), stopped: false)
    #expect(try folder.column("SELECT path FROM files ORDER BY path") == values("/a/3.wav", "/ab/2.wav"))
  }

  @Test func oneRunAtATime() throws {
    let folder = try StoreFolder()
    try CallStore.holding(folder.store) {
      #expect(throws: StoreError.heldByAnotherRun(path: folder.store)) {
        try CallStore.holding(folder.store) {}
      }
    }
    #expect(try CallStore.holding(folder.store) { 7 } == 7)
  }

  @Test func runsAreCounted() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    let run = try store.beginRun(over: ["/share"], under: analysis)
    #expect(try folder.column("SELECT ended_at FROM runs") == values(nil))
    var counts = RunCounts()
    counts.seen = 15
    counts.analysed = 11
    counts.unchanged = 2
    counts.failed = 1
    counts.failedBefore = 1
    var notes = RunNotes()
    notes.passedOver = ["gsm": 3, "sln": 120]
    notes.missingShares = ["/a", "/b"]
    notes.complaints = ["Master.csv: Permission denied."]
    notes.keptFacts = ["asterisk_cdr": 68]
    try store.endRun(run, counts: counts, notes: notes, stopped: false)
    let row = try #require(folder.rows("SELECT * FROM runs").first)
    for (column, value) in row { #expect(!value.isNull, "\(column) is empty") }
    row.holds(["seen": 15, "analysed": 11, "unchanged": 2, "failed": 1, "failed_before": 1, "stopped": false])
    row.holds(["passed_over": "120 sln, 3 gsm", "missing_shares": "/a\n/b", "kept_facts": "68 asterisk_cdr"])
  }
}

extension RecordingPath: ExpressibleByStringLiteral {
  /// A path from text.
  public init(stringLiteral text: String) { self.init(text) }
}
