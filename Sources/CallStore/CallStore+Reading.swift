public import CallModel
import FoundationEssentials
import GRDB

/// Which recordings are selected; by default all.
public struct Selection: Sendable, Hashable {
  /// From the beginning of this day on, `YYYY-MM-DD` in the machine's time zone.
  public var since: String?
  /// To the end of this day, `YYYY-MM-DD` in the machine's time zone.
  public var until: String?
  /// Paths that match as in SQLite's GLOB: `*` also matches `/`.
  public var pathGlob: String?
  /// Calls with this finding.
  public var finding: Finding.Code?

  /// Every recording.
  public init() {}
}

/// One recording as the store has it.
public struct StoredRecording: Sendable, Hashable {
  /// The summary (`talkspurt.call/1`) or the failure (`talkspurt.failure/1`): one object on one line.
  public var json: String
  /// Whether `json` is a summary.
  public var isAnalysed: Bool

  /// `json` as a value. Throws where a newer Talkspurt wrote something that this one does not know.
  public func outcome() throws -> CallOutcome {
    let data = Data(json.utf8)
    return isAnalysed
      ? .analysed(try JSONDecoder().decode(CallSummary.self, from: data))
      : .failed(try JSONDecoder().decode(CallFailure.self, from: data))
  }
}

extension CallStore {
  /// Passes each recording of the selection to `body`, by path, from a snapshot: what a run writes meanwhile
  /// is not included. Days are those on which the call began, or, where that is not known, on which the file
  /// was last written to.
  /// - Complexity: memory grows with the paths, not with the summaries.
  public func forEachRecording(in selection: Selection, _ body: (StoredRecording) throws -> Void) throws {
    let query = """
      SELECT call_id, failure_id FROM recordings WHERE
        (:since IS NULL OR \(Self.begun) >= datetime(:since, 'utc')) AND
        (:until IS NULL OR \(Self.begun) < datetime(:until, '+1 day', 'utc')) AND
        (:glob IS NULL OR path GLOB :glob) AND
        (:finding IS NULL OR call_id IN (SELECT call_id FROM findings WHERE code = :finding))
      ORDER BY path, path_b64
      """
    let arguments: StatementArguments = [
      "since": selection.since, "until": selection.until, "glob": selection.pathGlob,
      "finding": selection.finding?.rawValue,
    ]
    do {
      try StoreError.translating(at: path) {
        try database.read { db in
          let call = try db.makeStatement(sql: "SELECT summary_json FROM calls WHERE id = ?")
          let failure = try db.makeStatement(sql: "SELECT failure_json FROM failures WHERE id = ?")
          let rows = try Row.fetchCursor(db, sql: query, arguments: arguments)
          while let row = try rows.next() {
            let id: Int64? = row[0]
            let json =
              try id.map { try String.fetchOne(call, arguments: [$0]) }
              ?? String.fetchOne(failure, arguments: [row[1] as Int64?])
            if let json { try body(StoredRecording(json: json, isAnalysed: id != nil)) }
          }
        }
      }
    } catch {
      try checkStillness()
      throw error
    }
    try checkStillness()
  }

  private static let begun =
    "coalesce(datetime(started_at), datetime(mtime_ns / 1000000000, 'unixepoch'))"
}
