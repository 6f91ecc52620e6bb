public import CallModel
import CallReports
import GRDB

/// What the store knows of a recording.
public enum Standing: Sendable, Hashable {
  /// It has not been analysed in its present state and with these settings, or it could not be read.
  case due
  /// It has been analysed in its present state.
  case analysed
  /// It failed in its present state, and would fail again.
  case failed
  /// It has the content of the call at another path; `isCurrent`: whether that call was analysed with these
  /// settings.
  case copy(of: RecordingPath, isCurrent: Bool)
}

/// The recordings of a run by outcome.
public struct RunCounts: Sendable, Hashable, Codable {
  /// Found on the shares.
  public var seen = 0
  /// Analysed in this run.
  public var analysed = 0
  /// In the store already.
  public var unchanged = 0
  /// Tried in this run without success.
  public var failed = 0
  /// Failed in an earlier run and not tried again.
  public var failedBefore = 0
  /// Of the same content as another recording, which counts.
  public var copies = 0
  /// Written to so recently that they are left to a later run.
  public var waiting = 0
  /// Moved or deleted between the walk and their turn.
  public var gone = 0

  /// Nothing yet.
  public init() {}

  enum CodingKeys: String, CodingKey {
    case seen, analysed, unchanged, failed, copies, waiting, gone
    case failedBefore = "failed_before"
  }
}

extension CallFailure.Code {
  /// Whether another attempt at the same file can end otherwise.
  var isPassing: Bool { self == .unreadable || self == .changedWhileReading }
}

extension CallStore {
  /// What is known of `file` under `analysis`.
  /// - Complexity: logarithmic in the number of recordings.
  public func standing(of file: RecordingFile, under analysis: Analysis) throws -> Standing {
    guard let size = file.size, let modified = file.modified else { return .due }
    return try StoreError.translating(at: path) {
      try database.read { db in
        let arguments: StatementArguments = [
          "path": file.path.text, "path_b64": file.path.base64 ?? "", "size": size, "modified": modified,
          "version": analysis.version, "hash": analysis.settingsHash,
        ]
        let failure = try db.cachedStatement(sql: "SELECT code FROM failures \(Self.same)")
        if let code = try String.fetchOne(failure, arguments: arguments) {
          return CallFailure.Code(rawValue: code)?.isPassing == false ? .failed : .due
        }
        let call = try db.cachedStatement(sql: "SELECT 1 FROM calls \(Self.same)")
        if try Int.fetchOne(call, arguments: arguments) != nil { return .analysed }
        let copy = try db.cachedStatement(sql: Self.copied)
        return try Row.fetchOne(copy, arguments: arguments).map { row in
          .copy(of: RecordingPath(text: row[0], base64: row[1]), isCurrent: row[2])
        } ?? .due
      }
    }
  }

  private static let same = """
    WHERE path = :path AND path_b64 = :path_b64 AND size_bytes = :size AND mtime_ns = :modified
      AND analysis_version = :version AND settings_hash = :hash
    """

  private static let copied = """
    SELECT calls.path, calls.path_b64, analysis_version = :version AND settings_hash = :hash
    FROM copies JOIN calls ON calls.id = call_id
    WHERE copies.path = :path AND copies.path_b64 = :path_b64
      AND copies.size_bytes = :size AND copies.mtime_ns = :modified
    """

  /// Whether anything below `share` is known.
  public func hasRecordings(under share: RecordingPath) throws -> Bool {
    try StoreError.translating(at: path) {
      try database.read { db in
        try Bool.fetchOne(
          db,
          sql: """
            SELECT EXISTS (SELECT 1 FROM recordings
              WHERE path = :share OR substr(path, 1, length(:folder)) = :folder)
            """, arguments: ["share": share.text, "folder": share.appending([]).text]) ?? false
      }
    }
  }

