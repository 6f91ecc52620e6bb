public import ArgumentParser
import CallFollowUp
public import CallReports
import CallStore
import FoundationEssentials
import Glibc

/// `talkspurt report`.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Lists the calls worth hearing, what deserves a listener first, and figures by queue, line and agent.",
    discussion: """
      An alert weighs more than notices; docs/metadata.md tells how calls are ordered. email is plain \
      text of 72 columns, html a page that needs nothing else.

      Exit status: 0 all done; 1 could not do it; 64 wrong usage.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, html, email }

  @Option(help: ArgumentHelp("The store to read.", valueName: "file"))
  var store: String

  @OptionGroup var days: DayOptions
  @OptionGroup var customers: CustomerOptions

  @Option(help: "text, csv, html, or email.")
  var format = Format.text

  @Option(help: "For csv: list, a row for each reason to listen, or groups, the figures.")
  var table: MorningTable?

  @Option(help: "How many calls are listed; csv has all.")
  var limit = 20

  @Option(name: .shortAndLong, help: ArgumentHelp("Write this file, whole or not at all.", valueName: "file"))
  var output: String?

  func validate() throws {
    if format != .csv, table != nil { throw ValidationError("--table goes with --format csv.") }
    if limit < 1 { throw ValidationError("--limit is 1 or more.") }
  }

  func run() throws {
    try sayingWhyNot {
      let store = try CallStore(reading: store)
      let followUp = FollowUp(
        of: try customers.apply(to: store.followedCalls()), rules: customers.rules, days: days.range)
      let calls = try store.reportedCalls(days: days.range)
      let failures = try store.reportedFailures(days: days.range)
      let report = MorningReport(
        of: try customers.apply(to: calls), followUp: followUp,
        failures: customers.pseudonymKey == nil
          ? failures
          : failures.map { .init(path: "a recording", message: $0.message) })
      try writingOutput(to: output) { write in
        func page(_ width: Int, _ style: PageStyle) -> String {
          morningPage(report, title: days.title, limit: limit, width: width, style: style)
        }
        switch format {
        case .text: try write(page(terminalWidth(), .ofEnvironment))
        case .email: try write(page(72, PageStyle(unicode: true, colour: false)))
        case .html: try write(morningHTML(report, title: days.title, limit: limit))
        case .csv:
          let table = table ?? .list
          try write(table.headerLine)
          for row in table.rows(report) { try write(csvLine(row)) }
        }
      }
    }
  }
}

extension MorningTable: ExpressibleByArgument {}

extension PageStyle {
  /// What the reader's locale can show, without colour.
  static var ofEnvironment: PageStyle {
    PageStyle(environment: ProcessInfo.processInfo.environment, isTerminal: false)
  }
}

/// Which days a report is about.
struct DayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("From this day on, as in 2026-01-31, today, or yesterday.", valueName: "date"),
    transform: day)
  var since: String?

  @Option(help: ArgumentHelp("To the end of this day.", valueName: "date"), transform: day)
  var until: String?

  func validate() throws {
    if let since, let until, since > until { throw ValidationError("--since is after --until.") }
  }

  /// The days; nil where all are meant.
  var range: ClosedRange<String>? {
    since == nil && until == nil ? nil : (since ?? "0000-00-00")...(until ?? "9999-99-99")
  }

  /// What the report is about, for a person.
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
  if let back = ["today": 0, "yesterday": 1][text] {
    // The calendar goes back, not the clock: days have 23 to 25 hours.
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    parts.tm_mday -= Int32(back)
    (parts.tm_hour, parts.tm_isdst) = (12, -1)
    mktime(&parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
  }
  guard isDay(text) else {
    throw ValidationError("\(text) is no day; give one as in 2026-01-31, today, or yesterday.")
  }
  return text
}

/// What is promised to customers, and whether their numbers are shown.
struct CustomerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A call back within so long keeps the promise, as in 45m or 2h.", valueName: "time"),
    transform: span)
  var promise = FollowUpRules().promise

  @Option(
    help: ArgumentHelp(
      "Show pseudonyms for numbers, by the key in this file: at least 16 bytes, readable for you only.",
      valueName: "file"))
  var pseudonymKey: String?

  /// The rules with this promise.
  var rules: FollowUpRules {
    var rules = FollowUpRules()
    rules.promise = promise
    return rules
  }

  /// The calls as they are, or with pseudonyms.
  func apply(to calls: [FollowedCall]) throws -> [FollowedCall] {
    guard let pseudonyms = try pseudonyms() else { return calls }
    return calls.map(pseudonyms.apply)
  }

  /// The calls as they are, or with pseudonyms. Conflicts can name numbers: only their existence is reported.
  func apply(to calls: [ReportedCall]) throws -> [ReportedCall] {
    guard let pseudonyms = try pseudonyms() else { return calls }
    return calls.map { reported in
      var reported = reported
      reported.call = pseudonyms.apply(to: reported.call)
      reported.conflicts = reported.conflicts.map { _ in "Records do not agree." }
      return reported
    }
  }

  private func pseudonyms() throws -> Pseudonyms? {
    guard let path = pseudonymKey else { return nil }
    func refuse(_ why: String) -> ExitCode {
      StandardStream.complain("The key \(path) cannot be used: \(why).")
      return ExitCode(1)
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw refuse(String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw refuse("it is no plain file")
    }
    guard status.st_mode & 0o077 == 0 else { throw refuse("others can read it; chmod 600 makes it yours") }
    var key = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &key, key.count)
    guard count >= 0, let pseudonyms = Pseudonyms(key: Array(key[..<count])) else {
      throw refuse("it has less than 16 bytes; `head -c 32 /dev/urandom` makes one")
    }
    return pseudonyms
  }
}

/// Seconds from `45s`, `30m`, `2h`, `1d`.
private func span(_ text: String) throws -> Double {
  guard let match = text.wholeMatch(of: /([0-9]{1,6})([smhd])/), let number = Double(match.1), number > 0,
    let unit = ["s": 1.0, "m": 60, "h": 3600, "d": 86_400][match.2]
  else { throw ValidationError("\(text) is no time; give one as in 30m, 2h, or 1d.") }
  return number * unit
}
