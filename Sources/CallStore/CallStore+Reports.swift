public import CallFollowUp
public import CallModel
import GRDB

extension CallStore {
  /// What a follow-up of the calls of `period` needs, from one snapshot: these calls, those of the same customers that
  /// can be a part of the same matter or follow it within `rules`, and the end of the data.
  /// - Complexity: in the calls of this period and of three more days; not in the store.
  public func followUp(
    _ period: CallPeriod, rules: FollowUpRules, _ shown: (FollowedCall) -> FollowedCall = { $0 }
  ) throws -> FollowUp {
    try reading { try Self.followUp($0, period, rules, shown) }
  }

  /// What the morning's report tells of the calls of `period` and of the last run, from one snapshot.
  public func morningReport(
    _ period: CallPeriod, rules: FollowUpRules, _ shown: (ReportedCall) -> ReportedCall = { $0 }
  ) throws -> MorningReport {
    try reading { db in
      let followUp = try Self.followUp(db, period, rules) { call in
        shown(
          ReportedCall(
            call: call, findings: [], conflicts: [], agentShare: nil, deadAir: nil, answeredAt: nil)
        ).call
      }
      return MorningReport(
        of: try Self.reportedCalls(db, period).map(shown), followUp: followUp,
        failures: try Self.reportedFailures(db, period), notes: try Self.lastRun(db)?.notes ?? [])
    }
  }

  private static func followUp(
    _ db: Database, _ period: CallPeriod, _ rules: FollowUpRules,
    _ shown: (FollowedCall) -> FollowedCall
  ) throws -> FollowUp {
    let edge = try Double.fetchOne(
      db,
      sql: """
        SELECT max(unixepoch(started_at) + duration_s) FROM calls
        WHERE started_at IS NOT NULL AND began >= (SELECT max(began) FROM calls WHERE started_at IS NOT NULL) - 86400
        """)
    var calls: [FollowedCall] = []
    let rows =
      period.isOpen
      ? try Row.fetchCursor(db, sql: "SELECT \(followed) ORDER BY c.id")
      : try Row.fetchCursor(
        db, sql: followed(of: period), arguments: period.arguments + ["horizon": rules.horizon])
    while let row = try rows.next() { calls.append(shown(FollowedCall(row))) }
    return FollowUp(of: calls, rules: rules, period: period, edge: edge)
  }

  /// The calls of the period and one day around it, so that parts of a call and transfers are there; and later calls
  /// of the customers of this period.
  static func followed(of period: CallPeriod) -> String {
    """
    WITH told AS MATERIALIZED (SELECT min(began) AS first, max(began) AS last FROM calls WHERE \(period.condition())),
    customers AS MATERIALIZED (
      SELECT DISTINCT customer_number FROM calls JOIN call_metadata ON call_id = id
      WHERE \(period.condition()) AND customer_number IS NOT NULL)
    SELECT \(followed)
    WHERE c.began BETWEEN (SELECT first FROM told) - 86400 AND (SELECT last FROM told) + 86400
    UNION ALL
    SELECT \(followed)
    WHERE c.id IN (SELECT call_id FROM call_metadata WHERE customer_number IN customers)
      AND c.began > (SELECT last FROM told) + 86400
      AND c.began <= (SELECT last FROM told) + :horizon + 2 * 86400
    """
  }

  private static func reportedCalls(_ db: Database, _ period: CallPeriod) throws -> [ReportedCall] {
    let findings = try db.makeStatement(
      sql:
        "SELECT code, severity, start_s, end_s, party, message FROM findings WHERE call_id = ? ORDER BY number"
    )
    let conflicts = try db.makeStatement(
      sql: "SELECT message FROM conflicts WHERE call_id = ? ORDER BY number")
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(followed) WHERE \(period.condition()) ORDER BY c.path, c.path_b64
        """,
      arguments: period.arguments)
    var calls: [ReportedCall] = []
    while let row = try rows.next() {
      let call = FollowedCall(row)
      calls.append(
        ReportedCall(
          call: call,
          findings: try Row.fetchAll(findings, arguments: [call.id]).compactMap(Finding.init(row:)),
          conflicts: try String.fetchAll(conflicts, arguments: [call.id]),
          agentShare: row[13], deadAir: row[14], answeredAt: row[15]))
    }
    return calls
  }

  /// The files of this period that could not be analysed, by path.
  private static func reportedFailures(
    _ db: Database, _ period: CallPeriod
  ) throws -> [MorningReport.Failure] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT path, message FROM failures JOIN files ON files.id = file_id
        WHERE \(period.condition(moment: "mtime_ns / 1000000000")) ORDER BY path, path_b64
        """, arguments: period.arguments
    ).map { MorningReport.Failure(path: $0[0], message: $0[1]) }
  }

  /// The columns of a ``FollowedCall``.
  static let followedColumns = """
    c.id, c.path, c.started_at, unixepoch(c.started_at) AS start, c.duration_s, m.direction, m.customer_number,
      m.line_number, m.queue, m.agent, m.recorder_call_id, c.sha256, c.ending_kind
    """
  static let followedTables = "FROM calls AS c LEFT JOIN call_metadata AS m ON m.call_id = c.id"
  private static let followed =
    "\(followedColumns), c.agent_talk_share, c.dead_air_s, c.answered_at_s \(followedTables)"
}

extension Finding {
  /// A row of findings; nil where a newer Talkspurt wrote something that this one does not know.
  fileprivate init?(row: Row) {
    let code: String = row[0], severity: String = row[1], party: String? = row[4]
    guard let code = Finding.Code(rawValue: code), let severity = Finding.Severity(rawValue: severity) else {
      return nil
    }
    self.init(code, severity, start: row[2], end: row[3], party: party.flatMap(Party.init), message: row[5])
  }
}

extension FollowedCall {
  /// A row that begins with ``CallStore/followedColumns``.
  init(_ row: Row) {
    let kind: String = row[12]
    self.init(
      id: row[0], path: row[1], startedAt: row[2], start: row[3], duration: row[4], direction: row[5],
      customer: row[6], line: row[7], queue: row[8], agent: row[9], callID: row[10], sha256: row[11],
      ending: Ending.Kind(rawValue: kind) ?? .unknown)
  }
}
