import CallAnalysis
import CallAudio
public import CallModel
import CallReports
public import CallStore
import Glibc

/// The result of a run; in JSON one flat object.
public struct IngestResult: Sendable, Hashable, Encodable {
  /// The number of recordings by outcome.
  public var counts: RunCounts
  /// How long the run took, in seconds.
  public var duration: Seconds
  /// Whether it was asked to stop before all recordings were done.
  public var stopped: Bool
  /// Recorded prompts that nobody has labelled yet and that this run heard for the first time.
  public var newPrompts = 0
  /// In how many calls of this run each kind of finding was made.
  public var findings: [Finding.Code: Int] = [:]
  /// Shares that went away during the run, or are empty although the store knows recordings there: they are
  /// perhaps not mounted.
  public var vanished: [RecordingPath] = []

  enum CodingKeys: String, CodingKey {
    case stopped, findings, vanished
    case newPrompts = "new_prompts"
    case duration = "duration_s"
  }

  /// Writes the counts, the duration and the stop beside each other.
  public func encode(to encoder: any Encoder) throws {
    try counts.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(stopped, forKey: .stopped)
    try container.encode(vanished.map(\.text), forKey: .vanished)
    try container.encode(newPrompts, forKey: .newPrompts)
    try container.encode(duration, forKey: .duration)
    let named = findings.map { ($0.key.rawValue, $0.value) }
    try container.encode(Dictionary(uniqueKeysWithValues: named), forKey: .findings)
  }
}

/// The progress of a run.
public struct IngestProgress: Sendable, Hashable {
  /// Recordings finished and kept.
  public var done = 0
  /// Recordings to be analysed in this run.
  public var total: Int
  /// Why the one that finished last failed; nil where it was analysed.
  public var failure: CallFailure?
}

/// The nightly batch: finds the recordings on `shares`, analyses those that are new or changed, `jobs` at a
/// time, and stores each one as soon as it is finished. `progress` is called after that, in the order of the
/// walk.
///
/// A recording is known by its path, size and time, and by the version and the settings of the analysis,
/// which include the roles from its source. So are failures, so that a broken file is not tried every night;
/// a file that could not be read is tried again. Where the path is new, the content decides: a moved
/// recording is recognised, and of hard links and copies one counts. A recording that is gone from the share
/// keeps its row. Where `shouldStop` returns true, the calls in flight are finished and stored, and the
/// others are left to the next run; so are those of a share that goes away.
///
/// After the calls come the prompts that recur in them (`findPrompts`), unless something was left over.
///
/// - Parameters:
///   - selection: which recordings are taken.
///   - reanalysing: whether those that are known are analysed again.
///   - mayBeEmpty: whether a share whose recordings are known may be empty.
/// - Throws: what the store throws. A bad recording is a row.
public func ingest(
  _ shares: [RecordingPath], into store: CallStore, options: PipelineOptions,
  selection: ShareSelection = ShareSelection(), reanalysing: Bool = false, mayBeEmpty: Bool = false,
  jobs: Int,
  shouldStop: @escaping @Sendable () -> Bool = { false }, progress: (IngestProgress) -> Void = { _ in },
  analyse: @escaping @Sendable (ShareEntry, PipelineOptions) -> RecordingAnalysis = {
    analyseRecordingWithLandmarks($0, options: $1)
  }
) throws -> IngestResult {
  let clock = ContinuousClock()
  let start = clock.now
  let run = try store.beginRun(over: shares, under: options.analysis)
  let survey = try Survey(
    of: shares, in: store, options: options, selection: selection, reanalysing: reanalysing)
  var counts = survey.counts
  var vanished = mayBeEmpty ? [] : try survey.empty.filter { try store.hasRecordings(under: $0) }
  var (done, leftOver) = (0, 0)
  let visit = Visit(
    store: store, options: options, book: survey.book, run: run, reanalysing: reanalysing,
    analyse: analyse)

  try mapInOrder(survey.due, jobs: jobs) { candidate -> Fate in
    if shouldStop() { return .leftOver }
    do { return try visit.fate(of: candidate) } catch { return .refused(error) }
  } deliver: { fate in
    var news = IngestProgress(total: survey.due.count)
    switch fate {
    case .analysed: counts.analysed += 1
    case .unchanged: counts.unchanged += 1
    case .copy: counts.copies += 1
    case .gone: counts.gone += 1
    case .failed(let failure):
      counts.failed += 1
      news.failure = failure
    case .vanished(let share):
      if !vanished.contains(share) { vanished.append(share) }
      leftOver += 1
      return true
    case .leftOver:
      leftOver += 1
      return true
    case .refused(let error): throw error
    }
    done += 1
    news.done = done
    progress(news)
    return true
  }

  let newPrompts = leftOver > 0 ? 0 : try findPrompts(in: store, settings: options.settings)
  try store.endRun(run, counts: counts, stopped: leftOver > 0)
  let (seconds, attoseconds) = (clock.now - start).components
  return IngestResult(
    counts: counts, duration: (Seconds(seconds) + Seconds(attoseconds) / 1e18).milliseconds,
    stopped: leftOver > 0, newPrompts: newPrompts, findings: try store.findings(ofRun: run),
    vanished: vanished)
}

