import Foundation

/// A moment in a call's record: seconds since 1970, or a local time.
public enum CallTime: Sendable, Hashable, Codable {
  /// Seconds since 1970.
  case exact(Double)
  /// A local time without its zone, in seconds since 1970 as if it were UTC.
  case local(Int)

  /// Reads ISO 8601 with or without a zone, with a blank or `T` between, an RFC 2822 date as mail has it, or
  /// seconds or milliseconds since 1970. Nil where `text` is none of these, or no day of the calendar.
  public init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    if let plain = Self.plain(text) {
      self = plain
      return
    }
    if let number = Double(text), number >= 100_000_000, number < 100_000_000_000_000 {
      self = .exact(number >= 100_000_000_000 ? number / 1000 : number)
      return
    }
    if let match = text.wholeMatch(
      of: /(\d{4}-\d\d-\d\d)[T ](\d\d:?\d\d(?::?\d\d)?)(\.\d{1,9})?\s*(Z|[+-]\d\d:?\d\d)?/)
    {
      guard let local = Self.local(date: String(match.1), time: String(match.2)) else { return nil }
      let fraction = match.3.flatMap { Double("0\($0)") } ?? 0
      guard let zone = match.4 else {
        self = .local(local)
        return
      }
      self = .exact(Double(local - Self.offset(zone)) + fraction)
      return
    }
    if let match = text.wholeMatch(
      of: /(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) ([+-]\d{4}|GMT|UTC)/),
      let month = Self.months.firstIndex(of: String(match.2))
    {
      let day = match.1.count == 1 ? "0\(match.1)" : "\(match.1)"
      let date = "\(match.3)\(month < 9 ? "0" : "")\(month + 1)\(day)"
      guard let local = Self.local(date: date, time: String(match.4)) else { return nil }
      self = .exact(Double(local - Self.offset(match.5)))
      return
    }
    return nil
  }

  /// The form that most records have, as in 2026-01-31 09:30:00, and with +01:00 or Z behind it; read by hand, since a file
  /// has millions of them.
  private static func plain(_ text: String) -> CallTime? {
    let bytes = Array(text.utf8)
    guard [19, 20, 25].contains(bytes.count) else { return nil }
    func number(_ places: Range<Int>) -> Int? {
      bytes[places].reduce(0) { number, byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? number.map { 10 * $0 + Int(byte) - 48 } : nil
      }
    }
    func has(_ mark: Unicode.Scalar, at place: Int) -> Bool { bytes[place] == UInt8(ascii: mark) }
    guard has("-", at: 4), has("-", at: 7), has(":", at: 13), has(":", at: 16),
      has(" ", at: 10) || has("T", at: 10),
      let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      let local = local((year, month, day), (hour, minute, second))
    else { return nil }
    if bytes.count == 19 { return .local(local) }
    if bytes.count == 20 { return has("Z", at: 19) ? .exact(Double(local)) : nil }
    guard has("+", at: 19) || has("-", at: 19), has(":", at: 22), let hours = number(20..<22),
      let minutes = number(23..<25)
    else { return nil }
    return .exact(Double(local - (has("-", at: 19) ? -1 : 1) * (hours * 3600 + minutes * 60)))
  }

  /// A local time: a date of eight digits and a time of four or six, with any characters between them. Nil
  /// where that is no day or time.
  static func local(date: String, time: String) -> Int? {
    let date = date.filter(\.isASCIIDigit), time = time.filter(\.isASCIIDigit)
    guard date.count == 8, [4, 6].contains(time.count), let day = Int(date), let clock = Int(time) else {
      return nil
    }
    let seconds = time.count == 6 ? clock : clock * 100
    return local(
      (day / 10_000, day / 100 % 100, day % 100), (seconds / 10_000, seconds / 100 % 100, seconds % 100))
  }

  private static func local(
    _ date: (year: Int, month: Int, day: Int), _ time: (hour: Int, minute: Int, second: Int)
  ) -> Int? {
    guard time.hour < 24, time.minute < 60, time.second < 60 else { return nil }
    return days(year: date.year, month: date.month, day: date.day).map {
      $0 * 86_400 + time.hour * 3600 + time.minute * 60 + time.second
    }
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `+01:00` in seconds.
  private static func offset(_ zone: Substring) -> Int {
    let digits = zone.filter(\.isASCIIDigit)
    guard digits.count == 4, let number = Int(digits) else { return 0 }
    return (zone.first == "-" ? -1 : 1) * (number / 100 * 3600 + number % 100 * 60)
  }

  /// Days since 1970 of a day of the Gregorian calendar; nil where there is no such day.
  private static func days(year: Int, month: Int, day: Int) -> Int? {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard year > 0, (1...12).contains(month), (1...lengths[month - 1]).contains(day) else { return nil }
    let past = year - 1
    // 719162 days lie between the first day of year 1 and 1970.
    return past * 365 + past / 4 - past / 100 + past / 400 + lengths[..<(month - 1)].reduce(0, +) + day - 1
      - 719_162
  }
}

/// The local time of a zone, with its changes to and from summer time.
public struct WallClock: Sendable, Hashable {
  private let zone: TimeZone

  /// The name of the zone.
  public var name: String { zone.identifier }

  /// The clock of a zone by its name in the tz database, as in `Europe/Berlin`; nil where there is none.
  public init?(_ identifier: String) {
    guard let zone = TimeZone(identifier: identifier) else { return nil }
    self.zone = zone
  }

  /// When the clock showed `local` (as if it were UTC, in seconds since 1970): once, twice in the night in which
  /// it is set back, never in the hour that is left out when it is set forward. Earlier first.
  public func moments(showing local: Int) -> [Double] {
    let offsets = Set([-86_400, 86_400].map { offset(at: Double(local + $0)) })
    return offsets.map { Double(local - $0) }.filter { offset(at: $0) == local - Int($0) }.sorted()
  }

  /// `moment` in ISO 8601 to the second with the clock's distance from UTC.
  public func text(_ moment: Double) -> String { isoText(moment, offset: offset(at: moment)) }

  private func offset(at moment: Double) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: moment))
  }
}

/// A moment in ISO 8601, to the second, `offset` seconds east of UTC; `Z` at 0.
public func isoText(_ moment: Double, offset: Int = 0) -> String {
  let style = Date.ISO8601FormatStyle(timeZone: TimeZone(secondsFromGMT: offset) ?? .gmt)
    .year().month().day().dateSeparator(.dash).time(includingFractionalSeconds: false)
    .timeSeparator(.colon).timeZone(separator: .colon)
  return Date(timeIntervalSince1970: moment.rounded(.down)).formatted(style)
}

extension Character {
  /// Whether the byte is an ASCII digit.
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
