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
    let complaint: String? = try StoreError.translating(at: path) {
      try database.read { db -> String? in
        if let line = try String.fetchOne(db, sql: "PRAGMA \(thoroughly ? "integrity" : "quick")_check(1)"),
          line != "ok"
        {
          return line
        }
        let orphan = thoroughly ? try Row.fetchOne(db, sql: "PRAGMA foreign_key_check") : nil
        return orphan.map { "a row of \($0["table"] as String) belongs to nothing" }
      }
    }
    if let complaint { throw StoreError.damaged(path: path, reason: complaint) }
  }

  /// Deletes the recordings that began before `moment`, in seconds since 1970; where the start is not known,
  /// those that were last written to before it. Runs before it are deleted too. With `isRehearsal`, nothing
  /// is deleted.
  public func prune(before moment: Int64, isRehearsal: Bool = false) throws -> Removal {
    let removal = try StoreError.translating(at: path) {
      var removal = Removal()
      try database.write { db in
        removal.calls = try Self.count(db, "calls WHERE \(Self.begun("analysed_at")) < ?", moment)
        removal.failures = try Self.count(db, "failures WHERE \(Self.written("failed_at")) < ?", moment)
        guard !isRehearsal else { return }
        for rows in [
          "calls WHERE \(Self.begun("analysed_at")) < ?", "failures WHERE \(Self.written("failed_at")) < ?",
          "runs WHERE unixepoch(started_at) < ? AND id < (SELECT max(id) FROM runs)",
        ] {
          try db.execute(sql: "DELETE FROM \(rows)", arguments: [moment])
        }
        try Self.forgetIdlePrompts(in: db)
      }
      return removal
    }
    if !isRehearsal, removal.calls + removal.failures > 0 { try compact() }
    return removal
  }

  /// Deletes a recording: its call with all figures, its copies, its failure. Nothing of it stays in the
  /// store's files. Returns nil where the store does not know it.
  public func forget(_ name: RecordingName) throws -> Removal? {
    let removal = try StoreError.translating(at: path) {
      try database.write { db in
        var removal = Removal()
        let calls =
          switch name {
          case .call(let id):
            try Int64.fetchAll(db, sql: "SELECT id FROM calls WHERE id = ?", arguments: [id])
          case .content(let sha256):
            try Int64.fetchAll(db, sql: "SELECT id FROM calls WHERE sha256 = ?", arguments: [sha256])
          case .path(let path):
            try Int64.fetchAll(
              db,
              sql: """
                SELECT id FROM calls WHERE path = ? AND path_b64 = ?
                UNION SELECT call_id FROM copies WHERE path = ? AND path_b64 = ?
                """, arguments: path.key + path.key)
          }
        var paths: Set<RecordingPath> = []
        if case .path(let path) = name { paths.insert(path) }
        for call in calls {
          paths.formUnion(
            try Row.fetchAll(
              db,
              sql: """
                SELECT path, path_b64 FROM calls WHERE id = ?
                UNION SELECT path, path_b64 FROM copies WHERE call_id = ?
                """, arguments: [call, call]
            ).map { RecordingPath(text: $0[0], base64: $0[1]) })
          try db.execute(sql: "DELETE FROM calls WHERE id = ?", arguments: [call])
          removal.calls += 1
        }
        for path in paths {
          try Self.forgetFailure(of: path, in: db)
          removal.failures += db.changesCount
        }
        try Self.forgetIdlePrompts(in: db)
        removal.paths = paths.sorted()
        return removal
      }
    }
    guard removal.calls + removal.failures > 0 else { return nil }
    try compact()
    return removal
  }

  /// Writes the store anew, without what was deleted, and empties its log.
  private func compact() throws {
    do {
      try StoreError.translating(at: path) {
        try database.writeWithoutTransaction { db in
          try db.execute(sql: "VACUUM")
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
    func refusal(_ reason: String = String(cString: strerror(errno))) -> StoreError {
      .unusable(path: target, reason: reason)
    }
    try refuseToReplace(target)
    let temporary = "\(target).\(getpid()).tmp"
    let descriptor = Glibc.open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw refusal() }
    defer {
      Glibc.close(descriptor)
      for end in ["", "-journal", "-wal", "-shm"] { unlink(temporary + end) }
    }
    try StoreError.translating(at: target) {
      let copy = try DatabaseQueue(path: temporary)
      try database.backup(to: copy)
      // A file of its own: no log beside it, so that it can be read where nothing can be written.
      try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
    }
    try CallStore(reading: temporary).check(thoroughly: true)
    guard fsync(descriptor) == 0, rename(temporary, target) == 0 else { throw refusal() }
    Self.syncFolder(of: target)
  }

  /// A backup replaces only a store, and only one that nobody uses.
  private func refuseToReplace(_ target: String) throws {
    var (storeStatus, targetStatus) = (stat(), stat())
    guard lstat(target, &targetStatus) == 0 else { return }
    if stat(path, &storeStatus) == 0,
      (storeStatus.st_dev, storeStatus.st_ino) == (targetStatus.st_dev, targetStatus.st_ino)
    {
      throw StoreError.unusable(path: target, reason: "it is the store itself; give the backup another name")
    }
    guard targetStatus.st_mode & S_IFMT == S_IFREG else { throw StoreError.notAStore(path: target) }
    do { _ = try CallStore(reading: target) } catch StoreError.older {}
    if access(target + "-wal", F_OK) == 0 {
      throw StoreError.unusable(path: target, reason: "it is in use; give the backup another name")
    }
  }

  private static func count(_ db: Database, _ rows: String, _ moment: Int64) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM \(rows)", arguments: [moment]) ?? 0
  }

  /// When a recording was last written to, in seconds since 1970; where that is not known, when the row was
  /// written.
  private static func written(_ rowTime: String) -> String {
    "coalesce(mtime_ns / 1000000000, unixepoch(\(rowTime)))"
  }

  private static func begun(_ rowTime: String) -> String {
    "coalesce(unixepoch(started_at), \(written(rowTime)))"
  }
}