/// A recording that this run has to handle.
private struct Candidate: Sendable {
  let entry: ShareEntry
  let share: Share

  /// Whether the user named it itself; links to it are then followed.
  var isNamed: Bool {
    if case .recording(_, let isNamed) = entry { isNamed } else { false }
  }

  /// Whether it is a file; false for a folder that could not be read.
  var isFile: Bool {
    if case .recording = entry { true } else { false }
  }
}

/// A share as the user named it, and its state when the run began.
private struct Share: Sendable {
  let path: RecordingPath
  let identity: FileState.Identity?

  init(_ path: RecordingPath) {
    self.path = path
    identity = FileState(of: path, followingLinks: true)?.identity
  }

  /// Whether what was there when the run began is not there now: a mount point without its file system is another
  /// folder.
  var hasVanished: Bool {
    identity != nil && FileState(of: path, followingLinks: true)?.identity != identity
  }
}

/// What a walk over the shares found, compared with the store.
private struct Survey {
  /// The recordings that were decided without opening the files.
  private(set) var counts = RunCounts()
  /// The recordings to handle, in the order of the walk.
  private(set) var due: [Candidate] = []
  /// Shares without any recording.
  private(set) var empty: [RecordingPath] = []
  /// What is known of the recordings besides their sound.
  let book: RecordBook

  init(
    of shares: [RecordingPath], in store: CallStore, options: PipelineOptions, selection: ShareSelection,
    reanalysing: Bool
  ) throws {
    let now = Self.now
    var found: Set<RecordingPath> = []
    var links: Set<FileState.Identity> = []
    var candidates: [(Candidate, FileState?)] = []
    for share in shares.map(Share.init) {
      let entries = findRecordings(under: [share.path], limits: options.limits, selection: selection)
      if entries.isEmpty { empty.append(share.path) }
      for entry in entries where found.insert(entry.path).inserted {
        let candidate = Candidate(entry: entry, share: share)
        let state = FileState(of: entry.path, followingLinks: candidate.isNamed)
        let age = candidate.isFile ? state.map { now - $0.written } : nil
        if let age, let maximum = selection.maximumAge, age > maximum { continue }
        counts.seen += 1
        if candidate.isFile, let state, state.isLinked, !links.insert(state.identity).inserted {
          counts.copies += 1
        } else if let age, abs(age) < selection.minimumAge {
          counts.waiting += 1
        } else {
          candidates.append((candidate, state))
        }
      }
    }
    book = RecordBook(of: candidates.lazy.map(\.0.entry.path), sources: options.sources)
    for (candidate, state) in candidates {
      let file = RecordingFile(candidate.entry.path, state)
      switch try store.standing(of: file, under: options.decided(for: file.path).analysis) {
      case .analysed where !reanalysing:
        counts.unchanged += 1
        try refreshMetadata(of: file, in: store, from: book)
      case .failed where !reanalysing: counts.failedBefore += 1
      // The recording that it is a copy of is handled in this run itself, or needs no analysis.
      case .copy(let original, let isCurrent)
      where found.contains(original) || isCurrent && !reanalysing && !FileState.isGone(original):
        counts.copies += 1
      case .due, .analysed, .failed, .copy: due.append(candidate)
      }
    }
  }

