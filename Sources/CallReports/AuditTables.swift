public import CallFollowUp
import CallModel

/// An audit for programs.
extension CallAudit {
  /// The names of the columns of a table with one row for each thing that is wrong.
  public static let headerLine = csvLine(header.map(CSVField.text))

  private static let header = ["kind", "started_at", "call", "path", "call_id", "line", "agent", "message"]

  /// The rows.
  public var rows: [[CSVField]] {
    entries.map { entry in
      [
        .text(entry.kind.rawValue), CSVField(entry.startedAt), CSVField(entry.call.map(Int.init)),
        CSVField(entry.path), CSVField(entry.callID), CSVField(entry.line), CSVField(entry.agent),
        .text(entry.message),
      ]
    }
  }

  /// All of it as one JSON object, `talkspurt.audit/1`; what is not known is null.
  public func json() throws -> String {
    let entries = rows.map { row in
      Dictionary(uniqueKeysWithValues: zip(Self.header, row.map(JSONField.init)))
    }
    let repeats = repeats.map { entry in
      AuditJSON.Repeat(
        kind: entry.kind, by: entry.by, name: entry.name, affected: entry.affected, calls: entry.calls,
        message: entry.sentence)
    }
    let counts = Dictionary(uniqueKeysWithValues: counts.map { ($0.kind.rawValue, $0.calls) })
    return try jsonText(
      AuditJSON(
        recordings: recordings, withRecord: withRecord,
        counts: Dictionary(
          uniqueKeysWithValues: Kind.allCases.map { ($0.rawValue, counts[$0.rawValue] ?? 0) }),
        repeats: repeats, list: entries)) + "\n"
  }
}

/// The form of an audit in JSON.
private struct AuditJSON: Encodable {
  struct Repeat: Encodable {
    let kind: CallAudit.Kind
    let by: MorningReport.Kind
    let name: String
    let affected, calls: Int
    let message: String
  }

  let schema = "talkspurt.audit/1"
  let recordings, withRecord: Int
  let counts: [String: Int]
  let repeats: [Repeat]
  let list: [[String: JSONField]]

  enum CodingKeys: String, CodingKey {
    case schema, recordings, counts, repeats, list
    case withRecord = "with_record"
  }
}
