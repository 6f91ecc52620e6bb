import ArgumentParser
import CallFollowUp
import CallReports
import CallStore
import FoundationEssentials

/// `talkspurt audit`.
struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares the exchange's records with the recordings.",
    discussion: """
      What is missing on one side, who hung up, how long it lasted, which recordings have one side only; and what \
      a line or an agent has again and again. Records are those of the last ingest: see docs/metadata.md.

      Exit status: 0 all done; 1 could not do it; 64 wrong usage.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

  @Option(help: ArgumentHelp("The store to read.", valueName: "file"))
  var store: String

  @OptionGroup var days: DayOptions

  @Option(help: "text, json, or csv, a row for each thing that is wrong.")
  var format = Format.text

  @Option(help: "How many calls of each kind text lists; json and csv have all.")
  var limit = 20

  @Option(name: .shortAndLong, help: ArgumentHelp("Write this file, whole or not at all.", valueName: "file"))
  var output: String?

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit is 1 or more.") }
  }

  func run() throws {
    StandardStream.ignoreBrokenPipe()
    try sayingWhyNot {
      let audit = try CallStore(reading: store).audit(days.period)
      try writingOutput(to: output) { write in
        switch format {
        case .text:
          try write(
            auditPage(audit, title: days.title, limit: limit, width: terminalWidth(), style: .ofEnvironment))
        case .json: try write(audit.json())
        case .csv:
          try write(CallAudit.headerLine)
          for row in audit.rows { try write(csvLine(row)) }
        }
      }
    }
  }
}
