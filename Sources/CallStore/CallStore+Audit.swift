public import CallFollowUp
public import CallModel
import FoundationEssentials
import GRDB

/// How far a file of the exchange's records was looked through.
public struct RecordMark: Sendable, Hashable {
  /// Where it is.
  public var path: String
  /// By which it is known again: another one is another file of that name, or one that was written anew.
  public var hash: Int64
  /// In bytes.
  public var read: Int

  /// The file at `path` was looked through for `read` bytes.
  public init(path: String, hash: Int64, read: Int) {
    self.path = path
    self.hash = hash
    self.read = read
  }
}

extension CallStore {
  /// The records of the exchange against the recordings of `period`.
  /// - Complexity: in the calls of this period; memory in what is wrong.
  public func audit(_ period: CallPeriod) throws -> CallAudit {
    try reading { db in
      let unrecorded = try Row.fetchAll(
        db,
        sql: """
          SELECT call_key, started_at, began, talk_s, direction, line_number, queue, agent FROM unrecorded
          WHERE \(period.condition())
          """, arguments: period.arguments
      ).map(UnrecordedCall.init(row:))
      return try CallAudit(of: { try Self.audited(db, period, $0) }, unrecorded: unrecorded)
    }
  }

  private static func audited(_ db: Database, _ period: CallPeriod, _ take: (AuditedCall) -> Void) throws {
    let conflicts = try db.makeStatement(
      sql: """
        SELECT field, message FROM conflicts
        WHERE call_id = ? AND 'sound' IN (known_source, against_source) ORDER BY number
        """)
    let rows = try Row.fetchCursor(db, sql: audited(of: period), arguments: period.arguments)
    while let row = try rows.next() {
      var call = AuditedCall(FollowedCall(row))
      call.recorder = row["recorder"]
      call.channels = row["channels"]
      call.hasRecord = row["has_record"]
      call.expectsRecord = row["expects_record"]
      call.talk = row["record_talk_s"]
      call.disposition = row["record_disposition"]
      call.speech = row["speech_s"]
      call.ringing = (row["ringing"] as String?).flatMap(Party.init)
      call.deadLeg = row["dead_leg"]
      if row["has_conflict"] {
        call.conflicts = try Row.fetchAll(conflicts, arguments: [call.call.id]).compactMap { row in
          CallMetadata.Field(rawValue: row[0]).map { AuditedCall.Conflict($0, row[1]) }
        }
      }
      take(call)
    }
  }

  /// Every call of a period with what an audit needs.
  private static func audited(of period: CallPeriod) -> String {
    """
    SELECT \(followedColumns), m.recorder, c.channels, m.record_talk_s, m.record_disposition, c.speech_s,
      EXISTS (
        SELECT 1 FROM evidence AS e WHERE e.call_id = c.id AND e.source IN ('asterisk_cdr', 'freeswitch_cdr')
      ) AS has_record,
      EXISTS (SELECT 1 FROM files AS f WHERE f.call_id = c.id AND f.expects_record = 1) AS expects_record,
      EXISTS (SELECT 1 FROM conflicts AS x WHERE x.call_id = c.id) AS has_conflict,
      iif(m.direction IS NULL OR c.ring_s IS NULL, NULL, (
        SELECT leg FROM events AS v WHERE v.call_id = c.id AND v.type = 'ringback' ORDER BY number LIMIT 1
      )) AS ringing,
      (SELECT message FROM findings AS d WHERE d.call_id = c.id
        AND d.code IN ('one_way_audio', 'leg_dead') ORDER BY number LIMIT 1) AS dead_leg
    \(followedTables) WHERE \(period.condition())
    """
  }

  // MARK: What a run keeps

  /// From when on calls without a recording are looked for, in seconds since 1970: from the first call on, and at most 31
  /// days before the last one, since a file of records can go back for years. Nil where no source tells when a call began.
  /// A call of tomorrow is one of a clock that is wrong.
  public func beginOfAudit() throws -> Int? {
    let begun = """
      SELECT began FROM calls WHERE started_at IS NOT NULL AND began < unixepoch() + 86400 ORDER BY began
      """
    return try reading {
      try Int.fetchOne($0, sql: "SELECT max((\(begun) LIMIT 1), (\(begun) DESC LIMIT 1) - 31 * 86400)")
    }
  }

  /// How far the file of records at `path` was looked through.
  public func mark(ofRecords path: String) throws -> RecordMark? {
    try reading { db in
      try Row.fetchOne(db, sql: "SELECT * FROM record_files WHERE path = ?", arguments: [path]).map {
        RecordMark(path: $0[0], hash: $0[1], read: $0[2])
      }
    }
  }

  /// Whether there is a recording of one of these calls.
  /// - Complexity: logarithmic in the number of calls.
  public func hasRecording(ofRecorderCalls ids: [String]) throws -> Bool {
    try asking { db in
      let statement = try db.cachedStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM call_metadata WHERE recorder_call_id = ?)")
      return try ids.contains { try Bool.fetchOne(statement, arguments: [$0]) ?? false }
    }
  }
}

extension StoreWriter {
  /// Keeps a call without a recording; `ids` are those of its legs.
  public func keep(_ call: UnrecordedCall, ids: [String]) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO unrecorded VALUES (?, ?, substr(?, 1, 10), ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET ids_json = excluded.ids_json, talk_s = excluded.talk_s, agent = excluded.agent
        """
    ).execute(
      arguments: [
        call.callID, String(decoding: try JSONEncoder().encode(ids), as: UTF8.self), call.startedAt,
        Int(call.start), call.startedAt, call.talk, call.direction, call.line, call.queue, call.agent,
      ])
  }

  /// Forgets that a call has no recording.
  public func forgetUnrecorded(_ key: String) throws {
    try db.cachedStatement(sql: "DELETE FROM unrecorded WHERE call_key = ?").execute(arguments: [key])
  }

  /// Notes how far a file of records was looked through.
  public func keep(_ mark: RecordMark) throws {
    try db.execute(
      sql: """
        INSERT INTO record_files VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET hash = excluded.hash, read_bytes = excluded.read_bytes
        """, arguments: [mark.path, mark.hash, mark.read])
  }

  /// Forgets the calls without a recording that have one by now.
  public func forgetRecorded() throws {
    try db.execute(
      sql: """
        DELETE FROM unrecorded WHERE EXISTS (
          SELECT 1 FROM json_each(ids_json) AS id JOIN call_metadata ON recorder_call_id = id.value)
        """)
  }

  /// Notes whether the source of a file has records of the exchange.
  public func note(expectsRecord: Bool, of path: RecordingPath) throws {
    try db.cachedStatement(sql: "UPDATE files SET expects_record = ? WHERE path = ? AND path_b64 = ?")
      .execute(arguments: [expectsRecord] + path.key)
  }
}

extension UnrecordedCall {
  /// A row of `unrecorded`.
  fileprivate init(row: Row) {
    self.init(
      callID: row[0], startedAt: row[1], start: row[2], talk: row[3], direction: row[4], line: row[5],
      queue: row[6], agent: row[7])
  }
}
