public import CallFollowUp
public import CallModel
import CallReports
import FoundationEssentials
import GRDB

extension CallStore {
  /// The facts from the sound of the call at `path`, and its metadata as JSON; nil where there is no such
  /// call.
  /// - Complexity: logarithmic in the number of recordings.
  public func heardCall(at path: RecordingPath) throws -> (call: HeardCall, metadata: String?)? {
    try StoreError.translating(at: self.path) {
      try database.read { db in
        let statement = try db.cachedStatement(
          sql: """
            SELECT duration_s, channels, ending_kind, ending_cut_party, ending_first_leg_gone,
              agent_turns >= 2 AND customer_turns >= 2, metadata_json
            FROM calls LEFT JOIN call_metadata ON call_id = id WHERE path = ? AND path_b64 = ?
            """)
        guard let row = try Row.fetchOne(statement, arguments: [path.text, path.base64 ?? ""]) else {
          return nil
        }
        let kind: String = row[2], cut: String? = row[3], gone: String? = row[4]
        return (
          HeardCall(
            duration: row[0], channels: row[1], ending: Ending.Kind(rawValue: kind) ?? .unknown,
            cutParty: cut.flatMap(Party.init), firstLegGone: gone.flatMap(Party.init),
            isConversation: (row[5] as Bool?) ?? false), row[6]
        )
      }
    }
  }

  /// Stores the metadata of the call at `path`, in one transaction: in its summary, and in the summary from
  /// the sound alone where there is one. Nothing is written where nothing changed.
  /// - Returns: whether something was written.
  @discardableResult
  public func keep(_ metadata: CallMetadata?, ofCallAt path: RecordingPath) throws -> Bool {
    let name: StatementArguments = [path.text, path.base64 ?? ""]
    return try StoreError.translating(at: self.path) {
      try database.write { db in
        guard
          let row = try Row.fetchOne(
            db,
            sql: """
              SELECT c.id, c.summary_json, h.summary_json FROM calls AS c
              LEFT JOIN calls_as_heard AS h ON h.call_id = c.id WHERE path = ? AND path_b64 = ?
              """, arguments: name)
        else { return false }
        func with(_ json: String) throws -> String {
          var call = try JSONDecoder().decode(CallSummary.self, from: Data(json.utf8))
          call.take(metadata)
          return String(decoding: try jsonLine(.analysed(call)).dropLast(), as: UTF8.self)
        }
        let call: Int64 = row[0], known: String = row[1], heard: String? = row[2]
        let json = try with(known)
        guard json != known else { return false }
        if let heard {
          try db.execute(
            sql: "UPDATE calls_as_heard SET summary_json = ? WHERE call_id = ?",
            arguments: [try with(heard), call])
        }
        try db.execute(
          sql: """
            UPDATE calls SET summary_json = :json, started_at = :json ->> '$.recording.started_at'
            WHERE id = :call
            """, arguments: ["json": json, "call": call])
        try db.execute(sql: Self.replaceMetadata, arguments: ["call": call])
        return true
      }
    }
  }

  static let replaceMetadata = """
    DELETE FROM call_metadata WHERE call_id = :call;
    INSERT INTO call_metadata (call_id, \(Schema.metadata.map(\.column).joined(separator: ", ")), metadata_json)
    SELECT id, \(Schema.metadata.map { value(of: $0.json, for: $0.column) }.joined(separator: ", ")),
      summary_json -> '$.metadata'
    FROM calls WHERE id = :call AND summary_json ->> '$.metadata' IS NOT NULL;
    DELETE FROM conflicts WHERE call_id = :call;
    INSERT INTO conflicts (call_id, number, field, known, known_source, against, against_source, message)
    SELECT calls.id, key, value ->> 'field', value ->> '$.known.value', value ->> '$.known.source',
      value ->> '$.against.value', value ->> '$.against.source', value ->> 'message'
    FROM calls, json_each(summary_json, '$.metadata.conflicts') WHERE calls.id = :call
    """

  /// Metadata are text; a column of numbers takes the number.
  private static func value(of field: String, for column: String) -> String {
    let json = "summary_json ->> '$.metadata.fields.\(field).value'"
    if column.hasSuffix("_s") { return "CAST(\(json) AS REAL)" }
    return column == "record_channels" ? "CAST(\(json) AS INTEGER)" : json
  }

