import CallFollowUp
import CallModel
import FoundationEssentials
import TestSupport
import Testing

@testable import CallReports

/// Every output with every attack in every place where text from outside can stand. What an attack must not change is
/// the structure of the output: it is held against that of the output with a plain name.
@Suite struct HostileTextTests {
  private static let style = PageStyle(unicode: true, colour: false)

  // MARK: What carries the text

  private static func call(_ text: String) -> CallSummary {
    var call = Sample.stereo(duration: 245.38, path: "calls/\(text).wav")
    call.recording.container = text
    call.recording.encoding = text
    call.recording.startedAt = text
    for index in call.findings.indices { call.findings[index].message = text }
    call.ending.evidence = [text, text]
    call.notMeasured = [NotMeasured(field: text, reason: text)]
    return call
  }

  private static func failure(_ text: String) -> CallFailure {
    CallFailure(path: RecordingPath(text), code: .malformed, message: text)
  }

  private static func report(_ text: String) -> MorningReport {
    let calls = [Ending.Kind.voicemail, .natural].enumerated().map { index, ending in
      FollowedCall(
        id: Int64(index), path: text, startedAt: text, start: Double(index) * 9000, duration: 60,
        direction: "inbound", customer: text, line: text, queue: text, agent: text, callID: nil,
        sha256: "\(index)", ending: ending)
    }
    return MorningReport(
      of: calls.map {
        ReportedCall(
          call: $0, findings: call(text).findings, conflicts: [text], agentShare: 0.5, deadAir: 1,
          answeredAt: 1)
      }, followUp: FollowUp(of: calls), failures: [.init(path: text, message: text)])
  }

  private static func audit(_ text: String) -> CallAudit {
    var recording = AuditedCall(
      FollowedCall(
        id: 1, path: text, startedAt: "2026-01-31T09:00:00Z", start: 0, duration: 9, direction: "inbound",
        customer: text, line: text, queue: text, agent: text, callID: text, sha256: "1", ending: .natural))
    recording.conflicts = [.init(.endedBy, text), .init(.channels, text)]
    recording.expectsRecord = true
    let missing = ["a", "b", "c"].map {
      UnrecordedCall(callID: $0 + text, startedAt: "2026-01-31T09:00:00Z", start: 0, line: text, agent: text)
    }
    return CallAudit(of: { $0(recording) }, unrecorded: missing)
  }

  private static func prompts(_ text: String) -> [RecordedPrompt] {
    [
      RecordedPrompt(
        id: 1, length: 3, calls: 2, kind: .ivr, label: text, path: text, pathBase64: nil, start: 2)
    ]
  }

  private static func html(_ text: String) -> String { morningHTML(report(text), title: text, limit: 9) }

  private static func email(_ text: String) -> String {
    morningEmail(report(text), title: text, limit: 9, notes: [text])
  }

  private static func night(_ text: String) -> String {
    var table = NightTable(style: style, width: 100)
    table.add(.analysed(call(text)))
    table.add(.failed(failure(text)))
    return table.text
  }

  /// Pages that a terminal shows.
  private static func pages(_ text: String) -> [String] {
    [
      inspectPage(call(text), style: style), night(text), email(text),
      morningPage(
        report(text), title: text, limit: 9, notes: [text], width: 80, style: style),
      followUpPage(report(text).followUp, width: 80, style: style),
      auditPage(audit(text), title: text, limit: 9, style: style), PromptsTable.page(prompts(text)),
      failureSentence(failure(text), style: style), MessageLine.escape(text),
    ]
  }

  /// Formats of lines.
  private static func formats(_ text: String) -> [String] {
    [rttm(call(text)), audacityLabels(call(text)), textGrid(call(text)), webVTT(call(text))]
  }

  private static func tables(_ text: String, _ line: ([CSVField]) -> String) -> [String] {
    let followUp = report(text).followUp
    return [
      // The store writes calls and events from its columns, each as such a field.
      line([.text(text), .number(1), .text(text)]),
      line(CallsTable.row(ofFailed: text, pathBase64: text, text, text)),
      prompts(text).map { line(PromptsTable.row($0)) }.joined(),
      FollowUpTable.allCases.flatMap { $0.rows(followUp) }.map(line).joined(),
      audit(text).rows.map(line).joined(),
      MorningTable.allCases.flatMap { $0.rows(report(text)) }.map(line).joined(),
    ]
  }

  private static func json(_ text: String) throws -> [String] {
    try [
      String(decoding: jsonLine(.analysed(call(text))), as: UTF8.self),
      String(decoding: jsonLine(.failed(failure(text))), as: UTF8.self), audit(text).json(),
      callAnalytics(call(text)),
      jsonText(prompts(text)[0]),
    ] + FollowUpTable.allCases.flatMap { try $0.lines(report(text).followUp) }
  }

  // MARK: What must hold

