import CallModel
import CallReports
import Testing

@Suite struct TablesTests {
  /// Reads CSV back by RFC 4180: an independent reading of what is written.
  func parse(_ text: String) -> [[String]] {
    var rows: [[String]] = [], row: [String] = [], field = "", quoted = false
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
      next = scalars.next()
      switch scalar {
      case "\"" where quoted && next == "\"":
        field += "\""
        next = scalars.next()
      case "\"": quoted.toggle()
      case "," where !quoted:
        row.append(field)
        field = ""
      case "\r" where !quoted && next == "\n":
        next = scalars.next()
        rows.append(row + [field])
        (row, field) = ([], "")
      default: field.unicodeScalars.append(scalar)
      }
    }
    return rows
  }

  @Test(arguments: [
    "plain", "", "a,b", "a\"b", "\"", "a\nb", "a\rb", "a\r\nb", "a\r\n\"\"", "é,通話", " blank ", "a'b", "'",
    "x=1",
  ])
  func textIsReadBackAsItWas(text: String) {
    #expect(parse(csvLine([.text(text), .text("next")])) == [[text, "next"]])
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "=\"a\",b"])
  func formulasAreDefusedInText(text: String) {
    #expect(parse(csvLine([.text(text)])) == [["'" + text]])
  }

  @Test func numbersAreNeverGuardedAndUnknownIsEmpty() {
    #expect(csvLine([.number(-21.3), .integer(-2), .flag(true), .unknown]) == "-21.3,-2,true,\r\n")
    #expect(csvLine([.number(.nan), .number(-.infinity), .number(0)]) == ",,0.0\r\n")
    #expect(csvLine([CSVField(nil as Double?), CSVField(nil as String?), CSVField(nil as Int?)]) == ",,\r\n")
  }

  @Test func columnsHaveOneNameEach() {
    #expect(Set(CallsTable.header).count == CallsTable.header.count)
    #expect(CallsTable.flags.isSubset(of: CallsTable.header))
    #expect(parse(CallsTable.headerLine) == [CallsTable.header])
    #expect(parse(EventsTable.headerLine) == [EventsTable.header])
  }

  @Test func aFailureIsARow() {
    let row = CallsTable.row(ofFailed: "a\u{FFFD}", pathBase64: "Yf8=", "not_audio", "No audio.")
    let cells = Dictionary(uniqueKeysWithValues: zip(CallsTable.header, row))
    #expect(cells["path"] == .text("a\u{FFFD}") && cells["path_b64"] == .text("Yf8="))
    #expect(cells["status"] == .text("failed") && cells["failure_code"] == .text("not_audio"))
    #expect(row.count == CallsTable.header.count && row.count { $0 != .unknown } == 5)
  }
}

@Suite struct SpreadsheetTests {
  private let header = ["path", "started_at", "duration_s", "agent_response_latency_p90_s", "agent_turns"]

  private func cells(_ line: String) -> [String] {
    line.dropLast().split(separator: ";", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func timesAreReadableBesideSeconds() {
    let sheet = Spreadsheet(header: header, decimalComma: false)
    #expect(
      sheet.headerLine == "\u{FEFF}path;started_at;started_at_local;duration_s;duration_hms;"
        + "agent_response_latency_p90_s;agent_turns\r\n")
    let row: [CSVField] = [
      .text("a;b"), .text("2026-01-31T14:05:09+01:00"), .number(3_725.5), .number(0.25), .integer(1_000),
    ]
    #expect(
      sheet.line(row)
        == "\"a;b\";2026-01-31T14:05:09+01:00;2026-01-31 14:05:09;3725.5;01:02:06;0.25;1000\r\n")
  }

  @Test func commasAreDecimalOnRequest() {
    let sheet = Spreadsheet(header: header, decimalComma: true)
    let row: [CSVField] = [.text("=1,5"), .unknown, .number(-0.5), .number(.nan), .unknown]
    #expect(sheet.line(row) == "\"'=1,5\";;;-0,5;;;\r\n")
  }

  @Test(arguments: [(0.0, "00:00:00"), (59.5, "00:01:00"), (360_000, "100:00:00")])
  func clockTimesAreRoundedAndMayPassADay(seconds: Double, text: String) {
    let line = Spreadsheet(header: ["start_s"], decimalComma: false).line([.number(seconds)])
    #expect(cells(line).last == text)
  }

  @Test func everyRowHasTheColumnsOfItsHeader() {
    let sheet = Spreadsheet(header: CallsTable.header, decimalComma: true)
    let columns = cells(sheet.headerLine).count
    #expect(columns > CallsTable.header.count)
    let row = CallsTable.row(ofFailed: "a", pathBase64: nil, "empty", "No samples.")
    #expect(cells(sheet.line(row)).count == columns)
  }
}
