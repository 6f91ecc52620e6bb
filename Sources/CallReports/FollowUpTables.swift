public import CallFollowUp
import CallModel

/// The follow-up as tables: one row a call that ended badly, a call of a customer, or an hour of a line.
public enum FollowUpTable: String, Sendable, CaseIterable {
  /// Calls that ended badly, and what came after them.
  case callbacks
  /// Calls of customers, and whether they had to call again.
  case repeats
  /// Lines by hour of the day.
  case hours

  /// The names of the columns, each with its unit.
  public var header: [String] {
    switch self {
    case .callbacks:
      Self.call + [
        "ended_as", "called_back_in_time", "called_back_after_s", "reached_after_s", "called_again_after_s",
        "not_known",
      ]
    case .repeats:
      Self.call + ["transfers", "called_again_in_24_h", "called_again_in_7_d", "not_known"]
    case .hours: ["line", "hour", "calls", "unanswered"]
    }
  }

  /// The first line of a file, with its line end.
  public var headerLine: String { csvLine(header.map(CSVField.text)) }

  /// The rows, in the order of `header`.
  public func rows(_ followUp: FollowUp) -> [[CSVField]] {
    switch self {
    case .callbacks:
      followUp.bad.map { bad in
        Self.fields(bad.call) + [
          .text(bad.call.ending.rawValue), CSVField(bad.isInTime.value), CSVField(bad.calledBackAfter.value),
          CSVField(bad.reachedAfter.value), CSVField(bad.calledAgainAfter.value),
          CSVField(bad.isInTime.reason),
        ]
      }
    case .repeats:
      followUp.inbound.map { inbound in
        Self.fields(inbound.call) + [
          .integer(inbound.transfers), CSVField(inbound.repeatedInDay.value),
          CSVField(inbound.repeatedInWeek.value),
          CSVField(inbound.repeatedInDay.reason ?? inbound.repeatedInWeek.reason),
        ]
      }
    case .hours:
      followUp.hours.map {
        [CSVField($0.line), .integer($0.hour), .integer($0.calls), .integer($0.unanswered)]
      }
    }
  }

  /// The rows as JSON lines: `talkspurt.followup/1`, `table` and the columns; what is not known is null.
  public func lines(_ followUp: FollowUp) throws -> [String] {
    try rows(followUp).map { row in
      let known = Dictionary(uniqueKeysWithValues: zip(header, row.map(JSONField.init)))
      let named: [String: JSONField] = [
        "schema": JSONField(.text("talkspurt.followup/1")), "table": JSONField(.text(rawValue)),
      ]
      return try jsonText(known.merging(named) { a, _ in a }) + "\n"
    }
  }

  private static let call = [
    "call_id", "path", "started_at", "duration_s", "direction", "customer", "line", "queue", "agent",
  ]

  private static func fields(_ call: FollowedCall) -> [CSVField] {
    [
      .integer(Int(call.id)), .text(call.path), CSVField(call.startedAt), .number(call.duration),
      CSVField(call.direction), CSVField(call.customer), CSVField(call.line), CSVField(call.queue),
      CSVField(call.agent),
    ]
  }
}

/// A field of a table in JSON.
struct JSONField: Encodable {
  let field: CSVField

  init(_ field: CSVField) { self.field = field }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch field {
    case .text(let text): try container.encode(text)
    case .number(let number): try container.encode(number)
    case .integer(let integer): try container.encode(integer)
    case .flag(let flag): try container.encode(flag)
    case .unknown: try container.encodeNil()
    }
  }
}
