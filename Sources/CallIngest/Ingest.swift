import CallAnalysis
import CallAudio
public import CallModel
public import CallStore
import Glibc

/// The nightly batch: finds the recordings on `shares`, analyses those that are new or changed, `jobs` at a
/// time, and stores them as they are finished. `progress` is called after that, in the order of the walk.
///
/// A file is known by its path, size and time, and a call by its content, by the version and the settings of the
/// analysis, which include the roles from its source. So are failures, so that a broken file is not tried every night;
/// a file that could not be read is tried again. A moved recording is recognised, and of hard links and copies one
/// counts. A call stays whatever becomes of its files. Where `shouldStop` returns true, the calls in flight are finished
/// and stored, and the others are left to the next run; so are those of a share that goes away.
///
/// After the calls come the prompts that recur in them (`findPrompts`), unless something was left over.
///
/// - Parameters:
///   - selection: which recordings are taken.
///   - reanalysing: whether those that are known are analysed again.
///   - mayBeEmpty: whether a share whose recordings are known may be empty.
///   - analyse: gives the outcome of a recording, with its landmarks; what it throws ends the run.
/// - Throws: what the store and `analyse` throw. A bad recording is a row.
/// - Complexity: memory in the recordings that are new, at most 50,000 at a time, and one bit for a known file.
public func ingest(
  _ shares: [RecordingPath], into store: CallStore, options: PipelineOptions,
  selection: ShareSelection = ShareSelection(), reanalysing: Bool = false, mayBeEmpty: Bool = false,
  jobs: Int,
  shouldStop: @escaping @Sendable () -> Bool = { false }, progress: (IngestProgress) -> Void = { _ in },
  analyse: @escaping @Sendable (ShareEntry, PipelineOptions) throws -> RecordingAnalysis = {
    analyseRecording($0, options: $1, keepingLandmarks: true)
  }
) throws -> IngestResult {
  let clock = ContinuousClock()
  let start = clock.now
  return try withoutActuallyEscaping(progress) { progress in
    let run = try store.beginRun(
      over: shares, under: options.analysis, sources: options.sources.map(\.analysis))
    let shares = shares.map(Share.init)
    let missing = try shares.filter { share in
      try share.isBlank && (share.identity == nil || !mayBeEmpty && store.hasFiles(under: share.path))
    }
    let facts = Facts(options.sources, presence: Presence(missing: missing.map(\.path)))
    let visit = Visit(
      store: store, options: options, facts: facts, reanalysing: reanalysing, analyse: analyse)
    var night = Night(
      visit: visit, run: run, selection: selection, jobs: jobs, shouldStop: shouldStop, progress: progress)
    night.result.notes.missingShares = facts.presence.missing
    try night.go(over: shares, mayBeEmpty: mayBeEmpty)
    var result = night.result
    result.notes.complaints = facts.book.complaints
    if !result.stopped {
      do {
        try keepUnrecordedCalls(of: facts, in: store, shouldStop: shouldStop)
      } catch is CancellationError {
        result.stopped = true
      }
      result.newPrompts = try findPrompts(in: store, settings: options.settings, shouldStop: shouldStop)
    }
    try store.endRun(run, counts: result.counts, notes: result.notes, stopped: result.stopped)
    result.findings = try store.findings(ofRun: run)
    let (seconds, attoseconds) = (clock.now - start).components
    result.duration = (Seconds(seconds) + Seconds(attoseconds) / 1e18).milliseconds
    return result
  }
}

/// A run under way.
private struct Night {
  let visit: Visit
  let run: Int64
  let selection: ShareSelection
  let jobs: Int
  let shouldStop: @Sendable () -> Bool
  let progress: (IngestProgress) -> Void

  var result = IngestResult()
  private var told = IngestProgress()
  /// The recordings to handle, in the order of the walk.
  private var due: [Candidate] = []
  /// Facts that changed of calls that are not analysed again.
  private var changes: [(call: Int64, file: Int64, described: Description, change: Facts.Change)] = []
  private let bereft = BereftCalls()
  /// The numbers of the known files that the walk found.
  private var seen = NumberSet()
  /// The files with several names that the walk found.
  private var links: Set<FileState.Identity> = []
  /// Where shares lie within each other: the paths that the walk found.
  private var found: Set<RecordingPath>?

