public import CallModel
import CallReports
import GRDB

/// Writes to a store within one transaction.
public struct StoreWriter {
  let db: Database
  /// The run that writes; nil outside of runs.
  let run: Int64?
  /// Takes the calls that lose a file.
  let bereft: BereftCalls?
}

/// Calls that lost a file during a run; some have another one, or are found again under another path.
public final class BereftCalls {
  fileprivate var calls: Set<Int64> = []

  /// None.
  public init() {}
}

/// Where a call stands after a file with its content was taken.
public struct Placement: Sendable, Hashable {
  /// The call's number.
  public var call: Int64
  /// Whether the call is shown under that file; otherwise it is a copy.
  public var isShown: Bool
}

extension CallStore {
  /// Runs `body` in one transaction, which is on the disk when this returns.
  public func commit<Value>(
    run: Int64? = nil, bereft: BereftCalls? = nil, _ body: (StoreWriter) throws -> Value
  ) throws -> Value {
    try StoreError.translating(at: path) {
      try database.write { try body(StoreWriter(db: $0, run: run, bereft: bereft)) }
    }
  }

  /// How many calls have no file that is there, of those that lost one.
  public func withoutFile(of bereft: BereftCalls) throws -> Int {
    try reading { db in
      let statement = try db.makeStatement(
        sql: "SELECT NOT EXISTS (SELECT 1 FROM files WHERE call_id = ? AND gone_run_id IS NULL)")
      return try bereft.calls.count { try Bool.fetchOne(statement, arguments: [$0]) ?? false }
    }
  }

  /// Stores the outcome of one file, in a transaction of its own; see ``StoreWriter/record(_:of:described:under:landmarks:)``.
  @discardableResult
  public func record(
    _ outcome: CallOutcome, of file: RecordingFile, under analysis: Analysis, run: Int64? = nil,
    landmarks: [Landmark]? = nil
  ) throws -> Placement? {
    try commit(run: run) { try $0.record(outcome, of: file, under: analysis, landmarks: landmarks) }
  }
}

extension StoreWriter {
  /// Stores the outcome of `file`. Figures are those of the file under which the call is shown: a copy's are not kept
  /// where the call has some. With `landmarks`, `unsearchedCalls` includes the call; its earlier prompts are kept for
  /// that search. A failure says nothing about the call that the file had: that stays.
  ///
  /// - Returns: nil for a failure.
  @discardableResult
  public func record(
    _ outcome: CallOutcome, of file: RecordingFile, described: Description = .not, under analysis: Analysis,
    landmarks: [Landmark]? = nil
  ) throws -> Placement? {
    switch outcome {
    case .analysed(let summary):
      let json = try Self.heardJSON(summary)
      let sha256 = summary.recording.sha256
      var known = try placed(file, described, content: sha256)
      if known?.isShown != false { try write(json, of: file, under: analysis) }
      if known == nil { known = try placed(file, described, content: sha256) }
      guard let placement = known else { return nil }
      if placement.isShown {
        if let metadata = summary.metadata { try take(metadata, of: placement.call) }
        if let landmarks { try CallStore.keep(landmarks, of: placement.call, in: db) }
      }
      return placement
    case .failed(let failure):
      try keep(failure, of: file, described, under: analysis)
      return nil
    }
  }

  /// Takes `file` for one with this content, if there is a call with it.
  public func adopt(_ file: RecordingFile, described: Description = .not, sha256: String) throws -> Placement?
  {
    try placed(file, described, content: sha256)
  }

  /// Notes that the file of a number is gone.
  public func lose(file id: Int64) throws {
    try db.execute(
      sql: "UPDATE files SET gone_run_id = coalesce(gone_run_id, ?) WHERE id = ?", arguments: [run ?? 0, id])
    try db.execute(
      sql: """
        DELETE FROM files WHERE id = ? AND call_id IS NULL AND id NOT IN (SELECT file_id FROM failures)
        """, arguments: [id])
    guard let call = try Int64.fetchOne(db, sql: "SELECT call_id FROM files WHERE id = ?", arguments: [id])
    else { return }
    bereft?.calls.insert(call)
    try show(call)
  }

  /// The same by path.
  public func lose(_ path: RecordingPath) throws {
    if let id = try fileNumber(path) { try lose(file: id) }
  }

  // MARK: Files

