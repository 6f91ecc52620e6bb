public import CallModel
import CallReports
import FoundationEssentials
import GRDB

/// What one source said of a call, as it is kept.
public struct Statement: Sendable, Hashable {
  /// Which source.
  public var source: CallMetadata.Source
  /// The file for which it was said.
  public var path: RecordingPath
  /// What it said, as JSON.
  public var said: String

  /// `source` said `said` for the file at `path`.
  public init(_ source: CallMetadata.Source, of path: RecordingPath, said: String) {
    self.source = source
    self.path = path
    self.said = said
  }
}

/// What facts about a call are merged from, and the result so far.
public struct KnownFacts: Sendable, Hashable {
  /// What each source said.
  public var statements: [Statement]
  /// What the sound says that records can contradict.
  public var heard: HeardCall
  /// The metadata as JSON; nil where there are none.
  public var metadata: String?
}

extension CallStore {
  /// What is known of a call besides its sound; nil where there is no such call.
  /// - Complexity: logarithmic in the number of calls.
  public func facts(of call: Int64) throws -> KnownFacts? {
    try asking { try StoreWriter(db: $0, run: nil, bereft: nil).facts(of: call) }
  }
}

extension StoreWriter {
  /// What is known of a call besides its sound; nil where there is no such call.
  public func facts(of call: Int64) throws -> KnownFacts? {
    let columns = try db.cachedStatement(
      sql: """
        SELECT duration_s, channels, ending_kind, ending_cut_party, ending_first_leg_gone,
          agent_turns >= 2 AND customer_turns >= 2, metadata_json
        FROM calls LEFT JOIN call_metadata ON call_id = id WHERE id = ?
        """)
    guard let row = try Row.fetchOne(columns, arguments: [call]) else { return nil }
    let kind: String = row[2], cut: String? = row[3], gone: String? = row[4]
    let heard = HeardCall(
      duration: row[0], channels: row[1], ending: Ending.Kind(rawValue: kind) ?? .unknown,
      cutParty: cut.flatMap(Party.init), firstLegGone: gone.flatMap(Party.init),
      isConversation: (row[5] as Bool?) ?? false)
    let said = try db.cachedStatement(
      sql: "SELECT source, path, path_b64, said_json FROM evidence WHERE call_id = ? ORDER BY source")
    let statements = try Row.fetchAll(said, arguments: [call]).compactMap { row in
      CallMetadata.Source(rawValue: row[0]).map {
        Statement($0, of: RecordingPath(text: row[1], base64: row[2]), said: row[3])
      }
    }
    return KnownFacts(statements: statements, heard: heard, metadata: row[6])
  }

  /// Keeps what a source said of a call instead of what it said before.
  public func keep(_ statement: Statement, of call: Int64) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO evidence (call_id, source, path, path_b64, run_id, said_json) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET path = excluded.path, path_b64 = excluded.path_b64, run_id = excluded.run_id,
          said_json = excluded.said_json
        """
    ).execute(
      arguments: [call, statement.source.rawValue] + statement.path.key + [run, statement.said])
  }

  /// Notes of what the metadata of a file's call followed from when its sources were asked, as a hash, and which of them
  /// had said something of it before and say nothing now.
  public func note(facts hash: Int64, silent: [CallMetadata.Source], of path: RecordingPath) throws {
    try db.cachedStatement(
      sql: "UPDATE files SET facts_hash = ?, silent_sources = ? WHERE path = ? AND path_b64 = ?"
    ).execute(
      arguments: [hash, silent.isEmpty ? nil : silent.map(\.rawValue).joined(separator: "\n")] + path.key)
  }

  /// Stores the metadata that follow from what the sources said.
  public func take(_ metadata: CallMetadata, of call: Int64) throws {
    let arguments: StatementArguments = ["call": call, "json": try metadataJSON(metadata)]
    for sql in [
      "DELETE FROM call_metadata WHERE call_id = :call", "DELETE FROM conflicts WHERE call_id = :call",
    ] { try db.cachedStatement(sql: sql).execute(arguments: ["call": call]) }
    try db.cachedStatement(sql: Self.insertMetadata).execute(arguments: arguments)
    try db.cachedStatement(
      sql: """
        INSERT INTO conflicts (call_id, number, field, known, known_source, against, against_source, message)
        SELECT :call, key, value ->> 'field', value ->> '$.known.value', value ->> '$.known.source',
          value ->> '$.against.value', value ->> '$.against.source', value ->> 'message'
        FROM json_each(:json, '$.conflicts')
        """
    ).execute(arguments: arguments)
    try db.cachedStatement(
      sql: "UPDATE calls SET started_at = :json ->> '$.fields.started_at.value' WHERE id = :call"
    ).execute(arguments: arguments)
    try date(call)
  }

  private static let insertMetadata = """
    INSERT INTO call_metadata (call_id, \(Schema.metadata.map(\.column).joined(separator: ", ")), metadata_json)
    VALUES (:call, \(Schema.metadata.map { value(of: $0.json, for: $0.column) }.joined(separator: ", ")), :json)
    """

  /// Metadata are text; a column of numbers takes the number.
  private static func value(of field: String, for column: String) -> String {
    let json = ":json ->> '$.fields.\(field).value'"
    if column.hasSuffix("_s") { return "CAST(\(json) AS REAL)" }
    return column == "record_channels" ? "CAST(\(json) AS INTEGER)" : json
  }
}
