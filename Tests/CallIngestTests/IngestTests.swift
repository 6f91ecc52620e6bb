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
/// malformed, `gone` as unreadable, anything else succeeds.
private final class Night: Sendable {
  let folder = TemporaryFolder()
  let share: RecordingPath
  let asked = Mutex<[String]>([])

  init(_ names: String...) {
    share = folder.makeFolder("share")
    for name in names { write(name) }
  }

  func write(_ name: String, _ bytes: [UInt8] = [1, 2, 3]) { folder.write(bytes, as: "share/" + name) }

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
    into store: CallStore, _ options: PipelineOptions? = nil, jobs: Int = 2,
    shouldStop: @escaping @Sendable (Int) -> Bool = { _ in false }
  ) throws -> IngestResult {
    asked.withLock { $0 = [] }
    return try ingest(
      [share], into: store, options: options ?? self.options(), jobs: jobs,
      shouldStop: { shouldStop(self.asked.withLock { $0.count }) },
      analyse: { RecordingAnalysis(self.analyse($0, $1)) })
  }

  private func analyse(_ entry: ShareEntry, _ options: PipelineOptions) -> CallOutcome {
    guard case .recording(let path, isNamed: _) = entry else { fatalError("no folder here is closed") }
    asked.withLock { $0.append(path.name.text) }
    return if path.name.text.hasPrefix("bad") {
      .failed(CallFailure(path: path, code: .malformed, message: "It is malformed."))
    } else if path.name.text.hasPrefix("gone") {
      .failed(CallFailure(path: path, code: .unreadable, message: "It is gone."))
    } else if path.name.text.hasPrefix("nan") {
      .analysed(.unwritable(path))
    } else {
      .analysed(.sample(path, analysis: options.analysis))
    }
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

private func counts(
  seen: Int, analysed: Int = 0, unchanged: Int = 0, failed: Int = 0, failedBefore: Int = 0
) -> RunCounts {
  var counts = RunCounts()
  counts.seen = seen
  counts.analysed = analysed
  counts.unchanged = unchanged
  counts.failed = failed
  counts.failedBefore = failedBefore
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
    #expect(again.counts == counts(seen: 4, analysed: 2, unchanged: 1, failed: 1))
    #expect(try night.lines(of: store).count == 4)
  }

  @Test func aNewTimeIsAChange() throws {
    let night = Night("a.wav", "b.wav")
    let store = try night.open()
    try night.run(into: store)
    let times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 1)]
    let touched = night.share.appending(Array("a.wav".utf8)).withCString { utimensat(AT_FDCWD, $0, times, 0) }
    #expect(touched == 0)
    try night.run(into: store)
    #expect(night.analysed == ["a.wav"])
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
    #expect(night.share.appending(Array("gone.wav".utf8)).withCString { unlink($0) } == 0)
    #expect(try night.run(into: store).counts == counts(seen: 1, unchanged: 1))
    #expect(try night.lines(of: store).count == 1)
  }

  @Test func aCallThatIsGoneFromTheShareStays() throws {
    let night = Night("a.wav", "b.wav")
    let store = try night.open()
    try night.run(into: store)
    let before = try night.lines(of: store)
    #expect(night.share.appending(Array("a.wav".utf8)).withCString { unlink($0) } == 0)
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
