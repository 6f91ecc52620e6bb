import CallModel
import GRDB
import TestSupport
import Testing

@testable import CallStore

@Suite struct ContentsInAStore {
  @Test func aPathIsNoCall() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(.sample("/line1.wav", sha256: "aa"), of: "/line1.wav")
    // The next day's call takes its place, then an archiver cuts that short.
    try store.record(.sample("/line1.wav", sha256: "bb"), of: "/line1.wav")
    #expect(try store.paths { _ in } == ["/line1.wav", "/line1.wav"])
    try store.record(.empty, of: "/line1.wav")
    #expect(try store.paths { _ in } == ["empty /line1.wav", "/line1.wav", "/line1.wav"])
    #expect(try folder.rows("SELECT 1 FROM events").count == 4)
    #expect(try store.forget(.path("/line1.wav"))?.calls == 2)
  }

  @Test func aCopyHasTheCallWhereTheFirstFails() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    for path in ["/a.wav", "/b.wav", "/c.wav"] as [RecordingPath] {
      try store.record(.sample(path, sha256: "aa"), of: path)
    }
    try store.record(.malformed, of: "/a.wav")
    #expect(try store.paths { _ in } == ["malformed /a.wav", "/b.wav"])
    try store.record(.malformed, of: "/c.wav")
    #expect(try folder.column("SELECT path FROM files WHERE call_id = 1") == values("/b.wav"))
    #expect(try folder.rows("SELECT 1 FROM events").count == 2)
  }

  /// In whatever order files are finished, the best described one has the call, and its figures are kept.
  @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
  func theBestDescribedFileHasTheCall(order: [Int]) throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    let files: [(path: RecordingPath, described: Description, ending: Ending.Kind)] = [
      ("/archive-copy/a.wav", .not, .natural), ("/share/b.wav", .told, .cutOff),
      ("/share/a.wav", .matched, .voicemail),
    ]
    for index in order {
      let (path, described, ending) = files[index]
      let call = CallSummary.sample(path, sha256: "aa", ending: ending)
      let placement = try store.commit {
        try $0.record(
          .analysed(call), of: file(path), described: described,
          under: Analysis(version: "1", settingsHash: "\(index)"))
      }
      #expect(placement?.call == 1)
    }
    try folder.rows("SELECT * FROM calls").first?.holds([
      "path": "/share/b.wav", "ending_kind": "cut_off", "settings_hash": "1",
    ])
    #expect(
      try store.standing(of: file("/archive-copy/a.wav"), under: analysis)
        == .copy(of: "/share/b.wav", call: 1, isCurrent: false))
  }

  @Test func namesThatAreNoTextAreKeptInEveryRow() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(.sample("/share/z.wav", sha256: "aa"), of: "/share/z.wav")
    try store.record(.sample(latin1, sha256: "aa"), of: latin1)
    let row = try #require(folder.rows("SELECT path_b64, summary_json FROM calls JOIN calls_as_json").first)
    row.holds(["path_b64": "L3NoYXJlL2NhZukud2F2"])
    #expect((row["summary_json"] as String).contains(#""path_b64":"L3NoYXJlL2NhZukud2F2""#))
    #expect(try store.content("aa")?.shown == latin1)
    let copied = try store.standing(of: file("/share/z.wav"), under: analysis)
    #expect(copied == .copy(of: latin1, call: 1, isCurrent: true))
    // The copy takes over where the first is gone.
    try store.commit { try $0.lose(latin1) }
    #expect(try store.paths { _ in } == ["/share/z.wav"])
    #expect(try store.commit { try $0.adopt(file("/share/z.wav"), sha256: "aa") }?.isShown == true)
    #expect(try store.commit { try $0.adopt(file("/c.wav"), sha256: "bb") } == nil, "another content")
  }

  /// What is asked every day reads no table from its beginning to its end.
  @Test(arguments: [
    "SELECT call_id, file_id FROM recordings WHERE day BETWEEN '2026-01-31' AND '2026-01-31' ORDER BY path",
    CallStore.followed(of: .day("2026-01-31")).replacing(/:(since|until|horizon)/) { "'\($0.1)'" },
    CallStore.followed(of: CallPeriod(since: .day("2026-01-31"))).replacing(/:(since|horizon)/) {
      "'\($0.1)'"
    },
    CallStore.followed(of: CallPeriod(since: .moment(5))).replacing(/:(since|horizon)/) { "'\($0.1)'" },
    "SELECT call_id, file_id FROM recordings WHERE began >= 1769860800 ORDER BY path",
    "SELECT id FROM calls WHERE path = 'a' AND path_b64 = ''", "SELECT id FROM calls WHERE began < 5",
    "SELECT id FROM files WHERE size_bytes = 5 AND mtime_ns BETWEEN 3 AND 4",
    "SELECT call_id FROM call_metadata WHERE agent = 'Anna'",
    "SELECT id FROM calls WHERE ending_kind = 'cut_off'",
  ]) func whatIsAskedEveryDayIsFoundByAnIndex(query: String) throws {
    let folder = try StoreFolder()
    _ = try CallStore(at: folder.store)
    let steps = try folder.rows("EXPLAIN QUERY PLAN \(query)").map { $0["detail"] as String }
    #expect(steps.contains { $0.contains("INDEX") })
    for step in steps {
      #expect(step.wholeMatch(of: /SCAN (c|m|f|calls|files|call_metadata|failures)( .*)?/) == nil, "\(step)")
    }
  }

  @Test func aCallOutlivesItsFiles() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(.sample("/a.wav", sha256: "aa"), of: "/a.wav")
    let id = try #require(try store.known(file("/a.wav"), under: analysis)?.id)
    let bereft = BereftCalls()
    try store.commit(bereft: bereft) { try $0.lose(file: id) }
    #expect(try store.withoutFile(of: bereft) == 1)
    #expect(try store.paths { _ in } == ["/a.wav"])
    #expect(try !store.hasFiles(under: "/a.wav"))
    #expect(try store.standing(of: file("/a.wav"), under: analysis) == .due, "it came back")
    #expect(try store.mayKnow(file("/a.wav")))
  }
}
