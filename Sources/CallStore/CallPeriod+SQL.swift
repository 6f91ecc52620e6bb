import CallModel
import GRDB

extension CallPeriod {
  /// The condition that rows with a day and a moment are of this period; its arguments are ``arguments``.
  func condition(day: String = "day", moment: String = "began") -> String {
    let parts: [String?] = [
      since.map { $0.isDay ? "\(day) >= :since" : "\(moment) >= :since" },
      until.map { $0.isDay ? "\(day) <= :until" : "\(moment) < :until" },
    ]
    return parts.contains { $0 != nil } ? parts.compactMap(\.self).joined(separator: " AND ") : "true"
  }

  /// The arguments of ``condition(day:moment:)``.
  var arguments: StatementArguments {
    let bounds = ["since": since?.value, "until": until?.value]
    return StatementArguments(bounds.compactMapValues(\.self))
  }
}

extension CallPeriod.Bound {
  fileprivate var isDay: Bool {
    if case .day = self { true } else { false }
  }

  fileprivate var value: any DatabaseValueConvertible {
    switch self {
    case .day(let day): day
    case .moment(let moment): moment
    }
  }
}