  private func fileNumber(_ path: RecordingPath) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM files WHERE path = ? AND path_b64 = ?"), arguments: path.key)
  }

  /// Notes the state of a file, and returns its number. The state of one whose content was not read stays that of the
  /// call that it has: the next run sees that it has changed.
  private func note(_ file: RecordingFile, _ described: Description, isRead: Bool = true) throws -> Int64 {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO files (path, path_b64, size_bytes, mtime_ns, described, first_run_id) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET size_bytes = iif(? OR call_id IS NULL, excluded.size_bytes, size_bytes),
          mtime_ns = iif(? OR call_id IS NULL, excluded.mtime_ns, mtime_ns),
          described = max(described, excluded.described), gone_run_id = NULL
        RETURNING id
        """)
    return try Int64.fetchOne(
      statement,
      arguments: file.path.key + [file.size, file.modified, described.rawValue, run, isRead, isRead]) ?? 0
  }

  /// Gives `file` to the call with this content; nil where there is none. The call that the file had before is shown
  /// under another of its files, if it has one.
  private func placed(
    _ file: RecordingFile, _ described: Description, content sha256: String
  ) throws -> Placement? {
    let content = try db.cachedStatement(sql: "SELECT id FROM calls WHERE sha256 = ?")
    guard let call = try Int64.fetchOne(content, arguments: [sha256]) else { return nil }
    let id = try note(file, described)
    try give(id, to: call)
    try db.cachedStatement(sql: "DELETE FROM failures WHERE file_id = ?").execute(arguments: [id])
    try show(call)
    let shown = try db.cachedStatement(sql: "SELECT path = ? AND path_b64 = ? FROM calls WHERE id = ?")
    let isShown = try Bool.fetchOne(shown, arguments: file.path.key + [call]) ?? false
    return Placement(call: call, isShown: isShown)
  }

  private func give(_ file: Int64, to call: Int64?) throws {
    let before = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT call_id FROM files WHERE id = ?"), arguments: [file])
    guard before != call else { return }
    try db.cachedStatement(sql: "UPDATE files SET call_id = ? WHERE id = ?").execute(arguments: [call, file])
    guard let before else { return }
    bereft?.calls.insert(before)
    try show(before)
  }

  /// Decides under which of its files a call is shown: the best described one, then the first by path. Where none is
  /// left, it stays as it was.
  func show(_ call: Int64) throws {
    let statement = try db.cachedStatement(
      sql: """
        UPDATE calls SET path = f.path, path_b64 = f.path_b64, size_bytes = f.size_bytes, mtime_ns = f.mtime_ns
        FROM (
          SELECT path, path_b64, size_bytes, mtime_ns FROM files WHERE call_id = :call AND gone_run_id IS NULL AND described >= 0
          ORDER BY described DESC, path, path_b64 LIMIT 1
        ) AS f WHERE calls.id = :call
        """)
    try statement.execute(arguments: ["call": call])
    if db.changesCount > 0 { try date(call) }
  }

  /// Notes how well a file is described, and shows its call accordingly.
  public func describe(file id: Int64, of call: Int64, as described: Description) throws {
    try db.execute(
      sql: "UPDATE files SET described = max(described, ?) WHERE id = ?", arguments: [described.rawValue, id])
    try show(call)
  }

  /// Notes the state of the other party's file, with which a file was read.
  public func note(secondLeg: String, of path: RecordingPath) throws {
    try db.cachedStatement(sql: "UPDATE files SET second_leg = ? WHERE path = ? AND path_b64 = ?")
      .execute(arguments: [secondLeg] + path.key)
  }

  /// Sets the day and the moment at which a call began, from its start or from its file.
  func date(_ call: Int64) throws {
    try db.cachedStatement(
      sql: "UPDATE calls SET day = \(Schema.dayOfCall), began = \(Schema.beginOfCall) WHERE id = ?"
    ).execute(arguments: [call])
  }

  // MARK: Rows

  /// A summary as it is kept: without what other tables have.
  static func heardJSON(_ summary: CallSummary) throws -> String {
    var heard = summary
    heard.take(nil)
    (heard.recording.path, heard.recording.pathBase64) = ("", nil)
    return String(decoding: try jsonLine(.analysed(heard)).dropLast(), as: UTF8.self)
  }

  /// Writes the row of the call with this content, whose figures SQLite itself takes out of the JSON: a column cannot
  /// say another thing than the summary.
  private func write(_ json: String, of file: RecordingFile, under analysis: Analysis) throws {
    let values: [String: (any DatabaseValueConvertible)?] = [
      "path": file.path.text, "path_b64": file.path.base64 ?? "", "size": file.size,
      "modified": file.modified,
      "run": run, "version": analysis.version, "hash": analysis.settingsHash, "json": json,
    ]
    guard
      let call = try Int64.fetchOne(
        db.cachedStatement(sql: Self.upsert), arguments: StatementArguments(values))
    else { return }
    try db.cachedStatement(
      sql: """
        INSERT INTO summaries (call_id, heard_json) VALUES (?, ?)
        ON CONFLICT DO UPDATE SET heard_json = excluded.heard_json, told_json = NULL
        """
    ).execute(arguments: [call, json])
    try replaceLists(of: call)
    try date(call)
  }

  private static let upsert: String = {
    let replaced =
      [
        ("run_id", ":run"), ("analysis_version", ":version"), ("settings_hash", ":hash"),
        ("analysed_at", "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"),
      ] + Schema.figures(in: ":json")
    let all =
      [
        ("path", ":path"), ("path_b64", ":path_b64"), ("size_bytes", ":size"), ("mtime_ns", ":modified"),
        ("day", "''"), ("began", "0"),
      ] + replaced
    return """
      INSERT INTO calls (\(all.map(\.0).joined(separator: ", "))) VALUES (\(all.map(\.1).joined(separator: ", ")))
      ON CONFLICT (sha256) DO UPDATE SET
      \(replaced.map { "\($0.0) = excluded.\($0.0)" }.joined(separator: ", ")) RETURNING id
      """
  }()

  /// Fills `events` and `findings` from the summary of a call.
  func replaceLists(of call: Int64) throws {
    let arguments: StatementArguments = ["call": call]
    try db.cachedStatement(sql: "DELETE FROM events WHERE call_id = :call").execute(arguments: arguments)
    try db.cachedStatement(sql: "DELETE FROM findings WHERE call_id = :call").execute(arguments: arguments)
    try db.cachedStatement(
      sql: """
        INSERT INTO events (call_id, number, type, start_s, end_s, by_party, outcome, owner_party, kind, leg,
          confidence, event_json)
        SELECT call_id, key, value ->> 'type', value ->> 'start_s', value ->> 'end_s', value ->> 'by',
          value ->> 'outcome', value ->> 'owner', value ->> 'kind', value ->> 'leg', value ->> 'confidence', value
        FROM summaries, json_each(coalesce(told_json, heard_json), '$.events') WHERE call_id = :call
        """
    ).execute(arguments: arguments)
    try db.cachedStatement(
      sql: """
        INSERT INTO findings (call_id, number, code, severity, start_s, end_s, party, value, threshold, message)
        SELECT call_id, key, value ->> 'code', value ->> 'severity', value ->> 'start_s', value ->> 'end_s',
          value ->> 'party', value ->> 'value', value ->> 'threshold', value ->> 'message'
        FROM summaries, json_each(coalesce(told_json, heard_json), '$.findings') WHERE call_id = :call
        """
    ).execute(arguments: arguments)
  }

  private func keep(
    _ failure: CallFailure, of file: RecordingFile, _ described: Description, under analysis: Analysis
  ) throws {
    let id = try note(file, described, isRead: !failure.error.code.isPassing)
    if !failure.error.code.isPassing { try give(id, to: nil) }
    try db.cachedStatement(
      sql: """
        INSERT INTO failures (file_id, day, run_id, analysis_version, settings_hash, code, message)
        SELECT id, coalesce(\(Schema.dayOfFile()), date('now')), :run, :version, :hash, :code, :message
        FROM files WHERE id = :id
        ON CONFLICT DO UPDATE SET day = excluded.day, run_id = excluded.run_id, code = excluded.code,
          analysis_version = excluded.analysis_version, settings_hash = excluded.settings_hash,
          message = excluded.message, failed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
        """
    ).execute(arguments: [
      "id": id, "run": run, "version": analysis.version, "hash": analysis.settingsHash,
      "code": failure.error.code.rawValue, "message": failure.error.message,
    ])
  }
}

extension CallFailure.Code {
  /// Whether another attempt at the same file can end otherwise.
  var isPassing: Bool { self == .unreadable || self == .changedWhileReading }
}
