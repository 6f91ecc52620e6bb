public import CallModel
import GRDB
import Glibc

/// How a user names a recording that the store knows.
public enum RecordingName: Sendable, Hashable {
  /// By its present or former path.
  case path(RecordingPath)
  /// By SHA-256 of the whole file, in lower-case hexadecimal.
  case content(String)
  /// By its number in `calls`.
  case call(Int64)
}

/// What was deleted from a store.
public struct Removal: Sendable, Hashable {
  /// Calls, with all that was measured of them.
  public var calls = 0
  /// Failures.
  public var failures = 0
  /// The present or former paths of the recordings, copies included.
  public var paths: [RecordingPath] = []

  /// Nothing yet.
  public init() {}
}

extension CallStore {
  /// Reads the whole file and throws ``StoreError/damaged(path:reason:)`` where it is damaged; `thoroughly`
  /// compares indexes with rows too.
  public func check(thoroughly: Bool = false) throws {
    let complaint = try reading { try Self.complaint(about: $0, thoroughly: thoroughly) }
    if let complaint { throw StoreError.damaged(path: path, reason: complaint) }
  }

  private static func complaint(about db: Database, thoroughly: Bool) throws -> String? {
    if let line = try String.fetchOne(db, sql: "PRAGMA \(thoroughly ? "integrity" : "quick")_check(1)"),
      line != "ok"
    {
      return line
    }
    let orphan = thoroughly ? try Row.fetchOne(db, sql: "PRAGMA foreign_key_check") : nil
    return orphan.map { "a row of \($0["table"] as String) belongs to nothing" }
  }

