import ArgumentParser
import CallModel
import Glibc

/// Which days a command is about: those on which calls began, on the clock of the place where they were.
struct DayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "From this day on: 2026-01-31, today, yesterday, monday (the last one), or 7d, so many days ago.",
      valueName: "day"),
    transform: day)
  var since: String?

  @Option(help: ArgumentHelp("To the end of this day.", valueName: "day"), transform: day)
  var until: String?

  func validate() throws {
    if let since, let until, since > until { throw ValidationError("--since is after --until.") }
  }

  /// The days; nil where all are meant.
  var range: ClosedRange<String>? {
    since == nil && until == nil ? nil : (since ?? "0000-00-00")...(until ?? "9999-99-99")
  }

  /// What is told of, for a person.
  var title: String {
    switch (since, until) {
    case (nil, nil): "All calls"
    case (let since?, nil): "Calls since \(since)"
    case (nil, let until?): "Calls until \(until)"
    case (let since?, let until?): since == until ? "Calls of \(since)" : "Calls from \(since) to \(until)"
    }
  }
}

/// A day as `2026-01-31`, from a word or as it is.
private func day(_ text: String) throws -> String {
  let weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
  if let number = weekdays.firstIndex(of: text) {
    // The last one that is over or today.
    return day(back: (Int(localTime().tm_wday) - number + 7) % 7)
  }
  if let back = ["today": 0, "yesterday": 1][text] { return day(back: back) }
  if let days = text.wholeMatch(of: /([0-9]{1,5})d/).flatMap({ Int($0.1) }) { return day(back: days) }
  guard isDay(text) else {
    throw ValidationError(
      "\(text) is no day; give one as in 2026-01-31, today, yesterday, monday, or 7d.")
  }
  return text
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
