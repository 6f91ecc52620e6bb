public import CallModel
import CallReports
import FoundationEssentials
import GRDB

// One content is one call. Its path is the first, in the order of bytes, of those at which the content still
// is; the others are copies. So the same share gives the same calls, in whatever order its files are
// finished.

extension CallStore {
  /// Whether the content may be known, so that the file should be hashed before it is analysed: a call
  /// analysed under `analysis` has this size and time at another path, or this size at the same path, itself
  /// or as a copy.
  public func mayKnow(_ file: RecordingFile, under analysis: Analysis) throws -> Bool {
    guard let size = file.size, let modified = file.modified else { return false }
    return try StoreError.translating(at: path) {
      try database.read { db in
        let statement = try db.cachedStatement(
          sql: """
            SELECT 1 FROM calls WHERE size_bytes = :size AND analysis_version = :version AND settings_hash = :hash
              AND (mtime_ns / 1000000000 = :seconds OR path = :path AND path_b64 = :path_b64
                OR id IN (SELECT call_id FROM copies WHERE path = :path AND path_b64 = :path_b64)) LIMIT 1
            """)
        return try Int.fetchOne(
          statement,
          arguments: [
            "size": size, "version": analysis.version, "hash": analysis.settingsHash,
            // File systems keep times to 1 ns, 100 ns or 1 s.
            "seconds": modified / 1_000_000_000, "path": file.path.text, "path_b64": file.path.base64 ?? "",
          ]) != nil
      }
    }
  }

  /// The path of the call with this content; nil where there is none.
  public func path(ofContent sha256: String) throws -> RecordingPath? {
    try StoreError.translating(at: path) {
      try database.read { try Owner(ofContent: sha256, in: $0)?.file.path }
    }
  }

  /// Assigns `file` to the call with the same content, if one was analysed under `analysis`: as moved here
  /// where that call's path is `gone`, otherwise as a copy. Returns whether it is a copy; nil where the file
  /// has to be analysed.
  public func adopt(
    _ file: RecordingFile, sha256: String, under analysis: Analysis, gone: RecordingPath? = nil
  ) throws -> Bool? {
    try StoreError.translating(at: path) {
      try database.write { db in
        guard let owner = try Owner(ofContent: sha256, in: db), owner.analysis == analysis else { return nil }
        try Self.forgetFailure(of: file.path, in: db)
        return try Self.share(owner, with: file, gone: gone, in: db).isCopied
      }
    }
  }

  /// Prepares the row for a call with this content at `file`. Returns under which file it is to be stored,
  /// nil where the first of its copies has it already, and whether there are copies.
  static func place(
    _ file: RecordingFile, content sha256: String, under analysis: Analysis, gone: RecordingPath?,
    in db: Database
  ) throws -> (kept: RecordingFile?, isCopied: Bool) {
    guard let owner = try Owner(ofContent: sha256, in: db) else {
      try giveUp(file.path, in: db)
      return (file, false)
    }
    let (kept, isCopied) = try share(owner, with: file, gone: gone, in: db)
    return (kept.path != file.path && owner.analysis == analysis ? nil : kept, isCopied)
  }

  /// Decides under which file a content is stored that `file` has too.
  private static func share(
    _ owner: Owner, with file: RecordingFile, gone: RecordingPath?, in db: Database
  ) throws -> (kept: RecordingFile, isCopied: Bool) {
    guard owner.file.path != file.path else {
      try rename(owner.call, to: file, in: db)
      return (file, false)
    }
    try giveUp(file.path, in: db)
    try forgetCall(at: file.path, in: db)
    let isCopied = owner.file.path != gone
    if isCopied, owner.file.path < file.path {
      try addCopy(file, of: owner.call, in: db)
      return (owner.file, true)
    }
    try rename(owner.call, to: file, in: db)
    if isCopied { try addCopy(owner.file, of: owner.call, in: db) }
    return (file, isCopied)
  }