  init(
    visit: Visit, run: Int64, selection: ShareSelection, jobs: Int,
    shouldStop: @escaping @Sendable () -> Bool,
    progress: @escaping (IngestProgress) -> Void
  ) {
    self.visit = visit
    self.run = run
    self.selection = selection
    self.jobs = jobs
    self.shouldStop = shouldStop
    self.progress = progress
  }

  /// So many recordings to handle are collected before the walk goes on.
  private static let maximumDue = 50_000

  mutating func go(over shares: [Share], mayBeEmpty: Bool) throws {
    let now = Self.now
    if Self.overlap(shares) { found = [] }
    var whole: [Share] = []
    for share in shares {
      if result.notes.missingShares.contains(share.path) { continue }
      var isEmpty = true
      let passedOver = try walkShare(share.path, limits: visit.options.limits, selection: selection) {
        entry in
        isEmpty = false
        try take(Candidate(entry: entry, share: share), now: now)
      }
      result.notes.passedOver.merge(passedOver, uniquingKeysWith: +)
      if isEmpty, !mayBeEmpty, try visit.store.hasFiles(under: share.path) {
        miss(share)
      } else {
        whole.append(share)
      }
    }
    try handleDue()
    try write()
    for share in whole where !share.hasVanished { try loseWhatIsGone(from: share) }
    result.counts.lost = try visit.store.withoutFile(of: bereft)
  }

  /// Whether one share lies within another.
  private static func overlap(_ shares: [Share]) -> Bool {
    let folders = shares.map { $0.path.appending([]).bytes }
    return folders.indices.contains { a in
      folders.indices.contains { b in a != b && folders[a].starts(with: folders[b]) }
    }
  }

  private mutating func miss(_ share: Share) {
    if !result.notes.missingShares.contains(share.path) { result.notes.missingShares.append(share.path) }
  }

  /// Compares what the walk found with the store.
  private mutating func take(_ candidate: Candidate, now: Seconds) throws {
    var candidate = candidate
    let path = candidate.entry.path
    if found?.insert(path).inserted == false { return }
    let state = FileState(of: path, followingLinks: candidate.isNamed)
    let file = RecordingFile(path, state)
    let known = try visit.store.known(file, under: visit.options.decided(for: path).analysis)
    if let known { seen.insert(known.id) }
    if candidate.isFile {
      candidate.secondLeg = visit.options.limits.secondLeg(of: path).flatMap {
        FileState(of: $0, followingLinks: false)
      }
      candidate.hasNewLeg =
        known.map { candidate.secondLeg.map(\.text) ?? $0.secondLeg != $0.secondLeg } ?? false
    }
    let written = state.map { max($0.modified, candidate.secondLeg?.modified ?? 0) }
    let age = candidate.isFile ? written.map { now - Seconds($0) / 1e9 } : nil
    if let age, let maximum = selection.maximumAge {
      let began = known?.began.map(Seconds.init) ?? visit.facts.begin(of: file)
      if began.map({ now - $0 }) ?? age > maximum { return }
    }
    result.counts.seen += 1
    if candidate.isFile, let state, state.isLinked, !links.insert(state.identity).inserted {
      result.counts.copies += 1
    } else if let age, abs(age) < selection.minimumAge {
      result.counts.waiting += 1
    } else {
      try decide(candidate, file, known)
    }
  }

  private mutating func decide(_ candidate: Candidate, _ file: RecordingFile, _ known: KnownFile?) throws {
    if let known, !candidate.hasNewLeg {
      switch known.standing {
      case .analysed(let call) where !visit.reanalysing:
        result.counts.unchanged += 1
        return try refresh(call, file, known)
      case .failed where !visit.reanalysing:
        result.counts.failedBefore += 1
        return
      // The file under which the call is shown is handled itself.
      case .copy(let shown, let call, _) where !visit.facts.presence.isGone(shown):
        result.counts.copies += 1
        return try refresh(call, file, known)
      case .due, .analysed, .failed, .copy: break
      }
    }
    due.append(candidate)
    told.total += 1
    if due.count >= Self.maximumDue { try handleDue() }
  }

