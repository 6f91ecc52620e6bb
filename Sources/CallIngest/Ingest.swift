import CallAnalysis
public import CallModel
import CallReports
public import CallStore
import Glibc

/// What a run came to; in JSON one flat object.
public struct IngestResult: Sendable, Hashable, Encodable {
  /// The recordings, by what became of them.
  public var counts: RunCounts
  /// How long the run took, in seconds.
  public var duration: Seconds
  /// Whether it was asked to stop before all recordings were seen to.
  public var stopped: Bool
  /// Recorded prompts that nobody has labelled yet and that this run heard for the first time.
  public var newPrompts = 0
  /// In how many calls of this run each kind of finding was made.
  public var findings: [Finding.Code: Int] = [:]

  enum CodingKeys: String, CodingKey {
    case stopped, findings
    case newPrompts = "new_prompts"
    case duration = "duration_s"
  }

  /// Writes the counts, the duration and the stop beside each other.
  public func encode(to encoder: any Encoder) throws {
    try counts.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(stopped, forKey: .stopped)
    try container.encode(newPrompts, forKey: .newPrompts)
    try container.encode(duration, forKey: .duration)
    let named = findings.map { ($0.key.rawValue, $0.value) }
    try container.encode(Dictionary(uniqueKeysWithValues: named), forKey: .findings)
  }
}

/// How far a run is.
public struct IngestProgress: Sendable, Hashable {
  /// Recordings finished and kept.
  public var done = 0
  /// Recordings to be analysed in this run.
  public var total: Int
  /// What was wrong with the one finished last; nil where it was analysed.
  public var failure: CallFailure?
}

/// The nightly batch: finds the recordings on `shares`, analyses those that are new or changed, `jobs` at a
/// time, and keeps each one as soon as it is finished, before `progress` tells of it in the order of the
/// walk.
///
/// A recording is known by its path, size and time, and by the version and settings of the analysis, the roles
/// that its source gives among them; failures
/// too, so that a broken file is not tried every night, except those that could just not be read. A recording
/// that is gone from the share keeps its row. Where `shouldStop` answers true, the calls in flight are
/// finished and kept, and the others left for the next run.
///
/// After the calls come the prompts that recur in them (`findPrompts`), unless the run was stopped.
///
/// - Throws: what the store throws. A bad recording is a row.
public func ingest(
  _ shares: [RecordingPath], into store: CallStore, options: PipelineOptions, jobs: Int,
  shouldStop: @escaping @Sendable () -> Bool = { false }, progress: (IngestProgress) -> Void = { _ in },
  analyse: @escaping @Sendable (ShareEntry, PipelineOptions) -> RecordingAnalysis = {
    analyseRecordingWithLandmarks($0, options: $1)
  }
) throws -> IngestResult {
  let clock = ContinuousClock()
  let start = clock.now
  let run = try store.beginRun(over: shares, under: options.analysis)
  var counts = RunCounts()
  var due: [(entry: ShareEntry, file: RecordingFile, analysis: Analysis)] = []
  var found: Set<RecordingPath> = []
  let entries = findRecordings(under: shares, limits: options.limits)
  let book = RecordBook(of: entries.lazy.map(\.path), sources: options.sources)
  for entry in entries where found.insert(entry.path).inserted {
    let file = RecordingFile(entry)
    counts.seen += 1
    let analysis = options.decided(for: entry.path).analysis
    switch try store.standing(of: file, under: analysis) {
    case .due: due.append((entry, file, analysis))
    case .analysed:
      counts.unchanged += 1
      try refreshMetadata(of: file, in: store, from: book)
    case .failed: counts.failedBefore += 1
    }
  }

  try mapInOrder(due, jobs: jobs) { entry, file, analysis -> Fate in
    if shouldStop() { return .leftOver }
    func keep(_ result: RecordingAnalysis) throws -> Fate {
      try store.record(
        book.describe(result.outcome, at: file.path, modified: file.modified), of: file, under: analysis,
        run: run, landmarks: result.landmarks)
      if case .failed(let failure) = result.outcome { return .failed(failure) }
      return .analysed
    }
    do {
      do {
        return try keep(analyse(entry, options))
      } catch is EncodingError {
        let message = "The analysis gave a figure that is no number; please report this recording's format."
        return try keep(
          RecordingAnalysis(.failed(CallFailure(path: file.path, code: .crashed, message: message))))
      }
    } catch {
      return .refused(error)
    }
  } deliver: { fate in
    var news = IngestProgress(total: due.count)
    switch fate {
    case .analysed: counts.analysed += 1
    case .failed(let failure):
      counts.failed += 1
      news.failure = failure
    case .leftOver: return true
    case .refused(let error): throw error
    }
    news.done = counts.analysed + counts.failed
    progress(news)
    return true
  }

  let stopped = counts.analysed + counts.failed < due.count
  let newPrompts = stopped ? 0 : try findPrompts(in: store, settings: options.settings.prompts)
  try store.endRun(run, counts: counts, stopped: stopped)
  let (seconds, attoseconds) = (clock.now - start).components
  return IngestResult(
    counts: counts, duration: (Seconds(seconds) + Seconds(attoseconds) / 1e18).milliseconds, stopped: stopped,
    newPrompts: newPrompts, findings: try store.findings(ofRun: run))
}

/// Keeps what records say now of a call that was analysed before: they can come later than the recording.
private func refreshMetadata(of file: RecordingFile, in store: CallStore, from book: RecordBook) throws {
  guard book.describes(file.path), let known = try store.heardCall(at: file.path),
    case .known(let metadata) = book.entry(for: file.path, modified: file.modified, heard: known.call),
    try known.metadata != metadata.map(metadataJSON)
  else { return }
  try store.keep(metadata, ofCallAt: file.path)
}

/// What became of one recording in this run.
private enum Fate: Sendable {
  case analysed
  case failed(CallFailure)
  /// The run was asked to stop before its turn.
  case leftOver
  /// The store would not keep it.
  case refused(any Error)
}

extension RecordingFile {
  /// What was found, as the file system has it now. To be asked before the analysis: what changes later is
  /// then seen as a change by the next run.
  init(_ entry: ShareEntry) {
    var status = stat()
    let name = entry.path.bytes.map(CChar.init(bitPattern:)) + [0]
    let isFound = name.withUnsafeBufferPointer { stat($0.baseAddress!, &status) } == 0
    self.init(
      path: entry.path, size: isFound ? Int(status.st_size) : nil,
      modified: isFound ? status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec : nil)
  }
}
