public import CallModel
import CallReports
import FoundationEssentials
import GRDB

/// Which recordings are selected; by default all.
public struct Selection: Sendable, Hashable {
  /// When the calls began.
  public var period = CallPeriod()
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
  /// is not included.
  /// - Complexity: memory grows with the paths, not with the summaries.
  public func forEachRecording(in selection: Selection, _ body: (StoredRecording) throws -> Void) throws {
    try forEachNumber(in: selection) { db, number in
      switch number {
      case .call(let id):
        let call = try db.cachedStatement(sql: "SELECT summary_json FROM calls_as_json WHERE call_id = ?")
        guard let json = try String.fetchOne(call, arguments: [id]) else { return }
        try body(StoredRecording(json: json, isAnalysed: true))
      case .failure(let id):
        let failure = try db.cachedStatement(sql: Self.failedFile)
        guard let row = try Row.fetchOne(failure, arguments: [id]) else { return }
        try body(StoredRecording(json: try Self.failureJSON(row), isAnalysed: false))
      }
    }
  }

  /// What is told of a failure, by the number of its file.
  static let failedFile =
    "SELECT path, path_b64, code, message FROM failures JOIN files ON id = file_id WHERE id = ?"

  /// A row of `recordings`.
  enum RecordingNumber {
    case call(Int64)
    /// The number of its file.
    case failure(Int64)
  }

  /// Passes the number of each recording of the selection, by path, to `body`, from a snapshot.
  func forEachNumber(
    in selection: Selection, _ body: (Database, RecordingNumber) throws -> Void
  ) throws {
    var conditions = [selection.period.condition()]
    if selection.pathGlob != nil { conditions.append("path GLOB :glob") }
    if selection.finding != nil {
      conditions.append("call_id IN (SELECT call_id FROM findings WHERE code = :finding)")
    }
    let query = """
      SELECT call_id, file_id FROM recordings WHERE \(conditions.joined(separator: " AND "))
      ORDER BY path, path_b64, call_id
      """
    let given = ["glob": selection.pathGlob, "finding": selection.finding?.rawValue]
    let arguments = selection.period.arguments + StatementArguments(given.compactMapValues(\.self))
    do {
      try StoreError.translating(at: path) {
        try database.read { db in
          let rows = try Row.fetchCursor(db, sql: query, arguments: arguments)
          while let row = try rows.next() {
            try body(db, (row[0] as Int64?).map(RecordingNumber.call) ?? .failure(row[1]))
          }
        }
      }
    } catch {
      try checkStillness()
      throw error
    }
    try checkStillness()
  }

  static func failureJSON(_ row: Row) throws -> String {
    let failure = CallFailure(
      path: RecordingPath(text: row[0], base64: row[1]),
      code: CallFailure.Code(rawValue: row[2]) ?? .crashed, message: row[3])
    return String(decoding: try jsonLine(.failed(failure)).dropLast(), as: UTF8.self)
  }
}