  /// Adds a row for a run over `shares` and returns its number. Recordings there that could not be read are
  /// deleted: this run tries them again, or finds them gone. Where the last run never ended, the machine may
  /// have crashed, so the file is checked first.
  public func beginRun(over shares: [RecordingPath], under analysis: Analysis) throws -> Int64 {
    let wasCut = try StoreError.translating(at: path) {
      try database.read { db in
        try Bool.fetchOne(db, sql: "SELECT ended_at IS NULL FROM runs ORDER BY id DESC LIMIT 1") ?? false
      }
    }
    if wasCut { try check() }
    return try StoreError.translating(at: path) {
      try database.write { db in
        let passing = CallFailure.Code.allCases.filter(\.isPassing).map { "'\($0.rawValue)'" }
        for share in shares {
          try db.execute(
            sql: """
              DELETE FROM failures WHERE code IN (\(passing.joined(separator: ", ")))
                AND (path = :share OR substr(path, 1, length(:folder)) = :folder)
              """,
            arguments: ["share": share.text, "folder": share.appending([]).text])
        }
        try db.execute(
          sql: "INSERT INTO runs (analysis_version, settings_hash, shares) VALUES (?, ?, ?)",
          arguments: [
            analysis.version, analysis.settingsHash, shares.map(\.text).joined(separator: "\n"),
          ])
        return db.lastInsertedRowID
      }
    }
  }

  /// Closes the row of a run; `stopped` where a signal ended it.
  public func endRun(_ run: Int64, counts: RunCounts, stopped: Bool) throws {
    try StoreError.translating(at: path) {
      try database.write { db in
        try db.execute(
          sql: """
            UPDATE runs SET ended_at = max(started_at, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), seen = ?,
              analysed = ?, unchanged = ?, failed = ?, failed_before = ?, copies = ?, waiting = ?, gone = ?,
              stopped = ? WHERE id = ?
            """,
          arguments: [
            counts.seen, counts.analysed, counts.unchanged, counts.failed, counts.failedBefore, counts.copies,
            counts.waiting, counts.gone, stopped, run,
          ])
      }
    }
  }

  /// In how many calls of a run each kind of finding was made, as they are in the store now.
  public func findings(ofRun run: Int64) throws -> [Finding.Code: Int] {
    try StoreError.translating(at: path) {
      try database.read { db in
        let sql = """
          SELECT code, count(DISTINCT call_id) FROM findings JOIN calls ON calls.id = call_id
          WHERE run_id = ? GROUP BY code
          """
        return try Row.fetchAll(db, sql: sql, arguments: [run]).reduce(into: [:]) { counts, row in
          if let code = Finding.Code(rawValue: row[0]) { counts[code] = row[1] }
        }
      }
    }
  }

  /// Stores the outcome of `file`: replaces the row of the same path, keeps the row's number, and is on the
  /// disk when it returns. With `landmarks`, `unsearchedCalls` includes the call; its earlier prompts are
  /// kept for that search where the sound is the same.
  ///
  /// A content that is known at another path stays one call: it moves here where that path is `gone`,
  /// otherwise the path that comes first has the call and the other one is a copy of it. Returns whether
  /// there is such another path.
  @discardableResult
  public func record(
    _ outcome: CallOutcome, of file: RecordingFile, under analysis: Analysis, run: Int64? = nil,
    landmarks: [Landmark]? = nil, gone: RecordingPath? = nil
  ) throws -> Bool {
    try StoreError.translating(at: path) {
      try database.write { db in
        switch outcome {
        case .analysed(var summary):
          try Self.forgetFailure(of: file.path, in: db)
          let (place, isCopied) = try Self.place(
            file, content: summary.recording.sha256, under: analysis, gone: gone, in: db)
          guard let kept = place else { return isCopied }
          summary.recording.path = kept.path.text
          summary.recording.pathBase64 = kept.path.base64
          try db.cachedStatement(sql: Self.forgetPlaces).execute(
            arguments: kept.path.key + [summary.recording.sha256])
          let statement = try db.cachedStatement(sql: Self.upsertCall)
          let row = try Self.row(.analysed(summary), of: kept, under: analysis, run: run)
          guard let call = try Int64.fetchOne(statement, arguments: row) else { return isCopied }
          for list in [Self.replaceEvents, Self.replaceFindings, Self.replaceMetadata] {
            try db.execute(sql: list, arguments: ["call": call])
          }
          try db.execute(sql: "DELETE FROM calls_as_heard WHERE call_id = ?", arguments: [call])
          if let landmarks { try Self.keep(landmarks, of: call, in: db) }
          return isCopied
        case .failed(let failure):
          if !failure.error.code.isPassing {
            try Self.giveUp(file.path, in: db)
            try Self.forgetCall(at: file.path, in: db)
          }
          try db.cachedStatement(sql: Self.upsertFailure).execute(
            arguments: Self.row(outcome, of: file, under: analysis, run: run))
          return false
        }
      }
    }
  }

