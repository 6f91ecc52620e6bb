import CallAnalysis
import CallAudio
import CallIngest
import CallModel
import CallStore
import Glibc
import Synchronization
import TestSupport
import Testing

/// A share with a few files, a store beside it, and an analysis made up from the names: `bad` fails as
/// malformed, `gone` as unreadable, anything else succeeds with the file's own SHA-256.
final class Night: Sendable {
  let folder = TemporaryFolder()
  let share: RecordingPath
  let asked = Mutex<[String]>([])

  init(_ names: String...) {
    share = folder.makeFolder("share")
    for name in names { write(name) }
  }

  /// Writes a recording; its content is its name where nothing else is given.
  func write(_ name: String, _ bytes: [UInt8]? = nil) {
    folder.write(bytes ?? Array(name.utf8), as: "share/" + name)
  }

  func open(_ name: String = "night.sqlite") throws -> CallStore {
    try CallStore(at: folder.path.text + "/" + name)
  }

  func options(version: String = "1", hash: String = "a") -> PipelineOptions {
    PipelineOptions(
      settings: AnalysisSettings(), limits: ReadingLimits(), roles: .auto,
      analysis: Analysis(version: version, settingsHash: hash))
  }

  /// Runs the batch and answers its counts; `asked` then says what was analysed.
  @discardableResult
  func run(
    into store: CallStore, _ options: PipelineOptions? = nil, selection: ShareSelection = ShareSelection(),
    reanalysing: Bool = false, mayBeEmpty: Bool = false, jobs: Int = 2,
    shouldStop: @escaping @Sendable (Int) -> Bool = { _ in false },
    meanwhile: @escaping @Sendable (String) -> Void = { _ in }
  ) throws -> IngestResult {
    asked.withLock { $0 = [] }
    return try ingest(
      [share], into: store, options: options ?? self.options(), selection: selection,
      reanalysing: reanalysing, mayBeEmpty: mayBeEmpty, jobs: jobs,
      shouldStop: { shouldStop(self.asked.withLock { $0.count }) },
      analyse: {
        meanwhile($0.path.name.text)
        return RecordingAnalysis(self.analyse($0, $1))
      })
  }

  private func analyse(_ entry: ShareEntry, _ options: PipelineOptions) -> CallOutcome {
    guard case .recording(let path, isNamed: _) = entry else { fatalError("no folder here is closed") }
    asked.withLock { $0.append(path.name.text) }
    return if path.name.text.hasPrefix("bad") {
      .failed(CallFailure(path: path, code: .malformed, message: "It is malformed."))
    } else if path.name.text.hasPrefix("gone") || path.withCString({ access($0, R_OK) }) != 0 {
      .failed(CallFailure(path: path, code: .unreadable, message: "It is gone."))
    } else if path.name.text.hasPrefix("nan") {
      .analysed(.unwritable(path))
    } else {
      .analysed(.sample(path, sha256: contentHash(of: path), analysis: options.analysis))
    }
  }

  /// The path of a recording on the share.
  func path(_ name: String) -> RecordingPath { share.appending(Array(name.utf8)) }

  /// Says that a recording was last written to so many seconds after 1970.
  func touch(_ name: String, seconds: Int) {
    let times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 1)]
    precondition(path(name).withCString { utimensat(AT_FDCWD, $0, times, 0) } == 0)
  }

  func rename(_ name: String, to other: String) {
    precondition(path(name).withCString { old in path(other).withCString { Glibc.rename(old, $0) } } == 0)
  }

  func remove(_ name: String) { precondition(path(name).withCString { unlink($0) } == 0) }

  func isAnalysed(_ name: String, in store: CallStore) throws -> Bool {
    var status = stat()
    precondition(path(name).withCString { stat($0, &status) } == 0)
    let standing = try store.standing(
      of: RecordingFile(
        path: path(name), size: Int(status.st_size),
        modified: status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec),
      under: options().analysis)
    if case .analysed = standing { return true }
    return false
  }

  /// The names of the calls in the store.
  func calls(in store: CallStore) throws -> [String] {
    var names: [String] = []
    try store.forEachRecording(in: Selection()) { recording in
      if case .analysed(let call) = try recording.outcome() {
        names.append(String(call.recording.path.dropFirst(share.text.count + 1)))
      }
    }
    return names
  }

  var analysed: [String] { asked.withLock { $0.sorted() } }

  func lines(of store: CallStore) throws -> [String] {
    var lines: [String] = []
    try store.forEachRecording(in: Selection()) { lines.append($0.json) }
    return lines
  }
}

