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

  @Test func everyRowHasTheColumnsOfTheHeader() {
    let rows = [.analysed(Sample.badCall), .analysed(Sample.mono), .failed(Sample.failure)].map(
      CallsTable.row)
    for row in rows { #expect(row.count == CallsTable.header.count) }
    #expect(Set(CallsTable.header).count == CallsTable.header.count)
    #expect(parse(CallsTable.headerLine) == [CallsTable.header])
    #expect(EventsTable.rows(.analysed(Sample.badCall)).allSatisfy { $0.count == EventsTable.header.count })
  }

  func cells(_ outcome: CallOutcome) -> [String: CSVField] {
    Dictionary(uniqueKeysWithValues: zip(CallsTable.header, CallsTable.row(outcome)))
  }

  @Test func theCallsTableHoldsTheSummary() {
    let call = Sample.badCall
    let row = cells(.analysed(call))
    #expect(row["path"] == .text("calls/2026-03-04/8123.wav"))
    #expect(row["duration_s"] == .number(245.38))
    #expect(row["agent_talk_share"] == CSVField(call.parties.agent.talkShare))
    #expect(row["customer_talk_share"] == CSVField(call.parties.customer.talkShare))
    #expect(row["agent_noise_dbov"] == .unknown)
    #expect(row["agent_pitch_median_hz"] == .number(118))
    #expect(row["customer_leakage_db"] == .number(-24.4))
    #expect(row["mixed_talk_s"] == .unknown)
    #expect(row["dead_air_count_from_15_s"] == .integer(1))
    #expect(row["dead_air_count_from_30_s"] == .integer(0))
    #expect(row["ending_kind"] == .text("cut_off"))
    #expect(row["ending_abrupt"] == .flag(true))
    #expect(row["findings"] == .text("dead_air customer_cut_off"))
    #expect(row["failure_code"] == .unknown)
  }

  @Test func floorTransfersAreOneDistribution() {
    var call = Sample.badCall
    call.conversation.floorTransfer = Distribution(of: [-0.4, 0.2, 0.6], decimals: 3)
    let row = cells(.analysed(call))
    #expect(row["floor_transfer_count"] == .integer(3))
    #expect(row["floor_transfer_median_s"] == .number(0.2))
    #expect(row["floor_transfer_p10_s"] == .number(-0.28))
    #expect(row["floor_transfer_p90_s"] == .number(0.52))
    #expect(cells(.analysed(Sample.mono))["floor_transfer_count"] == .unknown)
  }

  @Test func oneChannelLeavesThePartiesEmpty() {
    let row = cells(.analysed(Sample.mono))
    for (name, value) in row where name.hasPrefix("agent_") || name.hasPrefix("customer_") {
      #expect(value == .unknown, "\(name)")
    }
    #expect(row["mixed_talk_s"] == .number(52.55))
  }

  @Test func aFailureIsARow() {
    let row = cells(.failed(Sample.failure))
    #expect(row["path"] == .text("calls/note.wav"))
    #expect(row["status"] == .text("failed"))
    #expect(row["failure_code"] == .text("not_audio"))
    #expect(row.values.count { $0 != .unknown } == 4)
    #expect(EventsTable.rows(.failed(Sample.failure)).isEmpty)
  }

  @Test func theEventsTableHoldsTheEvents() {
    let rows = EventsTable.rows(.analysed(Sample.badCall)).map { csvLine($0) }
    #expect(rows.count == 7)
    #expect(
      rows[1]
        == "calls/2026-03-04/8123.wav,interruption,customer,successful,,,,36.9,48.3,0.9,\r\n")
    #expect(rows[3] == "calls/2026-03-04/8123.wav,hold,,,,music,agent,70.0,120.0,,\r\n")
  }

  @Test func pathsThatAreNotUTF8KeepTheirBytes() {
    let path = RecordingPath(bytes: Array("a".utf8) + [0xFF])
    let failure = CallFailure(path: path, code: .empty, message: "No samples.")
    #expect(cells(.failed(failure))["path_b64"] == .text("Yf8="))
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
    for outcome in [CallOutcome.analysed(Sample.badCall), .failed(Sample.failure)] {
      #expect(cells(sheet.line(CallsTable.row(outcome).map(plain))).count == columns)
    }
  }

  /// Without texts, in which the separator may stand.
  private func plain(_ field: CSVField) -> CSVField {
    if case .text = field { .text("2026-01-31T14:05:09Z") } else { field }
  }
}