  /// What a follow-up needs to know of every call, by number.
  /// - Complexity: memory for one light row a call.
  public func followedCalls() throws -> [FollowedCall] {
    try StoreError.translating(at: path) {
      try database.read { db in
        let rows = try Row.fetchCursor(db, sql: "SELECT \(Self.followed) ORDER BY c.id")
        var calls: [FollowedCall] = []
        while let row = try rows.next() { calls.append(FollowedCall(row)) }
        return calls
      }
    }
  }

  /// The calls that began on these days, `YYYY-MM-DD` in local time, as a report needs them; where a start is
  /// not known, the day is that on which the file was last written to, in the machine's zone.
  public func reportedCalls(days: ClosedRange<String>?) throws -> [ReportedCall] {
    try StoreError.translating(at: path) {
      try database.read { db in
        let findings = try db.makeStatement(
          sql:
            "SELECT code, severity, start_s, end_s, party, message FROM findings WHERE call_id = ? ORDER BY number"
        )
        let conflicts = try db.makeStatement(
          sql: "SELECT message FROM conflicts WHERE call_id = ? ORDER BY number")
        let rows = try Row.fetchCursor(
          db,
          sql: """
            SELECT \(Self.followed) WHERE :from IS NULL OR \(Self.day("c.")) BETWEEN :from AND :to
            ORDER BY c.path, c.path_b64
            """, arguments: ["from": days?.lowerBound, "to": days?.upperBound])
        var calls: [ReportedCall] = []
        while let row = try rows.next() {
          let call = FollowedCall(row)
          let found = try Row.fetchAll(findings, arguments: [call.id]).compactMap { row -> Finding? in
            let code: String = row[0], severity: String = row[1], party: String? = row[4]
            guard let code = Finding.Code(rawValue: code), let severity = Finding.Severity(rawValue: severity)
            else { return nil }
            return Finding(
              code, severity, start: row[2], end: row[3], party: party.flatMap(Party.init), message: row[5])
          }
          calls.append(
            ReportedCall(
              call: call, findings: found, conflicts: try String.fetchAll(conflicts, arguments: [call.id]),
              agentShare: row["agent_talk_share"], deadAir: row["dead_air_s"],
              answeredAt: row["answered_at_s"]))
        }
        return calls
      }
    }
  }

  /// The recordings of these days that could not be analysed, by path.
  public func reportedFailures(days: ClosedRange<String>?) throws -> [MorningReport.Failure] {
    try StoreError.translating(at: path) {
      try database.read { db in
        try Row.fetchAll(
          db,
          sql: """
            SELECT path, message FROM failures
            WHERE :from IS NULL OR \(Self.written) BETWEEN :from AND :to ORDER BY path, path_b64
            """, arguments: ["from": days?.lowerBound, "to": days?.upperBound]
        ).map { MorningReport.Failure(path: $0[0], message: $0[1]) }
      }
    }
  }

  private static let written = "date(mtime_ns / 1000000000, 'unixepoch', 'localtime')"

  private static func day(_ table: String) -> String {
    "coalesce(substr(\(table)started_at, 1, 10), \(written))"
  }

  private static let followed = """
    c.id, c.path, c.started_at, unixepoch(c.started_at) AS start, c.duration_s, m.direction, m.customer_number,
      m.line_number, m.queue, m.agent, m.recorder_call_id, c.sha256, c.ending_kind, c.agent_talk_share,
      c.dead_air_s, c.answered_at_s
    FROM calls AS c LEFT JOIN call_metadata AS m ON m.call_id = c.id
    """
}

extension FollowedCall {
  /// A row of `CallStore.followed`.
  fileprivate init(_ row: Row) {
    let kind: String = row["ending_kind"]
    self.init(
      id: row["id"], path: row["path"], startedAt: row["started_at"], start: row["start"],
      duration: row["duration_s"], direction: row["direction"], customer: row["customer_number"],
      line: row["line_number"], queue: row["queue"], agent: row["agent"], callID: row["recorder_call_id"],
      sha256: row["sha256"], ending: Ending.Kind(rawValue: kind) ?? .unknown)
  }
}
