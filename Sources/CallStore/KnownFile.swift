public import CallModel
import FoundationEssentials
import GRDB

/// What the store knows of a file.
public enum Standing: Sendable, Hashable {
  /// It has not been analysed in its present state and with these settings, or it could not be read.
  case due
  /// It has a call that was analysed with these settings, and is the file under which the call is shown.
  case analysed(call: Int64)
  /// It failed in its present state, and would fail again.
  case failed
  /// It has the content of a call that is shown under another path; `isCurrent`: whether that call was analysed with
  /// these settings.
  case copy(of: RecordingPath, call: Int64, isCurrent: Bool)
}

/// A file that the store knows.
public struct KnownFile: Sendable, Hashable {
  /// Its number.
  public var id: Int64
  /// How well it was described so far.
  public var described: Description
  /// When its call began, in seconds since 1970; nil where it has none.
  public var began: Int?
  /// What is known of it.
  public var standing: Standing
  /// Of what the metadata of its call followed from when its sources were asked last; nil before.
  public var factsHash: Int64?
  /// The sources that had said something of it before, and nothing then.
  public var silentSources: [CallMetadata.Source]
  /// Whether its source had records of the exchange; nil where it was not asked yet.
  public var expectsRecord: Bool?
  /// Size and time of the file with the other party's leg, with which it was read; nil where it was read alone.
  public var secondLeg: String?
}

/// A content that the store knows.
public struct KnownContent: Sendable, Hashable {
  /// The number of its call.
  public var call: Int64
  /// What analysed it last.
  public var analysis: Analysis
  /// The file under which it is shown.
  public var shown: RecordingPath
  /// How well that file is described.
  public var described: Description
}

/// How well a file is described: of the files with one content, the call is shown under the first in this order, then
/// by path, and is analysed as the source of that file says.
public enum Description: Int, Sendable, Hashable, Comparable {
  /// It is a part of its call: another recording of the same call, which is never shown.
  case part = -1
  /// No source of the configuration matched it so far.
  case not = 0
  /// A source matched.
  case matched = 1
  /// A source matched and had facts.
  case told = 2

  /// Less described first.
  public static func < (a: Description, b: Description) -> Bool { a.rawValue < b.rawValue }
}

