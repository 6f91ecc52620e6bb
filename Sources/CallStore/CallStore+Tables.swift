public import CallReports
import GRDB

extension CallStore {
  /// Passes each recording of the selection to `body` as a row of ``CallsTable``, by path, from a snapshot. The rows are
  /// columns of `calls`: no summary is read.
  /// - Complexity: memory grows with the paths.
  public func forEachCallRow(in selection: Selection, _ body: ([CSVField]) throws -> Void) throws {
    let columns = CallsTable.header.map(Self.column).joined(separator: ", ")
    let sql = "SELECT \(columns) FROM calls WHERE id = ?"
    try forEachNumber(in: selection) { db, number in
      switch number {
      case .call(let id):
        guard let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id]) else { return }
        try body(zip(CallsTable.header, row.databaseValues).map(CSVField.init))
      case .failure(let id):
        let failure = try db.cachedStatement(sql: Self.failedFile)
        guard let row = try Row.fetchOne(failure, arguments: [id]) else { return }
        try body(CallsTable.row(ofFailed: row[0], pathBase64: row[1] == "" ? nil : row[1], row[2], row[3]))
      }
    }
  }

  /// Passes each event of the selection to `body` as a row of ``EventsTable``, by path, from a snapshot.
  public func forEachEventRow(in selection: Selection, _ body: ([CSVField]) throws -> Void) throws {
    try forEachNumber(in: selection) { db, number in
      guard case .call(let id) = number else { return }
      let events = try db.cachedStatement(
        sql: """
          SELECT path, type, by_party, outcome, owner_party, kind, leg, start_s, end_s, confidence,
            nullif(path_b64, '')
          FROM events JOIN calls ON id = call_id WHERE call_id = ? ORDER BY number
          """)
      let rows = try Row.fetchCursor(events, arguments: [id])
      while let row = try rows.next() {
        try body(zip(EventsTable.header, row.databaseValues).map(CSVField.init))
      }
    }
  }

  /// A column of ``CallsTable`` as SQL; most stand in `calls` under the same name.
  private static func column(_ name: String) -> String {
    switch name {
    case "path_b64": "nullif(path_b64, '')"
    case "bytes": "size_bytes"
    case "findings":
      """
      (SELECT coalesce(group_concat(code, ' '), '') FROM (
        SELECT code FROM findings WHERE call_id = id GROUP BY code ORDER BY min(number)))
      """
    case "alert_count": "(SELECT count(*) FROM findings WHERE call_id = id AND severity = 'alert')"
    case "prompt_s":
      "(SELECT round(sum(end_s - start_s), 3) FROM events WHERE call_id = id AND type = 'prompt')"
    case "failure_code", "failure_message": "NULL"
    default: name
    }
  }
}

extension CSVField {
  /// The value of a column.
  fileprivate init(_ column: String, _ value: DatabaseValue) {
    switch value.storage {
    case .null, .blob: self = .unknown
    case .int64(let number):
      self = CallsTable.flags.contains(column) ? .flag(number != 0) : .integer(Int(number))
    case .double(let number): self = .number(number)
    case .string(let text): self = .text(text)
    }
  }
}