extension CallSummary {
  /// One that JSON has no words for.
  fileprivate static func unwritable(_ path: RecordingPath) -> CallSummary {
    var call = CallSummary.sample(path)
    call.conversation.hold = .nan
    return call
  }
}

func counts(
  seen: Int, analysed: Int = 0, unchanged: Int = 0, failed: Int = 0, failedBefore: Int = 0, copies: Int = 0,
  waiting: Int = 0, gone: Int = 0, lost: Int = 0
) -> RunCounts {
  var counts = RunCounts()
  counts.seen = seen
  counts.analysed = analysed
  counts.unchanged = unchanged
  counts.failed = failed
  counts.failedBefore = failedBefore
  counts.copies = copies
  counts.waiting = waiting
  counts.gone = gone
  counts.lost = lost
  return counts
}

@Suite struct IngestTests {
  @Test func aSecondRunAnalysesNothing() throws {
    let night = Night("a.wav", "b.wav", "bad.wav")
    let store = try night.open()
    #expect(try night.run(into: store).counts == counts(seen: 3, analysed: 2, failed: 1))
    let first = try night.lines(of: store)
    #expect(first.count == 3)
    #expect(try night.run(into: store).counts == counts(seen: 3, unchanged: 2, failedBefore: 1))
    #expect(night.analysed == [])
    #expect(try night.lines(of: store) == first)
  }

  @Test func onlyWhatChangedIsAnalysedAgain() throws {
    let night = Night("a.wav", "b.wav", "bad.wav")
    let store = try night.open()
    try night.run(into: store)
    night.write("b.wav", [1, 2, 3, 4])
    night.write("bad.wav", [5, 6, 7, 8])
    night.write("c.wav")
    let again = try night.run(into: store)
    #expect(night.analysed == ["b.wav", "bad.wav", "c.wav"])
    #expect(again.counts == counts(seen: 4, analysed: 2, unchanged: 1, failed: 1, lost: 1))
    #expect(try night.calls(in: store) == ["a.wav", "b.wav", "b.wav", "c.wav"], "the earlier call stays")
    #expect(try night.lines(of: store).count == 5)
  }

  @Test func aNewTimeIsAChangeOnlyWithANewContent() throws {
    let night = Night("a.wav", "b.wav")
    let store = try night.open()
    try night.run(into: store)
    let before = try night.lines(of: store)
    night.touch("a.wav", seconds: 1)
    #expect(try night.run(into: store).counts == counts(seen: 2, unchanged: 2))
    #expect(try night.lines(of: store) == before)
    #expect(try night.isAnalysed("a.wav", in: store))
    night.write("b.wav", Array("B.wav".utf8))
    night.touch("b.wav", seconds: 1)
    try night.run(into: store)
    #expect(night.analysed == ["b.wav"])
  }

  @Test func otherSettingsAndOtherVersionsAnalyseAllAgain() throws {
    let night = Night("a.wav", "bad.wav")
    let store = try night.open()
    try night.run(into: store)
    for options in [night.options(hash: "b"), night.options(version: "2", hash: "b")] {
      #expect(try night.run(into: store, options).counts == counts(seen: 2, analysed: 1, failed: 1))
      #expect(try night.run(into: store, options).counts == counts(seen: 2, unchanged: 1, failedBefore: 1))
    }
    #expect(try night.lines(of: store).count == 2)
  }

