import ArgumentParser
import CallModel
import CallRecords
import Glibc

/// Which calls a command is about: those that began on some days, on the clock of the place where they were, or
/// between two moments.
struct DayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Calls that began on this day or later: 2026-01-31, today, yesterday, monday (the last one), or 7d, so many days ago; or at this time or later, with its zone: 2026-01-31T18:00+01:00.",
      valueName: "day"),
    transform: bound)
  var since: CallPeriod.Bound?

  @Option(
    help: ArgumentHelp("To the end of this day; or before this time.", valueName: "day"), transform: bound)
  var until: CallPeriod.Bound?

  func validate() throws {
    switch (since, until) {
    case (.day(let since)?, .day(let until)?) where since > until:
      throw ValidationError("--since is after --until.")
    case (.moment(let since)?, .moment(let until)?) where since >= until:
      throw ValidationError("--since is not before --until.")
    default: break
    }
  }

  /// The calls that are meant.
  var period: CallPeriod { CallPeriod(since: since, until: until) }

  /// What is told of, for a person.
  var title: String {
    switch (since, until) {
    case (nil, nil): "All calls"
    case (let since?, nil): "Calls since \(since.text)"
    case (nil, let until?): "Calls until \(until.text)"
    case (let since?, let until?):
      since == until ? "Calls of \(since.text)" : "Calls from \(since.text) to \(until.text)"
    }
  }
}

extension CallPeriod.Bound {
  /// For a person.
  fileprivate var text: String {
    switch self {
    case .day(let day): day
    case .moment(let moment): isoText(Double(moment)).replacing("T", with: " ").replacing("Z", with: " UTC")
    }
  }
}

/// A bound from a day, a word for one, or a time with its zone.
private func bound(_ text: String) throws -> CallPeriod.Bound {
  let weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
  if let number = weekdays.firstIndex(of: text) {
    // The last one that is over or today.
    return .day(day(back: (Int(localTime().tm_wday) - number + 7) % 7))
  }
  if let back = ["today": 0, "yesterday": 1][text] { return .day(day(back: back)) }
  if let days = text.wholeMatch(of: /([0-9]{1,5})d/).flatMap({ Int($0.1) }) { return .day(day(back: days)) }
  if isDay(text) { return .day(text) }
  // Plain numbers and mail's dates are times in records, not here.
  switch text.hasPrefix("2") && text.contains("-") ? CallTime(text) : nil {
  case .exact(let moment)?: return .moment(Int(moment.rounded(.down)))
  case .local?:
    throw ValidationError("\(text) has no zone; give one as in 2026-01-31T18:00+01:00 or 2026-01-31T17:00Z.")
  case nil:
    throw ValidationError(
      "\(text) is no day; give one as in 2026-01-31, today, yesterday, monday, or 7d, or a time as in"
        + " 2026-01-31T18:00+01:00.")
  }
}
/// The day that was so many days ago. The calendar goes back, not the clock: days have 23 to 25 hours.
private func day(back days: Int) -> String {
  var parts = localTime()
  parts.tm_mday -= Int32(days)
  (parts.tm_hour, parts.tm_isdst) = (12, -1)
  mktime(&parts)
  func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
}

private func localTime() -> tm {
  var now = time(nil)
  var parts = tm()
  localtime_r(&now, &parts)
  return parts
}

/// Whether `text` is a day of the calendar as in `2026-01-31`.
private func isDay(_ text: String) -> Bool {
  guard let match = text.wholeMatch(of: /(\d{4})-(\d\d)-(\d\d)/),
    let year = Int(match.1), let month = Int(match.2), let day = Int(match.3), 1...12 ~= month
  else { return false }
  let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  return 1...[31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ~= day
}
