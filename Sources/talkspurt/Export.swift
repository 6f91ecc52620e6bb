public import ArgumentParser
public import CallModel
import CallReports
import CallStore
import FoundationEssentials
import Glibc

/// `talkspurt export`.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the calls of a store as CSV, as JSON lines, or as a table for a person.",
    discussion: """
      Sorted by path; the table begins with what deserves a listener. JSON lines of calls are the \
      summaries as they were stored (talkspurt.call/1), with a failure (talkspurt.failure/1) for \
      each recording that could not be analysed. Days are those on which the call began, on the clock of \
      the place; where no source tells, those on which its file was last written to, on the clock of this \
      machine (TZ). A time with its zone is the same moment everywhere.

      Exit status: 0 all done; 1 could not do it; 64 wrong usage.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case csv, ndjson, table }
  enum Table: String, ExpressibleByArgument, CaseIterable { case calls, events, prompts }

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp("The store to read.", valueName: "file"))
  var store: String

  @Option(help: "csv, ndjson, or table.")
  var format: Format

  @Option(help: "One row a recording, an event, or a recorded prompt.")
  var table = Table.calls

  @OptionGroup var days: DayOptions

  @Option(help: ArgumentHelp("Paths like this; * stands for any text, / included.", valueName: "glob"))
  var path: String?

  @Option(help: ArgumentHelp("Calls with this finding, as in dead_air.", valueName: "code"))
  var finding: Finding.Code?

  @Option(name: .shortAndLong, help: ArgumentHelp("Write this file, whole or not at all.", valueName: "file"))
  var output: String?

  @Flag(help: "CSV for spreadsheets: byte order mark, fields parted by ;, times as hh:mm:ss beside seconds.")
  var excel = false

  @Flag(help: "With --excel, numbers with a decimal comma.")
  var decimalComma = false

  func validate() throws {
    if format == .table, table != .calls {
      throw ValidationError("--format table shows calls; \(table.rawValue) are had as csv or ndjson.")
    }
    if excel, format != .csv { throw ValidationError("--excel goes with --format csv.") }
    if decimalComma, !excel { throw ValidationError("--decimal-comma goes with --excel.") }
    if table == .prompts, !days.period.isOpen || path != nil || finding != nil {
      throw ValidationError("--table prompts has all prompts of the store; filters are for calls and events.")
    }
  }

  private var selection: Selection {
    var selection = Selection()
    selection.period = days.period
    selection.pathGlob = path
    selection.finding = finding
    return selection
  }

  private var header: [String] {
    switch table {
    case .calls: CallsTable.header
    case .events: EventsTable.header
    case .prompts: PromptsTable.header
    }
  }

  func run() throws {
    let spreadsheet = excel ? Spreadsheet(header: header, decimalComma: decimalComma) : nil
    func csv(_ row: [CSVField]) -> String { spreadsheet?.line(row) ?? csvLine(row) }
    let csvHeader = spreadsheet?.headerLine ?? csvLine(header.map(CSVField.text))
    try sayingWhyNot {
      let calls = try CallStore(reading: store)
      try writingOutput(to: output) { write in
        switch (format, table) {
        case (.ndjson, .calls):
          try calls.forEachRecording(in: selection) { try write(jsonEscaped($0.json) + "\n") }
        case (.ndjson, .events):
          try calls.forEachRecording(in: selection) { recording in
            guard case .analysed(let call) = try recording.outcome() else { return }
            for event in call.events {
              try write(jsonText(EventLine(recording: call.recording, event: event)) + "\n")
            }
          }
        case (.csv, .calls):
          try write(csvHeader)
          try calls.forEachCallRow(in: selection) { try write(csv($0)) }
        case (.csv, .events):
          try write(csvHeader)
          try calls.forEachEventRow(in: selection) { try write(csv($0)) }
        case (.ndjson, .prompts):
          for prompt in try calls.prompts() {
            try write(jsonText(prompt) + "\n")
          }
        case (.csv, .prompts):
          try write(csvHeader)
          for prompt in try calls.prompts() { try write(csv(PromptsTable.row(prompt))) }
        case (.table, _):
          var night = NightTable(style: .ofEnvironment, width: terminalWidth())
          try calls.forEachRecording(in: selection) { night.add(try $0.outcome()) }
          try write(night.text)
        }
      }
    }
  }
}

/// One event with the recording it happened in.
private struct EventLine: Encodable {
  let recording: Recording
  let event: CallEvent

  enum CodingKeys: String, CodingKey {
    case path
    case pathBase64 = "path_b64"
  }

  func encode(to encoder: any Encoder) throws {
    try event.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(recording.path, forKey: .path)
    try container.encode(recording.pathBase64, forKey: .pathBase64)
  }
}

/// The columns of the terminal on standard output, at most 120; 100 where there is none.
func terminalWidth() -> Int {
  var size = winsize()
  guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
  return min(120, Int(size.ws_col))
}

extension Finding.Code: ExpressibleByArgument {}
