public import CallFollowUp
import CallModel

/// The morning's report as tables: one row a reason to listen, or a queue, line or agent.
public enum MorningTable: String, Sendable, CaseIterable {
  /// The calls worth hearing: a row for each reason.
  case list
  /// Figures by queue, line and agent.
  case groups

  /// The names of the columns, each with its unit.
  public var header: [String] {
    switch self {
    case .list:
      [
        "place", "points", "call_id", "path", "started_at", "duration_s", "direction", "customer", "line",
        "queue", "agent", "ended_as", "reason", "is_alert", "start_s", "end_s", "message",
      ]
    case .groups:
      [
        "kind", "name", "rank", "calls", "alerts", "alert_share_low", "alert_share_high", "ended_badly",
      ]
        + ["duration", "agent_talk_share", "dead_air", "answer"].flatMap { name in
          let unit = name == "agent_talk_share" ? "" : "_s"
          return ["\(name)_count"] + ["median", "p10", "p90"].map { "\(name)_\($0)\(unit)" }
        }
    }
  }

  /// The first line of a file, with its line end.
  public var headerLine: String { csvLine(header.map(CSVField.text)) }

  /// The rows, in the order of `header`.
  public func rows(_ report: MorningReport) -> [[CSVField]] {
    switch self {
    case .list:
      report.list.enumerated().flatMap { index, entry in
        entry.reasons.map { reason in
          let call = entry.call
          return [
            .integer(index + 1), .integer(entry.points), .integer(Int(call.id)), .text(call.path),
            CSVField(call.startedAt), .number(call.duration), CSVField(call.direction),
            CSVField(call.customer), CSVField(call.line), CSVField(call.queue), CSVField(call.agent),
            .text(call.ending.rawValue), .text(reason.code), .flag(reason.isAlert), CSVField(reason.start),
            CSVField(reason.end), .text(reason.message),
          ]
        }
      }
    case .groups:
      report.groups.map { group in
        let known: [CSVField] = [
          .text(group.kind.rawValue), .text(group.name), CSVField(group.rank), .integer(group.calls),
          .integer(group.alerts), .number(group.alertShare.lowerBound.rounded(decimals: 3)),
          .number(group.alertShare.upperBound.rounded(decimals: 3)), .integer(group.bad),
        ]
        let spreads = [group.duration, group.agentShare, group.deadAir, group.answer]
        return known
          + spreads.flatMap {
            [.integer($0.count), CSVField($0.median), CSVField($0.p10), CSVField($0.p90)]
          }
      }
    }
  }
}