  /// Asks the sources about a call that is not analysed again: records can come later than the recording.
  private mutating func refresh(_ call: Int64, _ file: RecordingFile, _ known: KnownFile) throws {
    if known.described == .part { return }
    let asked = visit.facts.ask(file.path)
    var silent = known.silentSources
    if asked.rules == nil {
      silent = []
      if known.described == .told { result.notes.keptFacts["none", default: 0] += 1 }
      if asked.source != nil, known.described == .not {
        changes.append((call, known.id, .matched, Facts.Change(path: file.path)))
      }
    } else if let facts = try visit.store.facts(of: call),
      visit.facts.hash(of: asked, facts, file) != known.factsHash
    {
      let said = visit.facts.said(asked)
      let change = try visit.facts.change(facts, said, of: file)
      silent = change.silent
      changes.append((call, known.id, said.description, change))
    } else if let expectsRecord = asked.expectsRecord, expectsRecord != known.expectsRecord {
      let change = Facts.Change(path: file.path, expectsRecord: expectsRecord)
      changes.append((call, known.id, known.described, change))
    }
    for source in silent { result.notes.keptFacts[source.rawValue, default: 0] += 1 }
    if changes.count >= 1000 { try write() }
  }

  /// Writes the facts that changed.
  private mutating func write() throws {
    guard !changes.isEmpty else { return }
    try visit.store.commit(run: run) { writer in
      for (call, file, described, change) in changes {
        try writer.describe(file: file, of: call, as: described)
        try change.write(call, to: writer)
      }
    }
    changes.removeAll()
  }

  // MARK: Recordings to handle

  private mutating func handleDue() throws {
    let (visit, shouldStop) = (visit, shouldStop)
    try mapInOrder(visit.facts.calls(of: due), jobs: jobs) { files -> [Fate] in
      if shouldStop() { return files.map { _ in .leftOver } }
      do { return try visit.fates(of: files) } catch { return [.refused(error)] }
    } deliver: { results in
      let fates = results.flatMap(\.self)
      let outcomes = try visit.store.commit(run: run, bereft: bereft) { writer in
        try fates.map { try Self.keep($0, writer, visit) }
      }
      for (fate, outcome) in zip(fates, outcomes) { count(fate, outcome) }
      return true
    }
    due.removeAll()
  }

  /// Writes what became of one recording; nil where it is left to the next run.
  private static func keep(_ fate: Fate, _ writer: StoreWriter, _ visit: Visit) throws -> Outcome? {
    switch fate {
    case .analysed(let analysis, let visited):
      try writer.keep(
        analysis, visited, under: visit.options.decided(for: visited.file.path).analysis, facts: visit.facts)
    case .known(let sha256, let visited): try writer.keep(known: sha256, visited, facts: visit.facts)
    case .part(let sha256, let file, let isDue): try writer.keepPart(file, of: sha256, isDue: isDue)
    case .gone: .gone
    case .vanished, .leftOver: nil
    case .refused(let error): throw error
    }
  }

  private mutating func count(_ fate: Fate, _ outcome: Outcome?) {
    if case .vanished(let share) = fate { miss(share) }
    told.failure = nil
    switch outcome {
    case .analysed: result.counts.analysed += 1
    case .unchanged: result.counts.unchanged += 1
    case .copy: result.counts.copies += 1
    case .moved: return
    case .gone: result.counts.gone += 1
    case .failed(let failure):
      result.counts.failed += 1
      told.failure = failure
    case nil:
      result.stopped = true
      return
    }
    told.done += 1
    progress(told)
  }

  // MARK: Files that are gone

  /// Notes which known files of a share are gone. A file that was not seen for another reason stays known.
  private mutating func loseWhatIsGone(from share: Share) throws {
    var gone: [Int64] = []
    try visit.store.forEachPresentFile(under: share.path) { id, path in
      if !seen.contains(id), FileState.isGone(path) { gone.append(id) }
    }
    for first in stride(from: 0, to: gone.count, by: 1000) {
      try visit.store.commit(run: run, bereft: bereft) { writer in
        for id in gone[first...].prefix(1000) { try writer.lose(file: id) }
      }
    }
  }

  private static var now: Seconds {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Seconds(time.tv_sec) + Seconds(time.tv_nsec) / 1e9
  }
}

/// Numbers from 1 on, one bit each.
private struct NumberSet {
  private var words: [UInt64] = []

  mutating func insert(_ number: Int64) {
    let word = Int(number / 64)
    if word >= words.count { words += Array(repeating: 0, count: word + 1 - words.count) }
    words[word] |= 1 << UInt64(number % 64)
  }

  func contains(_ number: Int64) -> Bool {
    let word = Int(number / 64)
    return word < words.count && words[word] & 1 << UInt64(number % 64) != 0
  }
}