  @Test func whatCouldNotBeReadIsTriedEveryTime() throws {
    let night = Night("a.wav", "gone.wav")
    let store = try night.open()
    for _ in 1...2 {
      #expect(try night.run(into: store).counts.failed == 1)
      #expect(night.analysed.contains("gone.wav"))
    }
    night.remove("gone.wav")
    #expect(try night.run(into: store).counts == counts(seen: 1, unchanged: 1))
    #expect(try night.lines(of: store).count == 1)
  }

  @Test func aCallThatIsGoneFromTheShareStays() throws {
    let night = Night("a.wav", "b.wav")
    let store = try night.open()
    try night.run(into: store)
    let before = try night.lines(of: store)
    night.remove("a.wav")
    #expect(try night.run(into: store).counts == counts(seen: 1, unchanged: 1, lost: 1))
    #expect(try night.run(into: store).counts == counts(seen: 1, unchanged: 1))
    #expect(try night.lines(of: store) == before)
  }

  @Test func aFigureThatIsNoNumberFailsOneRecording() throws {
    let night = Night("a.wav", "nan.wav", "z.wav")
    let store = try night.open()
    #expect(try night.run(into: store).counts == counts(seen: 3, analysed: 2, failed: 1))
    #expect(try night.lines(of: store).contains { $0.contains(#""code":"crashed""#) })
  }

  @Test func sharesWithinSharesAreSeenOnce() throws {
    let night = Night("a.wav")
    let store = try night.open()
    let result = try ingest(
      [night.share, night.folder.path, night.share.appending(Array("a.wav".utf8))], into: store,
      options: night.options(), jobs: 2,
      analyse: { RecordingAnalysis(.analysed(.sample($0.path, analysis: $1.analysis))) })
    #expect(result.counts == counts(seen: 1, analysed: 1))
  }

  @Test(arguments: [1, 2, 5], [0, 1, 3, 7])
  func aRunThatWasStoppedGoesOn(jobs: Int, after: Int) throws {
    let night = Night("0.wav", "1.wav", "2.wav", "bad3.wav", "4.wav", "5.wav", "6.wav", "bad7.wav", "8.wav")
    let whole = try night.open("whole.sqlite")
    try night.run(into: whole)

    let store = try night.open()
    let first = try night.run(into: store, jobs: jobs) { $0 >= after }
    let done = night.analysed
    #expect(first.stopped == (done.count < 9))
    #expect(first.counts.analysed + first.counts.failed == done.count)
    #expect(try night.lines(of: store).count == done.count)

    let second = try night.run(into: store, jobs: jobs)
    #expect(!second.stopped)
    #expect(Set(night.analysed).isDisjoint(with: done))
    #expect(second.counts.unchanged + second.counts.failedBefore == done.count)
    #expect(try night.lines(of: store) == night.lines(of: whole))
  }

  @Test func progressTellsOfWhatIsKept() throws {
    let night = Night("a.wav", "bad.wav", "c.wav")
    let store = try night.open()
    var told: [IngestProgress] = []
    _ = try ingest(
      [night.share], into: store, options: night.options(), jobs: 2,
      progress: { progress in
        told.append(progress)
        #expect((try? night.lines(of: store).count) ?? 0 >= progress.done)
      },
      analyse: { entry, options in
        guard case .recording(let path, isNamed: _) = entry else { fatalError("no folder here is closed") }
        return RecordingAnalysis(
          path.name == RecordingPath("bad.wav")
            ? .failed(CallFailure(path: path, code: .empty, message: "It is empty."))
            : .analysed(.sample(path)))
      })
    #expect(told.map(\.done) == [1, 2, 3])
    #expect(told.map(\.total) == [3, 3, 3])
    #expect(told.map { $0.failure?.error.code } == [nil, .empty, nil])
  }
}
