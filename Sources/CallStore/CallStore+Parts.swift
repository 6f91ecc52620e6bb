import CallModel
import GRDB

/// Several recordings of one call: one of them is the call, the others are its parts.
extension CallStore {
  /// The calls that the recorder calls `id`, with their contents.
  /// - Complexity: logarithmic in the number of calls.
  public func contents(ofRecorderCall id: String) throws -> [(sha256: String, known: KnownContent)] {
    let found = try reading { db in
      try String.fetchAll(
        db.cachedStatement(
          sql:
            "SELECT sha256 FROM call_metadata JOIN calls ON id = call_id WHERE recorder_call_id = ? ORDER BY id"
        ),
        arguments: [id])
    }
    return try found.compactMap { sha256 in try content(sha256).map { (sha256, $0) } }
  }
}

extension StoreWriter {
  /// Takes `file` for a part of the call with this content. The call that it had of its own was this one: its other files
  /// become parts as well. Returns the number of the call; nil where there is none.
  public func takePart(_ file: RecordingFile, of sha256: String) throws -> Int64? {
    guard
      let call = try Int64.fetchOne(db, sql: "SELECT id FROM calls WHERE sha256 = ?", arguments: [sha256])
    else { return nil }
    let place = "path = ? AND path_b64 = ?"
    let before = try Int64.fetchOne(
      db, sql: "SELECT call_id FROM files WHERE \(place)", arguments: file.path.key)
    if let before, before != call {
      try db.execute(
        sql: "UPDATE files SET call_id = ?, described = ? WHERE call_id = ?",
        arguments: [call, Description.part.rawValue, before])
      try db.execute(sql: "DELETE FROM calls WHERE id = ?", arguments: [before])
      try CallStore.forgetIdlePrompts(in: db)
    }
    _ = try adopt(file, sha256: sha256)
    try db.execute(
      sql: "UPDATE files SET described = ? WHERE \(place)",
      arguments: [Description.part.rawValue] + file.path.key)
    try show(call)
    return call
  }
}