  private static func row(
    _ outcome: CallOutcome, of file: RecordingFile, under analysis: Analysis, run: Int64?
  ) throws -> StatementArguments {
    let values: [String: (any DatabaseValueConvertible)?] = [
      "path": file.path.text, "path_b64": file.path.base64 ?? "", "size_bytes": file.size,
      "mtime_ns": file.modified, "run_id": run, "analysis_version": analysis.version,
      "settings_hash": analysis.settingsHash,
      "json": String(decoding: try jsonLine(outcome).dropLast(), as: UTF8.self),
    ]
    return StatementArguments(values)
  }

  private static let forgetPlaces = """
    DELETE FROM prompt_places WHERE call_id IN
      (SELECT id FROM calls WHERE path = ? AND path_b64 = ? AND sha256 <> ?)
    """

  private static let upsertCall = upsert(
    into: "calls", at: "analysed_at", json: "summary_json", figures: Schema.figures)

  private static let upsertFailure = upsert(
    into: "failures", at: "failed_at", json: "failure_json",
    figures: [("code", "error.code"), ("message", "error.message")])

  /// One statement that writes a row whose figures SQLite itself takes out of the JSON, so that a column
  /// cannot say another thing than the summary.
  private static func upsert(
    into table: String, at time: String, json: String, figures: [(column: String, json: String)]
  ) -> String {
    let given = ["path", "path_b64", "size_bytes", "mtime_ns", "run_id", "analysis_version", "settings_hash"]
    let columns = given + [json, time] + figures.map(\.column)
    let values =
      given.map { ":\($0)" } + [":json", "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"]
      + figures.map { ":json ->> '$.\($0.json)'" }
    return """
      INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(values.joined(separator: ", ")))
      ON CONFLICT (path, path_b64) DO UPDATE SET
      \(columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")) RETURNING id
      """
  }

  static let replaceEvents = """
    DELETE FROM events WHERE call_id = :call;
    INSERT INTO events (call_id, number, type, start_s, end_s, by_party, outcome, owner_party, kind, leg,
      confidence, event_json)
    SELECT calls.id, key, value ->> 'type', value ->> 'start_s', value ->> 'end_s', value ->> 'by',
      value ->> 'outcome', value ->> 'owner', value ->> 'kind', value ->> 'leg', value ->> 'confidence', value
    FROM calls, json_each(summary_json, '$.events') WHERE calls.id = :call
    """

  static let replaceFindings = """
    DELETE FROM findings WHERE call_id = :call;
    INSERT INTO findings (call_id, number, code, severity, start_s, end_s, party, value, threshold, message)
    SELECT calls.id, key, value ->> 'code', value ->> 'severity', value ->> 'start_s', value ->> 'end_s',
      value ->> 'party', value ->> 'value', value ->> 'threshold', value ->> 'message'
    FROM calls, json_each(summary_json, '$.findings') WHERE calls.id = :call
    """
}