  private static var now: Seconds {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Seconds(time.tv_sec) + Seconds(time.tv_nsec) / 1e9
  }
}

extension FileState {
  /// When it was last written to, in seconds since 1970.
  fileprivate var written: Seconds { Seconds(modified) / 1e9 }
}

/// Handles one recording and stores the outcome.
private struct Visit: Sendable {
  let store: CallStore
  let options: PipelineOptions
  let book: RecordBook
  let run: Int64
  let reanalysing: Bool
  let analyse: @Sendable (ShareEntry, PipelineOptions) -> RecordingAnalysis

  func fate(of candidate: Candidate) throws -> Fate {
    let path = candidate.entry.path
    // Read before the analysis, so that a later change is noticed.
    let before = FileState(of: path, followingLinks: candidate.isNamed)
    let file = RecordingFile(path, before)
    let known = options.decided(for: path).analysis
    if !reanalysing, before != nil, try store.mayKnow(file, under: known),
      let sha256 = contentHash(of: path, followingLinks: candidate.isNamed),
      let isCopy = try store.adopt(
        file, sha256: sha256, under: known, gone: try abandoned(sha256))
    {
      if !isCopy { try refreshMetadata(of: file, in: store, from: book) }
      return isCopy ? .copy : .unchanged
    }

    var analysis = analyse(candidate.entry, options)
    if case .failed(let failure) = analysis.outcome, failure.error.code == .unreadable {
      if candidate.share.hasVanished { return .vanished(candidate.share.path) }
      if !candidate.isNamed, FileState.isGone(path) { return .gone }
    }
    let after = FileState(of: path, followingLinks: candidate.isNamed)
    if let before, let after, !before.isSame(as: after) {
      analysis = RecordingAnalysis(.failed(.replaced(path)))
    }
    do {
      return try keep(analysis, of: file)
    } catch is EncodingError {
      return try keep(RecordingAnalysis(.failed(.unwritable(path))), of: file)
    }
  }

  private func keep(_ analysis: RecordingAnalysis, of file: RecordingFile) throws -> Fate {
    var gone: RecordingPath?
    if case .analysed(let call) = analysis.outcome { gone = try abandoned(call.recording.sha256) }
    let isCopy = try store.record(
      book.describe(analysis.outcome, at: file.path, modified: file.modified), of: file,
      under: options.decided(for: file.path).analysis, run: run, landmarks: analysis.landmarks, gone: gone)
    if case .failed(let failure) = analysis.outcome { return .failed(failure) }
    return isCopy ? .copy : .analysed
  }

  /// The path under which this content is known, if that file is gone.
  private func abandoned(_ sha256: String) throws -> RecordingPath? {
    try store.path(ofContent: sha256).flatMap { FileState.isGone($0) ? $0 : nil }
  }
}

/// Stores the metadata of a call that was analysed before: records can come later than the recording.
private func refreshMetadata(of file: RecordingFile, in store: CallStore, from book: RecordBook) throws {
  guard book.describes(file.path), let known = try store.heardCall(at: file.path),
    case .known(let metadata) = book.entry(for: file.path, modified: file.modified, heard: known.call),
    try known.metadata != metadata.map(metadataJSON)
  else { return }
  try store.keep(metadata, ofCallAt: file.path)
}

/// The outcome of one recording in this run.
private enum Fate: Sendable {
  case analysed
  /// The content was known.
  case unchanged
  /// A copy: another recording with this content counts.
  case copy
  case failed(CallFailure)
  /// It was moved or deleted before its turn.
  case gone
  /// Its share went away.
  case vanished(RecordingPath)
  /// The run was asked to stop before its turn.
  case leftOver
  /// The store could not write it.
  case refused(any Error)
}

extension CallFailure {
  fileprivate static func replaced(_ path: RecordingPath) -> CallFailure {
    CallFailure(
      path: path, code: .changedWhileReading,
      message: "The file was replaced or written to while it was read; it is tried again in the next run.")
  }

  fileprivate static func unwritable(_ path: RecordingPath) -> CallFailure {
    CallFailure(
      path: path, code: .crashed,
      message: "The analysis gave a figure that is no number; please report this recording's format.")
  }
}
