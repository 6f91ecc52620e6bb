import CallModel
import CallStore
import Foundation
import GRDB
import TestSupport
import Testing

extension StoreFolder {
  /// The names of the files in the folder.
  func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

  /// Whether these bytes stand anywhere in the files of the store.
  func holds(_ text: String) throws -> Bool {
    try files().contains { name in
      try Data(contentsOf: URL(filePath: folder + "/" + name)).range(of: Data(text.utf8)) != nil
    }
  }

  /// The store as a version that was released wrote it.
  func writeReleased(_ version: Int) throws {
    let dump = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Released/\(version).sql")
    let database = try DatabaseQueue(path: store)
    try database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: String(contentsOf: dump, encoding: .utf8))
    }
    try database.close()
  }

  /// Table or view, its name, and the names and types of its columns.
  func schema() throws -> [String] {
    try rows(
      """
      SELECT m.type, m.name, group_concat(c.name || ' ' || c.type, ', ')
      FROM sqlite_master AS m LEFT JOIN pragma_table_info(m.name) AS c
      WHERE m.name NOT LIKE 'sqlite%' GROUP BY m.type, m.name ORDER BY m.type, m.name
      """
    ).map { row in row.map { $0.1.description }.joined(separator: " ") }
  }
}

@Suite struct MigrationTests {
  @Test(arguments: [1, 2]) func aReleasedStoreIsBroughtUpToDate(version: Int) throws {
    let old = try StoreFolder()
    let new = try StoreFolder()
    try old.writeReleased(version)
    #expect(throws: StoreError.older(path: old.store, version: version)) { try CallStore(reading: old.store) }
    let store = try CallStore(at: old.store)
    _ = try CallStore(at: new.store)
    #expect(try old.schema() == new.schema())
    try store.check(thoroughly: true)

    // What had a call for each copy has one.
    #expect(
      try store.paths { _ in } == [
        "not_audio /share/bad.wav", "/share/caf\u{FFFD}.wav", "/share/first copy.wav", "/share/one.wav",
      ])
    #expect(try old.column("SELECT path FROM copies WHERE call_id = 3") == values("/share/second copy.wav"))
    #expect(try old.column("SELECT call_id FROM events ORDER BY call_id") == values(1, 3))
    #expect(try old.column("SELECT call_id FROM findings ORDER BY call_id") == values(1, 3))
    try old.rows("SELECT * FROM runs").first?.holds(["seen": 4, "analysed": 3, "failed": 1])
    #expect(try old.column("SELECT copies FROM runs") == values(nil))
    if version >= 2 {
      #expect(try old.column("SELECT label FROM prompts") == values("Closed"))
      #expect(try old.column("SELECT call_id FROM prompt_places") == values(1))
      #expect(try old.column("SELECT call_id FROM landmarks ORDER BY call_id") == values(1, 3))
    }

    // It is written to as any other, and known again as it was.
    let first = try #require(old.rows("SELECT * FROM calls WHERE id = 3").first)
    let known = Analysis(version: first["analysis_version"], settingsHash: first["settings_hash"])
    let size: Int = first["size_bytes"]
    let standing = try store.standing(of: file("/share/first copy.wav", size: size), under: known)
    #expect(standing == .analysed)
    #expect(
      try store.standing(of: file("/share/second copy.wav", size: size), under: known)
        == .copy(of: "/share/first copy.wav", isCurrent: true))
    try store.record(.sample("/share/new.wav"), of: "/share/new.wav")
    #expect(try store.paths { _ in }.count == 5)
  }

  @Test func everyViewAnswers() throws {
    let folder = try StoreFolder()
    try folder.writeReleased(2)
    _ = try CallStore(at: folder.store)
    let views = try folder.column("SELECT name FROM sqlite_master WHERE type = 'view'")
    #expect(views.count >= 4)
    for view in views.compactMap(String.fromDatabaseValue) {
      #expect(try !folder.rows("SELECT * FROM \(view)").isEmpty, "\(view)")
    }
  }
}

