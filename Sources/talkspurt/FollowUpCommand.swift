public import ArgumentParser
import CallFollowUp
public import CallReports
import CallStore
import FoundationEssentials

/// `talkspurt followup`.
struct FollowUpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "followup",
    abstract: "Tells whether customers whose calls ended badly were called back, and who had to call again.",
    discussion: """
      Names and records tell who called whom: see [[sources]] in docs/metadata.md. What lies so near \
      to the end of the data that it cannot be known yet is empty, with the reason.

      Exit status: 0 all done; 1 could not do it; 64 wrong usage.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, ndjson }

  @Option(help: ArgumentHelp("The store to read.", valueName: "file"))
  var store: String

  @OptionGroup var days: DayOptions
  @OptionGroup var customers: CustomerOptions

  @Option(help: "text, csv, or ndjson.")
  var format = Format.text

  @Option(
    help: "For csv and ndjson: callbacks, repeats, hours; without it, csv has callbacks and ndjson all.")
  var table: FollowUpTable?

  @Option(name: .shortAndLong, help: ArgumentHelp("Write this file, whole or not at all.", valueName: "file"))
  var output: String?

  func validate() throws {
    if format == .text, table != nil { throw ValidationError("--table goes with --format csv or ndjson.") }
  }

  func run() throws {
    try sayingWhyNot {
      let followUp = try CallStore(reading: store).followUp(
        days.period, rules: customers.rules, customers.shown())
      try writingOutput(to: output) { write in
        switch format {
        case .text: try write(followUpPage(followUp, width: terminalWidth(), style: .ofEnvironment))
        case .csv:
          let table = table ?? .callbacks
          try write(table.headerLine)
          for row in table.rows(followUp) { try write(csvLine(row)) }
        case .ndjson:
          for table in table.map({ [$0] }) ?? FollowUpTable.allCases {
            for line in try table.lines(followUp) { try write(line) }
          }
        }
      }
    }
  }
}

extension FollowUpTable: ExpressibleByArgument {}
