import CallModel
import CallReports
import TestSupport
import Testing

@Suite struct NightTableTests {
  private func lines(
    _ outcomes: [CallOutcome], unicode: Bool = true, width: Int = 100
  ) -> [String] {
    var table = NightTable(style: PageStyle(unicode: unicode, colour: false), width: width)
    for outcome in outcomes { table.add(outcome) }
    return table.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  private func call(_ path: String, _ findings: Finding...) -> CallOutcome {
    .analysed(.sample(RecordingPath(path), findings: findings, ending: .cutOff))
  }

  private func failed(_ path: String, _ message: String) -> CallOutcome {
    .failed(CallFailure(path: RecordingPath(path), code: .malformed, message: message))
  }

  private let alert = Finding(.hungUpOnCustomer, .alert, start: 244.5, end: 245, message: "m")
  private let notice = Finding(.longHold, .notice, start: 60, end: 105, message: "m")

  @Test func oneLineTellsTheCall() throws {
    let table = lines([call("/share/2026-01-31/call.wav", notice, alert)], width: 120)
    let line = try #require(table.dropFirst().first)
    let words = line.split(separator: " ").map(String.init)
    #expect(
      words == [
        "call.wav", "4:05", "33", "%", "6/7", "0:12", "0:45", "customer", "cut", "!", "4:04", "hung", "up",
        "on",
        "customer", "+1",
      ])
  }

  @Test func whatDeservesAListenerComesFirst() {
    let table = lines([
      call("/a.wav"), call("/b.wav", notice), call("/d.wav", alert), call("/c.wav", alert),
      call("/e.wav", alert, alert), failed("/f.wav", "It is cut."),
    ])
    let order = table.compactMap { line in line.wholeMatch(of: /([a-f]\.wav) .*/)?.1 }
    #expect(order == ["e.wav", "c.wav", "d.wav", "b.wav", "a.wav", "f.wav"])
    #expect(table.last == "5 calls, 3 with an alert, 1 not analysed.")
  }

  @Test func whatWasNotMeasuredIsNoNumber() throws {
    var mono = CallSummary.sample(RecordingPath("/mono.wav"))
    mono.parties = Parties(agent: PartySummary(), customer: PartySummary())
    mono.conversation.interruptions = CountByParty(agent: nil, customer: nil)
    let line = try #require(lines([.analysed(mono)]).dropFirst().first)
    #expect(
      line.split(separator: " ").map(String.init) == [
        "mono.wav", "4:05", "-", "-", "0:12", "0:45", "natural",
      ])
  }

  @Test(arguments: [0, 79, 80, 93, 100, 120], [true, false])
  func everyLineFits(width: Int, unicode: Bool) {
    let long = "/share/" + String(repeating: "\u{6771}\u{4EAC}e\u{301}", count: 40) + "-0815.wav"
    var day = CallSummary.sample(RecordingPath("/share/day.wav"), findings: [alert, notice])
    day.recording.duration = 12 * 3600 - 1
    day.conversation.interruptions = CountByParty(agent: 120, customer: 99)
    day.conversation.hold = 36_000
    let table = lines(
      [
        .analysed(day), call(long, alert), failed(long, String(repeating: "word ", count: 60)),
      ], unicode: unicode, width: width)
    for line in table {
      let columns = line.unicodeScalars.reduce(0) { sum, scalar in
        sum + (scalar.properties.generalCategory == .nonspacingMark ? 0 : scalar.value > 0x2E80 ? 2 : 1)
      }
      #expect(columns <= max(80, width), "\(line)")
      #expect(unicode || line.allSatisfy(\.isASCII))
    }
    #expect(table.contains { $0.contains("815.wav") }, "the end of a name tells calls apart")
  }

  @Test func namesCannotCommandTheTerminal() {
    let table = lines([call("/share/a\u{1B}[2J\n\u{202E}b.wav")])
    #expect(
      table.joined().unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" && $0 != "\u{1B}" })
    #expect(table.contains { $0.contains(#"\n"#) })
  }

  @Test func looksAsItDid() throws {
    var mono = CallSummary.sample(RecordingPath("/share/in-495550100-20260131-091502-mono.WAV"))
    mono.parties = Parties(agent: PartySummary(), customer: PartySummary())
    mono.conversation.interruptions = CountByParty(agent: nil, customer: nil)
    var queue = CallSummary.sample(
      RecordingPath("/share/in-495550199-20260131-091733.wav"),
      findings: [Finding(.abandonedInQueue, .alert, start: 71, end: 93, message: "m")],
      ending: .abandonedInQueue)
    queue.parties.agent.talkShare = nil
    let night: [CallOutcome] = [
      .analysed(mono), .analysed(queue),
      call("/share/out-4915550101-20260131-101500-1769850900.4711.wav", alert, notice),
      call("/share/Umzug M\u{FC}nchen.flac", notice),
      failed("/share/in-20260131-120000.wav", "The header says 16 bits, the block size 24; record it again."),
    ]
    for width in [80, 110] {
      let text = lines(night, width: width).joined(separator: "\n") + "\n"
      #expect(try snapshotDifference(text, "night-\(width).txt") == nil)
    }
  }

  @Test func anEmptyNightIsSaid() {
    #expect(lines([]) == ["", "0 calls, 0 with an alert, 0 not analysed."])
  }
}