  /// Separates `path` from its earlier content: it is no copy any more, and a call there that has copies goes
  /// to the first of them.
  static func giveUp(_ path: RecordingPath, in db: Database) throws {
    try db.execute(sql: "DELETE FROM copies WHERE path = ? AND path_b64 = ?", arguments: path.key)
    guard
      let call = try Int64.fetchOne(
        db, sql: "SELECT id FROM calls WHERE path = ? AND path_b64 = ?", arguments: path.key)
    else { return }
    let copies = try Row.fetchAll(
      db, sql: "SELECT path, path_b64, size_bytes, mtime_ns FROM copies WHERE call_id = ?", arguments: [call]
    ).map(RecordingFile.init)
    guard let first = copies.min(by: { $0.path < $1.path }) else { return }
    try db.execute(sql: "DELETE FROM copies WHERE path = ? AND path_b64 = ?", arguments: first.path.key)
    try rename(call, to: first, in: db)
  }

  static func forgetCall(at path: RecordingPath, in db: Database) throws {
    try db.execute(sql: "DELETE FROM calls WHERE path = ? AND path_b64 = ?", arguments: path.key)
  }

  static func forgetFailure(of path: RecordingPath, in db: Database) throws {
    try db.execute(sql: "DELETE FROM failures WHERE path = ? AND path_b64 = ?", arguments: path.key)
  }

  private static func addCopy(_ file: RecordingFile, of call: Int64, in db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO copies (path, path_b64, size_bytes, mtime_ns, call_id) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET
          size_bytes = excluded.size_bytes, mtime_ns = excluded.mtime_ns, call_id = excluded.call_id
        """, arguments: file.path.key + [file.size, file.modified, call])
  }

  /// Changes the path of a call, in its columns and in its summaries.
  private static func rename(_ call: Int64, to file: RecordingFile, in db: Database) throws {
    try db.execute(
      sql: "UPDATE calls SET path = ?, path_b64 = ?, size_bytes = ?, mtime_ns = ? WHERE id = ?",
      arguments: file.path.key + [file.size, file.modified, call])
    for (table, key) in [("calls", "id"), ("calls_as_heard", "call_id")] {
      guard
        let json = try String.fetchOne(
          db, sql: "SELECT summary_json FROM \(table) WHERE \(key) = ?", arguments: [call])
      else { continue }
      var summary = try JSONDecoder().decode(CallSummary.self, from: Data(json.utf8))
      guard summary.recording.path != file.path.text || summary.recording.pathBase64 != file.path.base64
      else {
        continue
      }
      summary.recording.path = file.path.text
      summary.recording.pathBase64 = file.path.base64
      try db.execute(
        sql: "UPDATE \(table) SET summary_json = ? WHERE \(key) = ?",
        arguments: [String(decoding: try jsonLine(.analysed(summary)).dropLast(), as: UTF8.self), call])
    }
  }
}

/// The call with a content, and its file.
private struct Owner {
  let call: Int64
  let file: RecordingFile
  let analysis: Analysis

  init?(ofContent sha256: String, in db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        SELECT path, path_b64, size_bytes, mtime_ns, id, analysis_version, settings_hash FROM calls
        WHERE sha256 = ?
        """)
    guard let row = try Row.fetchOne(statement, arguments: [sha256]) else { return nil }
    call = row["id"]
    file = RecordingFile(row)
    analysis = Analysis(version: row["analysis_version"], settingsHash: row["settings_hash"])
  }
}

extension RecordingPath {
  /// The path as rows have it: text, and the exact bytes where they are not UTF-8.
  var key: StatementArguments { [text, base64 ?? ""] }

  /// The path of a row.
  init(text: String, base64: String) {
    self =
      Data(base64Encoded: base64).flatMap { $0.isEmpty ? nil : RecordingPath(bytes: Array($0)) }
      ?? RecordingPath(text)
  }
}

extension RecordingFile {
  /// The file of a row with `path`, `path_b64`, `size_bytes` and `mtime_ns`.
  init(_ row: Row) {
    self.init(
      path: RecordingPath(text: row["path"], base64: row["path_b64"]), size: row["size_bytes"],
      modified: row["mtime_ns"])
  }
}