extension CallStore {
  /// What is known of `file` under `analysis`.
  /// - Complexity: logarithmic in the number of files.
  public func known(_ file: RecordingFile, under analysis: Analysis) throws -> KnownFile? {
    try asking { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT f.id, f.size_bytes = :size AND f.mtime_ns = :modified AND f.gone_run_id IS NULL, c.id,
            c.analysis_version = :version AND c.settings_hash = :hash, c.path, c.path_b64, x.code,
            x.analysis_version = :version AND x.settings_hash = :hash, f.described, c.began, f.facts_hash,
            f.silent_sources, f.expects_record, f.second_leg
          FROM files AS f LEFT JOIN calls AS c ON c.id = f.call_id LEFT JOIN failures AS x ON x.file_id = f.id
          WHERE f.path = :path AND f.path_b64 = :path_b64
          """)
      let arguments: StatementArguments = [
        "path": file.path.text, "path_b64": file.path.base64 ?? "", "size": file.size,
        "modified": file.modified,
        "version": analysis.version, "hash": analysis.settingsHash,
      ]
      return try Row.fetchOne(statement, arguments: arguments).map { row in
        let silent = (row[11] as String?)?.split(separator: "\n") ?? []
        return KnownFile(
          id: row[0], described: Description(rawValue: row[8]) ?? .not, began: row[9],
          standing: Self.standing(row, of: file.path), factsHash: row[10],
          silentSources: silent.compactMap { CallMetadata.Source(rawValue: String($0)) },
          expectsRecord: row[12], secondLeg: row[13])
      }
    }
  }

  /// From a row of ``known(_:under:)``.
  private static func standing(_ row: Row, of path: RecordingPath) -> Standing {
    let isSame: Bool? = row[1], call: Int64? = row[2], code: String? = row[6]
    guard isSame == true else { return .due }
    if let code { return CallFailure.Code(rawValue: code)?.isPassing == false && row[7] ? .failed : .due }
    guard let call else { return .due }
    let shown = RecordingPath(text: row[4], base64: row[5]), isCurrent: Bool = row[3]
    if shown != path { return .copy(of: shown, call: call, isCurrent: isCurrent) }
    return isCurrent ? .analysed(call: call) : .due
  }

  /// What is known of `file` under `analysis`.
  public func standing(of file: RecordingFile, under analysis: Analysis) throws -> Standing {
    try known(file, under: analysis)?.standing ?? .due
  }

  /// Whether the content may be known, so that the file should be hashed before it is analysed: a known file has this
  /// size and second at another path, or this size at the same path.
  public func mayKnow(_ file: RecordingFile) throws -> Bool {
    guard let size = file.size, let modified = file.modified else { return false }
    return try asking { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM files
              WHERE size_bytes = :size AND mtime_ns BETWEEN :from AND :from + 999999999 AND call_id IS NOT NULL)
            OR EXISTS (SELECT 1 FROM files
              WHERE path = :path AND path_b64 = :path_b64 AND size_bytes = :size AND call_id IS NOT NULL)
          """)
      return try Bool.fetchOne(
        statement,
        arguments: [
          // File systems keep times to 1 ns, 100 ns or 1 s.
          "size": size, "from": modified / 1_000_000_000 * 1_000_000_000, "path": file.path.text,
          "path_b64": file.path.base64 ?? "",
        ]) ?? false
    }
  }

  /// The call with this content; nil where there is none.
  public func content(_ sha256: String) throws -> KnownContent? {
    try asking { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT c.id, analysis_version, settings_hash, c.path, c.path_b64, coalesce(f.described, 0)
          FROM calls AS c LEFT JOIN files AS f ON f.path = c.path AND f.path_b64 = c.path_b64 WHERE sha256 = ?
          """)
      return try Row.fetchOne(statement, arguments: [sha256]).map { row in
        KnownContent(
          call: row[0], analysis: Analysis(version: row[1], settingsHash: row[2]),
          shown: RecordingPath(text: row[3], base64: row[4]), described: Description(rawValue: row[5]) ?? .not
        )
      }
    }
  }

  /// Passes the files below `share` that were there so far, by number, to `body`.
  public func forEachPresentFile(
    under share: RecordingPath, _ body: (_ id: Int64, _ path: RecordingPath) throws -> Void
  ) throws {
    try reading { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT id, path, path_b64 FROM files WHERE gone_run_id IS NULL AND \(Self.isBelow)",
        arguments: Self.bounds(of: share))
      while let row = try rows.next() { try body(row[0], RecordingPath(text: row[1], base64: row[2])) }
    }
  }

  /// Whether any file below `share` was there so far.
  public func hasFiles(under share: RecordingPath) throws -> Bool {
    try reading { db in
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM files WHERE gone_run_id IS NULL AND \(Self.isBelow))",
        arguments: Self.bounds(of: share)) ?? false
    }
  }

  /// Whether `files.path` is a share or lies below it; by ranges, so that the index is used.
  static let isBelow = "(path = :share OR path >= :folder AND path < :end)"

  static func bounds(of share: RecordingPath) -> StatementArguments {
    let folder = share.appending([]).text
    // 0 follows / in ASCII.
    return ["share": share.text, "folder": folder, "end": folder.dropLast() + "0"]
  }

  /// Runs `body` without a snapshot: for what a run asks of each file, which writes to the store alone. A snapshot costs
  /// more than the question: GRDB makes the connection read-only for it, and SQLite then prepares every statement anew.
  func asking<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try StoreError.translating(at: path) { try database.unsafeRead(body) }
  }

  /// Runs `body` on a snapshot.
  func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try StoreError.translating(at: path) { try database.read(body) }
  }
}

extension RecordingPath {
  /// The path as rows have it: text, and the exact bytes where they are not UTF-8.
  var key: StatementArguments { [text, base64 ?? ""] }

  /// The path of a row.
  package init(text: String, base64: String) {
    self =
      Data(base64Encoded: base64).flatMap { $0.isEmpty ? nil : RecordingPath(bytes: Array($0)) }
      ?? RecordingPath(text)
  }
}
