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
      let calls = try CallStore(reading: store)
      var report = try calls.morningReport(
        days.period, rules: customers.rules, customers.shown())
      let notes = report.notes
      if customers.pseudonymKey != nil {
        report.failures = report.failures.map { .init(path: "a recording", message: $0.message) }
      }
      try writingOutput(to: output) { write in
        switch format {
        case .text:
          try write(
            morningPage(
              report, title: days.title, limit: limit, notes: notes, width: terminalWidth(),
              style: .ofEnvironment))
        case .email: try write(morningEmail(report, title: days.title, limit: limit, notes: notes))
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
