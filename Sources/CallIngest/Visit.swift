import CallAnalysis
import CallAudio
import CallModel
import CallStore
import CallWork
import Glibc

/// A recording that a run has to handle.
struct Candidate: Sendable {
  let entry: ShareEntry
  let share: Share
  /// The file with the other party's leg, as it was when it was found; nil where each file is a recording.
  var secondLeg: FileState?
  /// Whether the recording is known, but not with this second leg.
  var hasNewLeg = false

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
struct Share: Sendable {
  let path: RecordingPath
  /// Which file or folder it was when the run began; nil where there was none.
  let identity: FileState.Identity?

  init(_ path: RecordingPath) {
    self.path = path
    identity = FileState(of: path, followingLinks: true)?.identity
  }

  /// Whether it is not there, or is a folder without anything in it.
  var isBlank: Bool {
    guard identity != nil else { return true }
    guard let folder = withCString(path.bytes, { opendir($0) }) else { return false }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      // Names other than . and ..
      if entry.pointee.d_name.0 != 46 || ![0, 46].contains(entry.pointee.d_name.1)
        || entry.pointee.d_name.2 != 0
      {
        return false
      }
    }
    return true
  }

  /// Whether what was there when the run began is not there now: a mount point without its file system is another
  /// folder.
  var hasVanished: Bool { identity != nil && FileState(of: path, followingLinks: true)?.identity != identity }
}

/// Which files are gone. What is below a share that is not there is not: perhaps it is not mounted.
struct Presence: Sendable {
  /// Shares that are not there.
  let missing: [RecordingPath]

  /// Whether nothing is at `path` any more; false where that is not known.
  func isGone(_ path: RecordingPath) -> Bool {
    FileState.isGone(path)
      && !missing.contains { $0 == path || path.bytes.starts(with: $0.appending([]).bytes) }
  }
}

/// What became of one recording, before it is written to the store.
enum Fate: Sendable {
  /// It was analysed, or failed.
  case analysed(RecordingAnalysis, Visited)
  /// Its content is known, by its SHA-256.
  case known(String, Visited)
  /// It is another recording of the call with this content; `isDue`: whether the run has to count it.
  case part(of: String, RecordingFile, isDue: Bool)
  /// It was moved or deleted before its turn.
  case gone
  /// Its share went away.
  case vanished(Share)
  /// The run was asked to stop before its turn.
  case leftOver
  /// The store could not be read.
  case refused(any Error)
}

/// A recording that was looked at.
struct Visited: Sendable {
  /// As the file system had it before.
  let file: RecordingFile
  /// What its sources say.
  let said: Facts.Said
  /// The state of the file with the other party's leg; nil where there is none.
  var secondLeg: String?
  /// The file under which the call was shown so far, where that is gone.
  var lost: RecordingPath?
}

/// Looks at one recording; writes nothing.
struct Visit: Sendable {
  let store: CallStore
  let options: PipelineOptions
  let facts: Facts
  let reanalysing: Bool
  let analyse: @Sendable (ShareEntry, PipelineOptions) throws -> RecordingAnalysis

  func fate(of candidate: Candidate) throws -> Fate {
    let path = candidate.entry.path
    // Read before the analysis, so that a later change is noticed.
    let before = FileState(of: path, followingLinks: candidate.isNamed)
    var visited = Visited(
      file: RecordingFile(path, before), said: facts.said(of: path), secondLeg: candidate.secondLeg?.text)
    if !reanalysing, !candidate.hasNewLeg, before != nil, try store.mayKnow(visited.file),
      let sha256 = contentHash(of: path, followingLinks: candidate.isNamed),
      let content = try store.content(sha256)
    {
      if content.shown != path, facts.presence.isGone(content.shown) { visited.lost = content.shown }
      let isShown =
        visited.lost != nil || content.shown == path || visited.said.description > content.described
        || visited.said.description == content.described && path < content.shown
      if !isShown || content.analysis == options.decided(for: path).analysis {
        return .known(sha256, visited)
      }
    }

    var analysis = try analyse(candidate.entry, options)
    switch analysis.outcome {
    case .failed(let failure) where failure.error.code == .unreadable:
      if candidate.share.hasVanished { return .vanished(candidate.share) }
      if !candidate.isNamed, FileState.isGone(path) { return .gone }
    case .failed: break
    case .analysed(let call):
      if let content = try store.content(call.recording.sha256), content.shown != path,
        facts.presence.isGone(content.shown)
      {
        visited.lost = content.shown
      }
      let direction = facts.metadata(visited.said, of: visited.file, HeardCall(call))?.callDirection
      analysis.outcome = .analysed(call.knowing(direction, settings: options.settings))
    }
    let after = FileState(of: path, followingLinks: candidate.isNamed)
    if let before, let after, !before.isSame(as: after) {
      analysis = RecordingAnalysis(.failed(.replaced(path)))
    }
    return .analysed(analysis, visited)
  }
}

/// What became of one recording in this run.
enum Outcome: Sendable {
  case analysed
  /// The content was known.
  case unchanged
  /// A copy: the call is shown under another file.
  case copy
  /// It was taken for a call of its own by an earlier run.
  case moved
  case failed(CallFailure)
  case gone
}

extension StoreWriter {
  /// Writes what became of a recording.
  func keep(_ analysis: RecordingAnalysis, _ visited: Visited, under known: Analysis, facts: Facts) throws
    -> Outcome
  {
    if let lost = visited.lost { try lose(lost) }
    func recorded(_ outcome: CallOutcome) throws -> Placement? {
      try record(
        outcome, of: visited.file, described: visited.said.description, under: known,
        landmarks: analysis.landmarks)
    }
    do {
      guard let placement = try recorded(analysis.outcome) else {
        if case .failed(let failure) = analysis.outcome { return .failed(failure) }
        return .gone
      }
      try note(visited, of: placement.call, facts: facts)
      return placement.isShown ? .analysed : .copy
    } catch is EncodingError {
      let failure = CallFailure.unwritable(visited.file.path)
      _ = try recorded(.failed(failure))
      return .failed(failure)
    }
  }

  /// Takes a file whose content is known.
  func keep(known sha256: String, _ visited: Visited, facts: Facts) throws -> Outcome {
    if let lost = visited.lost { try lose(lost) }
    guard let placement = try adopt(visited.file, described: visited.said.description, sha256: sha256) else {
      return .gone
    }
    try note(visited, of: placement.call, facts: facts)
    return placement.isShown ? .unchanged : .copy
  }

  private func note(_ visited: Visited, of call: Int64, facts: Facts) throws {
    if let secondLeg = visited.secondLeg { try note(secondLeg: secondLeg, of: visited.file.path) }
    guard let known = try self.facts(of: call) else { return }
    try facts.change(known, visited.said, of: visited.file).write(call, to: self)
  }
}

extension CallFailure {
  fileprivate static func replaced(_ path: RecordingPath) -> CallFailure {
    CallFailure(
      path: path, code: .changedWhileReading,
      message: "The file was replaced or written to while it was read; it is tried again in the next run.")
  }
}
