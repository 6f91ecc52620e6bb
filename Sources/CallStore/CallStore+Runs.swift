public import CallModel
import GRDB

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
  /// Calls whose last file was found gone by this run; beside those seen.
  public var lost = 0

  /// Nothing yet.
  public init() {}

  enum CodingKeys: String, CodingKey {
    case seen, analysed, unchanged, failed, copies, waiting, gone, lost
    case failedBefore = "failed_before"
  }
}

/// What a run has to say besides its counts.
public struct RunNotes: Sendable, Hashable {
  /// Files that are no recordings that are read, by extension without the dot.
  public var passedOver: [String: Int] = [:]
  /// Shares that are not there, went away, or are empty although the store knows recordings there.
  public var missingShares: [RecordingPath] = []
  /// Sources of facts that could not be read, each a sentence.
  public var complaints: [String] = []

  /// How many calls have facts of a source that has nothing on them any more, by source; `none` where no source of the
  /// configuration matches the recording any more.
  public var keptFacts: [String: Int] = [:]

  /// Nothing.
  public init() {}

  /// Counts for a line, the largest first, as in `120 gsm, 3 sln`.
  public static func list(_ counts: [String: Int]) -> String {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
      .joined(separator: ", ")
  }
}

extension CallStore {
  /// Adds a row for a run over `shares` and returns its number. Failures there of files that could not be read are
  /// deleted: this run tries them again, or finds them gone. Where the last run never ended, the machine may have
  /// crashed, so the store is checked first.
  ///
  /// - Parameter sources: what the sources of the configuration have instead of `analysis`.
  public func beginRun(
    over shares: [RecordingPath], under analysis: Analysis, sources: [Analysis] = []
  ) throws -> Int64 {
    let wasCut = try reading { db in
      try Bool.fetchOne(db, sql: "SELECT ended_at IS NULL FROM runs ORDER BY id DESC LIMIT 1") ?? false
    }
    if wasCut { try check() }
    return try commit { writer in
      let passing = CallFailure.Code.allCases.filter(\.isPassing).map { "'\($0.rawValue)'" }
      for share in shares {
        try writer.db.execute(
          sql: """
            DELETE FROM failures WHERE code IN (\(passing.joined(separator: ", ")))
              AND file_id IN (SELECT id FROM files WHERE id = file_id AND \(Self.isBelow))
            """, arguments: Self.bounds(of: share))
      }
      try writer.db.execute(
        sql: "INSERT INTO runs (analysis_version, settings_hash, shares, analyses) VALUES (?, ?, ?, ?)",
        arguments: [
          analysis.version, analysis.settingsHash, shares.map(\.text).joined(separator: "\n"),
          Self.text(of: [analysis] + sources),
        ])
      return writer.db.lastInsertedRowID
    }
  }

  /// How many calls with a file that is there would be analysed anew by a run under these analyses, and how many there
  /// are. Both are 0 where the last run had the same ones: then whatever is left of it goes on.
  public func callsAnalysedAnew(under analyses: [Analysis]) throws -> (anew: Int, all: Int) {
    try reading { db in
      let last = try String.fetchOne(db, sql: "SELECT analyses FROM runs ORDER BY id DESC LIMIT 1")
      if last == Self.text(of: analyses) { return (0, 0) }
      let known = Set(analyses)
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT analysis_version, settings_hash, count(*) FROM calls
          WHERE EXISTS (SELECT 1 FROM files WHERE call_id = calls.id AND gone_run_id IS NULL) GROUP BY 1, 2
          """)
      return rows.reduce((0, 0)) { sum, row in
        let isKnown = known.contains(Analysis(version: row[0], settingsHash: row[1]))
        return (sum.0 + (isKnown ? 0 : row[2]), sum.1 + row[2])
      }
    }
  }

  private static func text(of analyses: [Analysis]) -> String {
    analyses.map { "\($0.version) \($0.settingsHash)" }.joined(separator: "\n")
  }

  /// What contradicts the clock that shows `now`, in seconds since 1970: the last run or the newest call began after
  /// it, or the last run was longer ago than `gap`; nil where nothing does.
  public func complaint(aboutClock now: Int64, gap: Int64 = .max) throws -> String? {
    try reading { db in
      let last = try Row.fetchOne(
        db, sql: "SELECT started_at, unixepoch(started_at) FROM runs ORDER BY id DESC LIMIT 1")
      let newest = try Row.fetchOne(
        db,
        sql: "SELECT started_at, began FROM calls WHERE started_at IS NOT NULL ORDER BY began DESC LIMIT 1")
      if let last, (last[1] as Int64?) ?? now > now + 60 {
        return "the last run began at \(last[0] as String)"
      }
      if let newest, newest[1] as Int64 > now + 86_400 {
        return "the newest call began at \(newest[0] as String)"
      }
      if let last, now - ((last[1] as Int64?) ?? now) > gap {
        return "the last run was as long ago as \(last[0] as String)"
      }
      return nil
    }
  }

  /// Closes the row of a run; `stopped` where a signal ended it. Files of which nothing is known are taken out.
  public func endRun(
    _ run: Int64, counts: RunCounts, notes: RunNotes = RunNotes(), stopped: Bool
  ) throws {
    try commit { writer in
      // What could not be read and was not met again, as a folder: a file without a call or a failure says nothing.
      try writer.db.execute(
        sql: "DELETE FROM files WHERE call_id IS NULL AND id NOT IN (SELECT file_id FROM failures)")
      try writer.db.execute(
        sql: """
          UPDATE runs SET ended_at = max(started_at, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), seen = ?,
            analysed = ?, unchanged = ?, failed = ?, failed_before = ?, copies = ?, waiting = ?, gone = ?, lost = ?,
            passed_over = ?, missing_shares = ?, complaints = ?, kept_facts = ?, stopped = ? WHERE id = ?
          """,
        arguments: [
          counts.seen, counts.analysed, counts.unchanged, counts.failed, counts.failedBefore, counts.copies,
          counts.waiting, counts.gone, counts.lost,
          RunNotes.list(notes.passedOver),
          notes.missingShares.map(\.text).joined(separator: "\n"), notes.complaints.joined(separator: "\n"),
          RunNotes.list(notes.keptFacts), stopped, run,
        ])
    }
  }

  /// In how many calls of a run each kind of finding was made, as they are in the store now.
  public func findings(ofRun run: Int64) throws -> [Finding.Code: Int] {
    try reading { db in
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