  /// Scalars that a terminal obeys or that hide what follows.
  private func obeyed(_ text: String, but allowed: Set<Unicode.Scalar>) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { scalar in
      let isInvisible = [.control, .format, .lineSeparator, .paragraphSeparator].contains(
        scalar.properties.generalCategory)
      return isInvisible && !allowed.contains(scalar)
    }
  }

  /// How often each byte of markup occurs.
  private func structure(_ text: String, _ bytes: String) -> [Int] {
    bytes.utf8.map { byte in text.utf8.count { $0 == byte } }
  }

  @Test func thereAreAttacks() { #expect(Attack.all.count > 60) }

  @Test(arguments: Attack.all) func noOutputDrivesATerminal(attack: Attack) throws {
    for page in Self.pages(attack.text) + Self.formats(attack.text) + [Self.html(attack.text)] {
      #expect(obeyed(page, but: ["\n", "\t"]).isEmpty)
    }
    for text in try Self.json(attack.text) { #expect(obeyed(text, but: ["\n"]).isEmpty) }
    for table in Self.tables(attack.text, { csvLine($0) }) {
      #expect(obeyed(table, but: ["\n", "\r", "\t"]).isEmpty)
    }
  }

  @Test(arguments: Attack.all) func noElementOfHTMLIsAdded(attack: Attack) {
    #expect(structure(Self.html(attack.text), "<>\"'") == structure(Self.html("x"), "<>\"'"))
  }

  @Test(arguments: Attack.all) func noLineOfAFormatIsAdded(attack: Attack) {
    let hostile = Self.formats(attack.text), plain = Self.formats("x")
    for (hostile, plain) in zip(hostile, plain) {
      #expect(structure(hostile, "\n\t") == structure(plain, "\n\t"))
    }
    #expect(structure(hostile[0], " ") == structure(plain[0], " "))
    for line in hostile[2].split(separator: "\n") {
      #expect(line.utf8.count { $0 == UInt8(ascii: "\"") } % 2 == 0)
    }
    #expect(structure(hostile[3], "<>") == structure(plain[3], "<>"))
    #expect(structure(Self.night(attack.text), "\n") == structure(Self.night("x"), "\n"))
  }

  @Test(arguments: Attack.all) func noLineOfAMessageIsACommand(attack: Attack) {
    for line in Self.email(attack.text).split(separator: "\n") {
      #expect(!line.hasPrefix("~") && !line.hasPrefix(".") && !line.hasPrefix("From "))
      #expect(String(line).columns <= 72)
    }
    #expect(!MessageLine.escape(attack.text).hasPrefix("<"))
  }

  @Test(arguments: Attack.all) func noCellIsAFormulaWhateverTheSeparator(attack: Attack) {
    let semicolons = CSVDialect.semicolons(decimalComma: true)
    for table in Self.tables(attack.text, { csvLine($0) })
      + Self.tables(attack.text, { csvLine($0, semicolons) })
    {
      for separator: Unicode.Scalar in [",", ";", "\t"] {
        for cell in cells(table, separator) {
          guard let first = cell.drop(while: { $0 == "\"" || $0 == " " }).first else { continue }
          #expect(
            !"=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first) || isNumber(cell),
            "\(cell)")
        }
      }
    }
  }

  @Test(arguments: Attack.all) func jsonGivesTheTextBack(attack: Attack) throws {
    let line = try jsonText(Self.prompts(attack.text)[0])
    let read = try JSONDecoder().decode(RecordedPrompt.self, from: Data(line.utf8))
    #expect(read.label.map { Array($0.unicodeScalars) } == Array(attack.text.unicodeScalars))
  }

  private func isNumber(_ cell: [Unicode.Scalar]) -> Bool {
    Double(String(String.UnicodeScalarView(cell.map { $0 == "," ? "." : $0 }))) != nil
  }

  /// The cells as a lenient reader takes them: a quote counts at the beginning of a cell, and is plain text elsewhere.
  private func cells(_ text: String, _ separator: Unicode.Scalar) -> [[Unicode.Scalar]] {
    let scalars = Array(text.unicodeScalars)
    var cells: [[Unicode.Scalar]] = [], cell: [Unicode.Scalar] = [], isQuoted = false, index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      if isQuoted, scalar == "\"" {
        if index < scalars.count, scalars[index] == "\"" { index += 1 } else { isQuoted = false }
        cell.append(scalar)
      } else if !isQuoted, scalar == "\"", cell.isEmpty {
        isQuoted = true
      } else if !isQuoted, scalar == separator || scalar == "\n" || scalar == "\r" {
        cells.append(cell)
        cell = []
      } else {
        cell.append(scalar)
      }
    }
    return cells + [cell]
  }

  // MARK: Single cases

  /// U+0D4E joins what follows to one `Character` (UAX #29, Prepend): an escaper of characters does not see the `<`.
  @Test func aPrependDoesNotHideATag() {
    let name = "\u{0D4E}<meta http-equiv=refresh content=0>\u{0D4E}<img src=x onerror=alert(1)>"
    let page = Self.html(name)
    #expect(name.first.map { String($0).unicodeScalars.count } == 2)
    #expect(Array(page.utf8).contains(Array("&lt;meta http-equiv=refresh".utf8)))
    #expect(!Array(page.utf8).contains(Array("<meta http-equiv=refresh".utf8)))
    #expect(!Array(page.utf8).contains(Array("<img".utf8)))
    let cue = (("\(name)" as Escaped<WebVTT>).text).utf8
    #expect(!cue.contains(UInt8(ascii: "<")))
  }

  @Test func numbersForProgramsStayNumbers() {
    #expect(csvLine([.text("+491701234567")]) == "+491701234567\r\n")
    #expect(csvLine([.text("+491701234567")], .semicolons(decimalComma: false)) == "'+491701234567\r\n")
    #expect(csvLine([.text("+1234567+1")]) == "'+1234567+1\r\n")
    #expect(csvLine([.text("+12345678901234567")]) == "'+12345678901234567\r\n")
  }

  @Test(arguments: -3...30) func aPageOfAnyWidthEnds(width: Int) {
    let text = "通話 a\u{301}bc 🙂"
    let page = morningPage(Self.report(text), title: text, limit: 9, width: width, style: Self.style)
    #expect(page.contains("LISTEN TO"))
    #expect(
      followUpPage(Self.report(text).followUp, width: width, style: Self.style).contains("CALLED AGAIN"))
    #expect(text.wrapped(width).allSatisfy { $0.columns <= max(2, width) })
  }
}
