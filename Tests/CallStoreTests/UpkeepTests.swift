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
    let id = try #require(try store.unsearchedCalls().first)
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

  @Test func aClockThatTheStoreContradictsIsToldApart() throws {
    let folder = try StoreFolder()
    let store = try filled(folder)
    let run = try #require(
      Int64.fromDatabaseValue(try folder.column("SELECT unixepoch(started_at) FROM runs")[0]))
    #expect(try store.complaint(aboutClock: run) == nil)
    #expect(try store.complaint(aboutClock: run - 3600)?.hasPrefix("the last run began") == true)
    #expect(try store.complaint(aboutClock: run + 40 * 86_400) == nil)
    let gap = try store.complaint(aboutClock: run + 40 * 86_400, gap: 30 * 86_400)
    #expect(gap?.hasPrefix("the last run was as long ago as") == true)
    let future = CallSummary.sample("/f.wav", startedAt: "2199-01-01T00:00:00Z")
    try store.record(.analysed(future), of: file("/f.wav"), under: analysis)
    #expect(try store.complaint(aboutClock: run)?.hasPrefix("the newest call began") == true)
  }

  @Test func settingsThatChangeMostCallsAreCounted() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    let other = Analysis(version: "1", settingsHash: "b")
    for number in 0..<10 {
      let path = RecordingPath("/\(number).wav")
      try store.record(.analysed(.sample(path)), of: file(path), under: number < 3 ? other : analysis)
    }
    #expect(try store.callsAnalysedAnew(under: [analysis]) == (3, 10))
    #expect(try store.callsAnalysedAnew(under: [analysis, other]) == (0, 10))
    try store.commit { try $0.lose("/0.wav") }
    #expect(try store.callsAnalysedAnew(under: [analysis]) == (2, 9))
    _ = try store.beginRun(over: ["/"], under: analysis)
    #expect(try store.callsAnalysedAnew(under: [analysis]) == (0, 0), "they were accepted before")
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
    for table in ["landmarks", "summaries WHERE call_id = \(id[0] as Int64)", "prompt_places", "prompts"] {
      #expect(try folder.rows("SELECT 1 FROM \(table)").isEmpty, "\(table)")
    }
    #expect(try store.forget(.call(id[0])) == nil)
    #expect(try store.forget(.path("/share/never.wav")) == nil)
    #expect(try store.forget(.content("ab")) == nil)
    #expect(try store.paths { _ in } == ["/share/new.wav"])
  }

  /// Deleted rows are overwritten where they were; this holds for a store of many pages too.
  @Test func nothingStaysOfManyCalls() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    for number in 0..<300 {
      let path = RecordingPath("/share/\(number % 3 == 0 ? "Geheim" : "open")-\(number).wav")
      var call = CallSummary.sample(path)
      call.ending.evidence = [
        number % 3 == 0 ? "Geheim" : "x", String(repeating: "y", count: number * 37 % 5000),
      ]
      call.take(CallMetadata(fields: [.agent: .init(number % 3 == 0 ? "Geheim" : "Anna", from: .name)]))
      try store.record(call, of: path)
    }
    for number in stride(from: 0, to: 300, by: 3) {
      #expect(try store.forget(.path(RecordingPath("/share/Geheim-\(number).wav")))?.calls == 1)
    }
    #expect(try !folder.holds("Geheim"))
    // The pages are free and still there: the store was not written anew.
    let free = try Int.fromDatabaseValue(folder.column("PRAGMA freelist_count")[0])
    #expect((free ?? 0) > 50)
    store.close()
    #expect(try !folder.holds("Geheim"))
    #expect(try CallStore(reading: folder.store).paths { _ in }.count == 200)
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