  /// Deletes the calls that began before `moment`, in seconds since 1970, with their files; where the start is not
  /// known, those whose file was last written to before it. Failures and runs before it are deleted too. With
  /// `isRehearsal`, nothing is deleted.
  public func prune(before moment: Int64, isRehearsal: Bool = false) throws -> Removal {
    let removal = try commit { writer in
      let db = writer.db
      var removal = Removal()
      let failed = "file_id IN (SELECT id FROM files WHERE call_id IS NULL AND mtime_ns / 1000000000 < ?)"
      func count(_ rows: String) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \(rows)", arguments: [moment]) ?? 0
      }
      removal.calls = try count("calls WHERE began < ?")
      removal.failures = try count("failures WHERE \(failed)")
      guard !isRehearsal else { return removal }
      for rows in [
        "files WHERE call_id IN (SELECT id FROM calls WHERE began < ?)", "calls WHERE began < ?",
        "files WHERE call_id IS NULL AND mtime_ns / 1000000000 < ?", "unrecorded WHERE began < ?",
        "runs WHERE unixepoch(started_at) < ? AND id < (SELECT max(id) FROM runs)",
      ] {
        try db.execute(sql: "DELETE FROM \(rows)", arguments: [moment])
      }
      // What is pruned and still there is found again, calls without a recording as well.
      try db.execute(sql: "DELETE FROM record_files")
      try Self.forgetIdlePrompts(in: db)
      return removal
    }
    if !isRehearsal, removal.calls + removal.failures > 0 { try emptyLog() }
    return removal
  }

  /// Deletes a recording: its call with all figures, its files, its failures. Nothing of it stays in the
  /// store's files. Returns nil where the store does not know it.
  public func forget(_ name: RecordingName) throws -> Removal? {
    let removal = try commit { writer in
      let db = writer.db
      var removal = Removal()
      var paths: Set<RecordingPath> = []
      if case .path(let path) = name { paths.insert(path) }
      for call in try Self.calls(named: name, in: db) {
        let rows = try Row.fetchAll(
          db,
          sql: """
            SELECT path, path_b64 FROM calls WHERE id = :call
            UNION SELECT path, path_b64 FROM files WHERE call_id = :call
            """, arguments: ["call": call])
        paths.formUnion(rows.map { RecordingPath(text: $0[0], base64: $0[1]) })
        try db.execute(sql: "DELETE FROM calls WHERE id = ?", arguments: [call])
        removal.calls += 1
      }
      for path in paths {
        // A file that has another content by now keeps its row.
        let isIdle = "path = ? AND path_b64 = ? AND call_id IS NULL"
        removal.failures +=
          try Int.fetchOne(
            db, sql: "SELECT count(*) FROM failures JOIN files ON id = file_id WHERE \(isIdle)",
            arguments: path.key) ?? 0
        try db.execute(sql: "DELETE FROM files WHERE \(isIdle)", arguments: path.key)
      }
      try Self.forgetIdlePrompts(in: db)
      removal.paths = paths.sorted()
      return removal
    }
    guard removal.calls + removal.failures > 0 else { return nil }
    try emptyLog()
    return removal
  }

  /// The calls of a name: those that a path has, or had when its last file was seen.
  static func calls(named name: RecordingName, in db: Database) throws -> [Int64] {
    switch name {
    case .call(let id): try Int64.fetchAll(db, sql: "SELECT id FROM calls WHERE id = ?", arguments: [id])
    case .content(let sha256):
      try Int64.fetchAll(db, sql: "SELECT id FROM calls WHERE sha256 = ?", arguments: [sha256])
    case .path(let path):
      try Int64.fetchAll(
        db,
        sql: """
          SELECT id FROM calls WHERE path = ? AND path_b64 = ?
          UNION SELECT call_id FROM files WHERE path = ? AND path_b64 = ? AND call_id IS NOT NULL
          """, arguments: path.key + path.key)
    }
  }

  /// Empties the log, which has pages as they were before rows were deleted. In the store itself deleted data are
  /// overwritten at once (`secure_delete`); the free pages are used by later runs.
  private func emptyLog() throws {
    do {
      try StoreError.translating(at: path) {
        try database.writeWithoutTransaction { db in
          let isHeld = try Bool.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") ?? true
          if isHeld { throw DatabaseError(resultCode: .SQLITE_BUSY, message: "a reader") }
        }
      }
    } catch StoreError.unusable(_, let reason) {
      throw StoreError.unusable(
        path: path, reason: "the rows are deleted, but remains of them may be in its files: \(reason)")
    }
  }

  /// Copies the store as it is now to `target`, while runs and readers go on. The copy is checked, and appears whole
  /// or not at all, for its owner only. An earlier store in its place is replaced, anything else is not.
  public func backUp(to target: String) throws {
    func refusal(_ reason: String = unsafe String(cString: strerror(errno))) -> StoreError {
      .unusable(path: target, reason: reason)
    }
    try refuseToReplace(target)
    let temporary = "\(target).\(getpid()).tmp"
    let descriptor = unsafe Glibc.open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw refusal() }
    defer {
      Glibc.close(descriptor)
      for end in ["", "-journal", "-wal", "-shm"] { unsafe unlink(temporary + end) }
    }
    try StoreError.translating(at: target) {
      let copy = try DatabaseQueue(path: temporary)
      try database.backup(to: copy)
      // A file of its own: no log beside it, so that it can be read where nothing can be written.
      let complaint = try copy.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA journal_mode = DELETE")
        return try Self.complaint(about: db, thoroughly: true)
      }
      try copy.close()
      if let complaint { throw StoreError.damaged(path: path, reason: complaint) }
    }
    guard fsync(descriptor) == 0, unsafe rename(temporary, target) == 0 else { throw refusal() }
    Self.syncFolder(of: target)
  }

  /// A backup replaces only a store, and only one that nobody uses.
  private func refuseToReplace(_ target: String) throws {
    var (storeStatus, targetStatus) = (stat(), stat())
    guard unsafe lstat(target, &targetStatus) == 0 else { return }
    if unsafe stat(path, &storeStatus) == 0,
      (storeStatus.st_dev, storeStatus.st_ino) == (targetStatus.st_dev, targetStatus.st_ino)
    {
      throw StoreError.unusable(path: target, reason: "it is the store itself; give the backup another name")
    }
    guard targetStatus.st_mode & S_IFMT == S_IFREG else { throw StoreError.notAStore(path: target) }
    do { _ = try CallStore(reading: target) } catch StoreError.older {}
    if unsafe access(target + "-wal", F_OK) == 0 {
      throw StoreError.unusable(path: target, reason: "it is in use; give the backup another name")
    }
  }
}