@Suite struct CopiesInAStore {
  @Test func aCopyHasTheCallWhereTheFirstFails() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    for path in ["/a.wav", "/b.wav", "/c.wav"] as [RecordingPath] {
      try store.record(.sample(path, sha256: "aa"), of: path)
    }
    try store.record(.malformed, of: "/a.wav")
    #expect(try store.paths { _ in } == ["malformed /a.wav", "/b.wav"])
    #expect(try folder.column("SELECT path FROM copies") == values("/c.wav"))
    #expect(try folder.rows("SELECT 1 FROM events").count == 2)
    try store.record(.malformed, of: "/c.wav")
    #expect(try folder.rows("SELECT 1 FROM copies").isEmpty)
  }

  @Test func namesThatAreNoTextAreKeptInEveryRow() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(.sample("/share/z.wav", sha256: "aa"), of: "/share/z.wav")
    try store.record(.sample(latin1, sha256: "aa"), of: latin1)
    let call = try #require(folder.rows("SELECT path_b64, summary_json FROM calls").first)
    call.holds(["path_b64": "L3NoYXJlL2NhZukud2F2"])
    #expect((call["summary_json"] as String).contains(#""path_b64":"L3NoYXJlL2NhZukud2F2""#))
    #expect(try store.path(ofContent: "aa") == latin1)
    #expect(
      try store.standing(of: file("/share/z.wav"), under: analysis) == .copy(of: latin1, isCurrent: true))
    // The copy takes over, with the summary that the sound alone gave.
    #expect(try store.adopt(file("/share/z.wav"), sha256: "aa", under: analysis, gone: latin1) == false)
    #expect(try store.paths { _ in } == ["/share/z.wav"])
    #expect(try folder.rows("SELECT 1 FROM copies").isEmpty)
  }

  @Test func anotherAnalysisOfACopyIsTheCalls() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(.sample("/a.wav", sha256: "aa"), of: "/a.wav")
    let newer = Analysis(version: "2", settingsHash: "a")
    let call = CallSummary.sample("/b.wav", sha256: "aa", ending: .cutOff, analysis: newer)
    #expect(try store.record(.analysed(call), of: file("/b.wav"), under: newer))
    #expect(try store.paths { _ in } == ["/a.wav"])
    try folder.rows("SELECT * FROM calls").first?.holds(["ending_kind": "cut_off", "analysis_version": "2"])
    #expect(try store.adopt(file("/c.wav"), sha256: "aa", under: analysis) == nil, "another analysis")
    #expect(try store.adopt(file("/c.wav"), sha256: "bb", under: newer) == nil, "another content")
  }
}

@Suite struct TakingOut {
  /// Calls of 2023 and 2026, a failure, and one whose landmarks and prompt are kept.
  private func filled(_ folder: borrowing StoreFolder) throws -> CallStore {
    let store = try CallStore(at: folder.store)
    _ = try store.beginRun(over: ["/share"], under: analysis)
    // 1_700_000_000 is 2023-11-14.
    try store.record(.sample("/share/Geheim-old.wav"), of: "/share/Geheim-old.wav")
    try store.record(
      .sample("/share/new.wav", startedAt: "2026-01-31T12:00:00+01:00"), of: "/share/new.wav")
    try store.record(.malformed, of: "/share/Geheim-bad.wav")
    let path: RecordingPath = "/share/prompt.wav"
    let call = CallSummary.sample(path, startedAt: "2026-02-01T12:00:00Z")
    try store.record(
      .analysed(call), of: file(path), under: analysis, landmarks: [Landmark(hash: 1, step: 2)])
    let place = PromptPlace(prompt: 5, range: TimeRange(1, 3))
    let id = try #require(try store.unsearchedCalls(limit: 1).first?.id)
    try store.keep(prompts: [id: ([place], call)], searched: [id])
    return store
  }

