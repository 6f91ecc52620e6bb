internal import CallModel
import GRDB

extension CallStore {
  /// What the store has of one recording: the call of that name, of several the last that was stored; else the failure
  /// of the file at that path. nil where it knows neither.
  /// - Complexity: logarithmic in the number of recordings.
  public func recording(_ name: RecordingName) throws -> StoredRecording? {
    try reading { db in
      if let call = try Self.calls(named: name, in: db).max() {
        let json = try String.fetchOne(
          db, sql: "SELECT summary_json FROM calls_as_json WHERE call_id = ?", arguments: [call])
        return json.map { StoredRecording(json: $0, isAnalysed: true) }
      }
      guard case .path(let path) = name,
        let file = try Int64.fetchOne(
          db, sql: "SELECT id FROM files WHERE path = ? AND path_b64 = ?", arguments: path.key),
        let row = try Row.fetchOne(db, sql: Self.failedFile, arguments: [file])
      else { return nil }
      return StoredRecording(json: try Self.failureJSON(row), isAnalysed: false)
    }
  }
}
