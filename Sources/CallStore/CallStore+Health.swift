import GRDB

/// The content of an intact store.
public struct StoreHealth: Sendable, Hashable {
  /// The version of its schema.
  public var schemaVersion: Int
  /// The journal mode of the file, `wal` after the first run.
  public var journal: String
  /// How many recordings were analysed.
  public var calls: Int
  /// How many failed.
  public var failures: Int
  /// The run that began last; nil before the first.
  public var lastRun: LastRun?

  /// A run as the store has it.
  public struct LastRun: Sendable, Hashable {
    /// When it began, ISO 8601 in UTC.
    public var started: String
    /// When it ended; nil where it is still running or was killed.
    public var ended: String?
    /// Whether a signal ended it.
    public var stopped: Bool
    /// Recordings that it tried without success; nil where it has not ended.
    public var failed: Int?
    /// What it had to say besides, a sentence each.
    public var notes: [String]
  }
}

extension CallStore {
  /// The version of SQLite, as in `3.40.1`.
  public static func engineVersion() throws -> String {
    try DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") } ?? ""
  }

  /// What `PRAGMA journal_mode` and `PRAGMA synchronous` are for this connection, as in `wal`, 2 for FULL.
  public func durability() throws -> (journal: String, synchronous: Int) {
    try StoreError.translating(at: path) {
      try database.read { db in
        (
          try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "",
          try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? 0
        )
      }
    }
  }

  /// Checks the whole store; throws what ``check(thoroughly:)`` does where it is damaged.
  /// - Complexity: linear in the size of the file.
  public func health() throws -> StoreHealth {
    try check()
    return try StoreError.translating(at: path) {
      try database.read { db in
        func count(_ table: String) throws -> Int {
          try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
        }
        return try StoreHealth(
          schemaVersion: Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
          journal: String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "", calls: count("calls"),
          failures: count("failures"),
          lastRun: Self.lastRun(db))
      }
    }
  }

  /// The run that began last; nil before the first.
  static func lastRun(_ db: Database) throws -> StoreHealth.LastRun? {
    try Row.fetchOne(db, sql: "SELECT * FROM runs ORDER BY id DESC LIMIT 1").map { row in
      StoreHealth.LastRun(
        started: row["started_at"], ended: row["ended_at"], stopped: row["stopped"] ?? false,
        failed: row["failed"], notes: notes(row))
    }
  }

  /// What a row of runs has to say besides its counts.
  private static func notes(_ run: Row) -> [String] {
    func list(_ column: String) -> String? {
      (run[column] as String?).flatMap { $0.isEmpty ? nil : $0.replacing("\n", with: ", ") }
    }
    let lost: Int? = run["lost"]
    return [
      list("missing_shares").map { "Shares were missing: \($0)." },
      list("complaints").map { "Sources of facts could not be read: \($0)" },
      list("kept_facts").map { "Facts were kept of calls that their source has no more: \($0)." },
      list("passed_over").map { "Files of other kinds were passed over: \($0)." },
      lost.flatMap { $0 == 0 ? nil : "Calls of which the last file was found gone: \($0)." },
    ].compactMap(\.self)
  }
}