  @Test func whatIsOlderGoesWithAllThatWasMeasured() throws {
    let folder = try StoreFolder()
    let store = try filled(folder)
    let moment: Int64 = 1_767_225_600  // 2026-01-01
    let rehearsal = try store.prune(before: moment, isRehearsal: true)
    #expect(rehearsal.calls == 1 && rehearsal.failures == 1)
    #expect(try store.paths { _ in }.count == 4)
    #expect(try store.prune(before: moment) == rehearsal)
    #expect(try store.paths { _ in } == ["/share/new.wav", "/share/prompt.wav"])
    #expect(try folder.rows("SELECT 1 FROM events").count == 4)
    #expect(try !folder.holds("Geheim"), "nothing stays in the file or its log")
    #expect(try store.prune(before: moment) == Removal())
    // The call began at 11 o'clock.
    #expect(try store.prune(before: 1_769_857_200).calls == 0)
    #expect(try store.prune(before: 1_769_857_201).calls == 1)
    try store.check(thoroughly: true)
  }

  @Test func aRunThatIsOldGoesButNotTheLast() throws {
    let folder = try StoreFolder()
    let store = try filled(folder)
    let run = try store.beginRun(over: ["/other"], under: analysis)
    _ = try store.prune(before: 32_503_680_000)  // the year 3000
    #expect(try folder.column("SELECT id FROM runs") == values(run))
    #expect(try store.paths { _ in } == [])
    #expect(try folder.rows("SELECT 1 FROM prompts").isEmpty)
  }

  @Test func aRecordingIsForgottenByPathContentOrNumber() throws {
    let folder = try StoreFolder()
    let store = try filled(folder)
    try store.record(.sample("/share/Geheim-copy.wav", sha256: "ab"), of: "/share/Geheim-copy.wav")
    try store.record(.sample("/share/Geheim-first.wav", sha256: "ab"), of: "/share/Geheim-first.wav")
    let copied = try #require(try store.forget(.path("/share/Geheim-first.wav")))
    #expect(copied.calls == 1 && copied.failures == 0)
    #expect(copied.paths == ["/share/Geheim-copy.wav", "/share/Geheim-first.wav"])
    #expect(try store.forget(.path("/share/Geheim-bad.wav"))?.failures == 1)
    let sha256 = try #require(try folder.rows("SELECT sha256 FROM calls WHERE path LIKE '%old%'").first)
    #expect(try store.forget(.content(sha256[0]))?.paths == ["/share/Geheim-old.wav"])
    #expect(try !folder.holds("Geheim"), "nothing stays in the file or its log")

    let id = try #require(try folder.rows("SELECT id FROM calls WHERE path LIKE '%prompt%'").first)
    #expect(try store.forget(.call(id[0]))?.calls == 1)
    for table in ["landmarks", "calls_as_heard", "prompt_places", "prompts"] {
      #expect(try folder.rows("SELECT 1 FROM \(table)").isEmpty, "\(table)")
    }
    #expect(try store.forget(.call(id[0])) == nil)
    #expect(try store.forget(.path("/share/never.wav")) == nil)
    #expect(try store.forget(.content("ab")) == nil)
    #expect(try store.paths { _ in } == ["/share/new.wav"])
  }

  @Test func whatIsReplacedDoesNotStayEither() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    var call = CallSummary.sample("/a.wav")
    call.ending.evidence = ["Geheim"]
    try store.record(call, of: "/a.wav")
    call.ending.evidence = ["x"]
    try store.record(call, of: "/a.wav")
    store.close()
    #expect(try !folder.holds("Geheim"))
  }
}

@Suite struct Backups {
  @Test func aBackupIsTheStoreAtOneMoment() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(.sample("/a.wav"), of: "/a.wav")
    let target = folder.folder + "/backup.sqlite"
    let reader = try CallStore(reading: folder.store)
    try reader.backUp(to: target)
    try store.record(.sample("/b.wav"), of: "/b.wav")
    let backup = try CallStore(reading: target)
    #expect(try backup.paths { _ in } == ["/a.wav"])
    backup.close()
    #expect(try folder.files().filter { $0.hasPrefix("backup") } == ["backup.sqlite"])
    #expect(try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int == 0o600)

