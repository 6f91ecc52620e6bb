import CallModel
import CallStore
import Foundation
import GRDB
import TestSupport
import Testing

@Suite struct MigrationTests {
  @Test(arguments: 1...5) func aReleasedStoreIsBroughtUpToDate(version: Int) throws {
    let old = try StoreFolder()
    let new = try StoreFolder()
    try old.writeReleased(version)
    let summaries = version < 5 ? "calls" : "calls_as_json JOIN calls ON id = call_id"
    let before = try old.column("SELECT summary_json FROM \(summaries) ORDER BY path, path_b64")
    #expect(throws: StoreError.older(path: old.store, version: version)) { try CallStore(reading: old.store) }
    let store = try CallStore(at: old.store)
    _ = try CallStore(at: new.store)
    #expect(try old.schema() == new.schema())
    try store.check(thoroughly: true)

    // The store as it was lies beside it.
    let copy = old.store + ".version-\(version)"
    #expect(throws: StoreError.older(path: copy, version: version)) { try CallStore(reading: copy) }
    #expect(try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o600)

    // What had a call for each copy has one.
    #expect(
      try store.paths { _ in } == [
        "not_audio /share/bad.wav", "/share/caf\u{FFFD}.wav", "/share/first copy.wav", "/share/one.wav",
      ])
    let files = try old.column("SELECT path FROM files WHERE call_id = 3 ORDER BY path")
    #expect(files == values("/share/first copy.wav", "/share/second copy.wav"))
    #expect(try old.column("SELECT call_id FROM events ORDER BY call_id") == values(1, 3))
    #expect(try old.column("SELECT call_id FROM findings ORDER BY call_id") == values(1, 3))
    try old.rows("SELECT * FROM runs").first?.holds(["seen": 4, "analysed": 3, "failed": 1])
    #expect(try old.column("SELECT copies FROM runs") == values(nil))
    if version >= 2 {
      #expect(try old.column("SELECT label FROM prompts") == values("Closed"))
      #expect(try old.column("SELECT call_id FROM prompt_places") == values(1))
      #expect(try old.column("SELECT call_id FROM landmarks ORDER BY call_id") == values(1, 3))
      #expect(try old.column("SELECT call_id FROM summaries WHERE told_json IS NOT NULL") == values(1))
    }
    let first = ["/share/caf\u{FFFD}.wav", "/share/first copy.wav", "/share/one.wav"]
    let after = try old.rows(
      "SELECT path, summary_json FROM calls JOIN calls_as_json ON call_id = id ORDER BY path, path_b64")
    #expect(after.map { $0[0] as String } == first)
    func summary(_ json: DatabaseValue) throws -> CallSummary {
      try JSONDecoder().decode(CallSummary.self, from: Data(String.fromDatabaseValue(json)!.utf8))
    }
    let known = try before.map(summary)
    for row in after {
      let call = try summary(row[1])
      #expect(known.contains(call), "\(row[0] as String)")
    }
  }

  /// Nothing is analysed again.
  @Test(arguments: 1...5) func whatIsKnownIsKnownAgain(version: Int) throws {
    let folder = try StoreFolder()
    try folder.writeReleased(version)
    let store = try CallStore(at: folder.store)
    let first = try #require(folder.rows("SELECT * FROM calls WHERE id = 3").first)
    let known = Analysis(version: first["analysis_version"], settingsHash: first["settings_hash"])
    let size: Int = first["size_bytes"]
    #expect(try store.isAnalysed(file("/share/first copy.wav", size: size), under: known))
    #expect(
      try store.standing(of: file("/share/second copy.wav", size: size), under: known)
        == .copy(of: "/share/first copy.wav", call: 3, isCurrent: true))
    let failed = try #require(
      folder.rows("SELECT * FROM failures JOIN files ON id = file_id").first)
    let bad = file("/share/bad.wav", size: failed["size_bytes"], modified: failed["mtime_ns"])
    let tried = Analysis(version: failed["analysis_version"], settingsHash: failed["settings_hash"])
    #expect(try store.standing(of: bad, under: tried) == .failed)
    try store.record(.sample("/share/new.wav"), of: "/share/new.wav")
    #expect(try store.paths { _ in }.count == 5)
  }

  /// What a later version added is filled from what is kept.
  @Test(arguments: 1...5) func newColumnsAreFilled(version: Int) throws {
    let old = try StoreFolder()
    let new = try StoreFolder()
    try old.writeReleased(version)
    let store = try CallStore(at: old.store)
    var calls: [CallSummary] = []
    try store.forEachRecording(in: Selection()) { recording in
      if case .analysed(let call) = try recording.outcome() { calls.append(call) }
    }
    let again = try CallStore(at: new.store)
    for (index, call) in calls.enumerated() {
      // In the dumps some summaries have one SHA-256.
      var call = call
      call.recording.sha256 = "\(index)"
      try again.record(call, of: RecordingPath(call.recording.path))
    }
    let columns = try new.column(
      "SELECT name FROM pragma_table_info('calls') WHERE cid > (SELECT cid FROM pragma_table_info('calls') WHERE name = 'ending_confidence')"
    ).compactMap(String.fromDatabaseValue)
    #expect(calls.count == 3 && columns.contains("ending_evidence") && columns.count > 30)
    let select = "SELECT \(columns.joined(separator: ", ")) FROM calls ORDER BY path"
    #expect(try old.rows(select) == new.rows(select))
    #expect(try old.rows("SELECT 1 FROM calls WHERE ending_evidence <> ''").count == 3)
  }

  @Test(arguments: 4...5) func factsOfVersion4StayTheirSources(version: Int) throws {
    let folder = try StoreFolder()
    try folder.writeReleased(version)
    let store = try CallStore(at: folder.store)
    let facts = try #require(try store.facts(of: 3))
    #expect(facts.statements.map(\.source) == [.asterisk, .name, .sidecar])
    #expect(
      facts.statements.map(\.said) == [
        #"{"source":"asterisk_cdr","unusable":[],"fields":{"customer":"+491701234567","queue":"sales"}}"#,
        #"{"source":"name","unusable":[],"fields":{"direction":"inbound"},"started":{"exact":{"_0":1769846400}}}"#,
        #"{"source":"sidecar","unusable":[],"fields":{"agent":"Anna"}}"#,
      ])
    #expect(try folder.column("SELECT day FROM calls WHERE id = 3") == values("2026-01-31"))
    #expect(try folder.rows("SELECT 1 FROM conflicts").count == 1)
  }

  @Test func everyViewAnswers() throws {
    let folder = try StoreFolder()
    try folder.writeReleased(2)
    var call = CallSummary.sample("/share/told.wav")
    call.take(CallMetadata(fields: [.queue: .init("sales", from: .name)]))
    try CallStore(at: folder.store).record(call, of: "/share/told.wav")
    let views = try folder.column("SELECT name FROM sqlite_master WHERE type = 'view'")
    #expect(views.count >= 4)
    for view in views.compactMap(String.fromDatabaseValue) {
      #expect(try !folder.rows("SELECT * FROM \(view)").isEmpty, "\(view)")
    }
  }
}