    // The next one takes its place, and serves as a store.
    try reader.backUp(to: target)
    let restored = try CallStore(at: target)
    #expect(try restored.paths { _ in } == ["/a.wav", "/b.wav"])
    try restored.record(.sample("/c.wav"), of: "/c.wav")
    #expect(throws: StoreError.self, "it is in use") { try reader.backUp(to: target) }
  }

  @Test func nothingElseIsReplaced() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    let text = folder.folder + "/text"
    try Data("a text of somebody".utf8).write(to: URL(filePath: text))
    for target in [text, folder.store, folder.folder, "/dev/null", "/nowhere/at/all"] {
      #expect(throws: StoreError.self, "\(target)") { try store.backUp(to: target) }
    }
    #expect(try String(contentsOfFile: text, encoding: .utf8) == "a text of somebody")
    #expect(try folder.files().filter { $0.hasSuffix("tmp") }.isEmpty)
  }

  @Test func aDamagedStoreIsToldApart() throws {
    let folder = try StoreFolder()
    var store = try CallStore(at: folder.store)
    for index in 0..<40 {
      let path = RecordingPath("/share/\(index).wav")
      try store.record(.sample(path), of: path)
    }
    _ = try store.beginRun(over: ["/share"], under: analysis)
    store.close()
    let file = try FileHandle(forUpdating: URL(filePath: folder.store))
    let pages = try file.seekToEnd() / 4096
    for page in stride(from: pages / 2, to: pages, by: 3) {
      try file.seek(toOffset: page * 4096)
      try file.write(contentsOf: Data(repeating: 0x5A, count: 4096))
    }
    try file.close()
    store = try CallStore(at: folder.store)
    func isDamage(_ body: () throws -> Void) -> Bool {
      do { try body() } catch StoreError.damaged { return true } catch {}
      return false
    }
    #expect(isDamage { try store.check() })
    #expect(isDamage { try store.backUp(to: folder.folder + "/backup.sqlite") })
    #expect(
      isDamage { _ = try store.beginRun(over: ["/share"], under: analysis) }, "the last run never ended")
    #expect(try folder.files().allSatisfy { $0.hasPrefix("night.sqlite") })
  }
}

@Suite struct Readers {
  @Test func aReaderLeavesNothingBesideTheStore() throws {
    let folder = try StoreFolder()
    let writer = try CallStore(at: folder.store)
    try writer.record(.sample("/a.wav"), of: "/a.wav")
    writer.close()
    #expect(try folder.files() == ["night.sqlite"])
    let reader = try CallStore(reading: folder.store)
    #expect(try reader.paths { _ in } == ["/a.wav"])
    reader.close()
    #expect(try folder.files() == ["night.sqlite"])
  }

  /// What a run leaves that was killed is what its files are at any moment.
  @Test func theLogOfAKilledRunIsTakenIn() throws {
    let folder = try StoreFolder()
    let killed = try StoreFolder()
    let writer = try CallStore(at: folder.store)
    try writer.record(.sample("/a.wav"), of: "/a.wav")
    for end in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: folder.store + end, toPath: killed.store + end)
    }
    let reader = try CallStore(reading: killed.store)
    #expect(try reader.paths { _ in } == ["/a.wav"])
    reader.close()
    #expect(try killed.files() == ["night.sqlite"])
  }

  @Test func aStoreWhoseMakingWasCutShortIsMade() throws {
    let folder = try StoreFolder()
    let begun = try DatabaseQueue(path: folder.store)
    try begun.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA application_id = \(0x546B_5370)")
      try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    }
    try begun.close()
    try CallStore(at: folder.store).record(.sample("/a.wav"), of: "/a.wav")
    #expect(try folder.column("SELECT path FROM calls") == values("/a.wav"))
  }
}
