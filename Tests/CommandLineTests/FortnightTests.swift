import CallAnalysis
import CallIngest
import CallModel
import CallRecords
import CallStore
import Glibc
import TestSupport
import Testing

/// Two weeks of a small business in Berlin, from Monday, 19 October 2026; in the night of the 25th the clock is set
/// back. Names tell wall clocks, as recorders write them.
private struct Fortnight {
  let folder = TemporaryFolder()
  var store: String { folder.path.text + "/calls.sqlite" }

  private static let business = "0309999999"

  /// `name` is `date-time`, then who called whom; `finished`, where the clock decides nothing: when the file was
  /// last written to, in seconds since 1970.
  private static let script:
    [(time: String, from: String, to: String, ending: Ending.Kind, finished: Double?)] = [
      // A gives up in the queue and is called back after 19 minutes; calls about something else after 8 days.
      ("20261019-090000", "0301111111", business, .abandonedInQueue, nil),
      ("20261019-092000", business, "+49301111111", .natural, nil),
      ("20261027-090000", "0049301111111", business, .natural, nil),
      // B reaches a voicemail and is called back after an hour.
      ("20261020-100000", "0302222222", business, .voicemail, nil),
      ("20261020-110100", business, "0302222222", .noConversation, nil),
      // C is cut off, and put through after five minutes; nobody calls back.
      ("20261021-120000", "0303333333", business, .cutOff, nil),
      ("20261021-120600", "0303333333", business, .natural, nil),
      // Somebody withholds the number.
      ("20261022-080000", "anonymous", business, .voicemail, nil),
      // D calls before the clock is set back and is called back after it, 19 minutes later.
      ("20261025-025000", "0304444444", business, .noConversation, 1_792_889_460),
      ("20261025-021000", business, "0304444444", .natural, 1_792_890_660),
      // E calls again on the next day at half past 11: by the wall clock before 24 hours are over, in truth after.
      ("20261024-120000", "0305555555", business, .natural, nil),
      ("20261025-113000", "0305555555", business, .natural, nil),
      // F calls twice on a day.
      ("20261026-090000", "0306666666", business, .natural, nil),
      ("20261026-150000", "0306666666", business, .natural, nil),
      // G gives up a quarter of an hour before the data end.
      ("20261101-175000", "0307777777", business, .abandonedInQueue, nil),
      ("20261101-180500", "0308888888", business, .natural, nil),
    ]

  init() throws {
    var rules = MetadataRules()
    rules.names = [
      try NamePattern(#"(?<date>\d{8})-(?<time>\d{6})_(?<from>[^_]+)_(?<to>[^_]+)_(?<direction>\w+)"#)
    ]
    rules.clock = WallClock("Europe/Berlin")
    rules.region = "DE"
    let analysis = Analysis(version: "1", settingsHash: "a")
    let calls = try CallStore(at: store)
    let book = RecordBook { [rules] _ in rules }
    for (index, entry) in Self.script.enumerated() {
      let direction = entry.from == Self.business ? "outbound" : "inbound"
      let path = RecordingPath("/share/\(entry.time)_\(entry.from)_\(entry.to)_\(direction).wav")
      let finding = Finding(
        entry.ending == .cutOff ? .customerCutOff : .lowLevel, entry.ending == .cutOff ? .alert : .notice,
        start: 42, end: 43, party: .customer, message: "Evidence <b>suggests</b> something.")
      var call = CallSummary.sample(path, findings: index % 5 == 0 ? [finding] : [], ending: entry.ending)
      call.recording.duration = 60
      call.recording.sha256 = "\(index)"
      // As its name tells: nothing follows anew from it.
      call.opening.called = CallDirection(rawValue: direction)?.called
      let modified = entry.finished.map { Int($0) * 1_000_000_000 }
      let file = RecordingFile(path: path, size: 1, modified: modified)
      let outcome = book.describe(.analysed(call), at: path, modified: modified, settings: AnalysisSettings())
      try calls.record(outcome, of: file, under: analysis)
    }
  }

  func run(_ arguments: String...) throws -> ProgramRun {
    try ProgramRun.talkspurt([arguments[0], "--store", store] + arguments.dropFirst())
  }

  /// The rows of a table without the columns of the call, with the customer before them.
  func rows(_ arguments: String...) throws -> [String] {
    let run = try ProgramRun.talkspurt(
      [arguments[0], "--store", store, "--format", "csv"] + arguments.dropFirst())
    #expect(run.status == 0, "\(run.errors)")
    let header = run.lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let customer = try #require(header.firstIndex(of: "customer"))
    let agent = try #require(header.firstIndex(of: "agent"))
    return run.lines.dropFirst().map { line in
      let fields = line.filter { !"\r'\"".contains($0) }.split(
        separator: ",", omittingEmptySubsequences: false)
      return ([fields[customer]] + fields[(agent + 1)...].prefix(arguments.contains("repeats") ? 4 : 5))
        .joined(separator: " ")
    }
  }
}

@Suite struct FortnightTests {
  @Test func callsBackAreFound() throws {
    #expect(
      try Fortnight().rows("followup") == [
        "+49301111111 abandoned_in_queue true 1140.0 1140.0 ", "+49302222222 voicemail false 3600.0  ",
        "+49303333333 cut_off false   300.0",
        " voicemail    ", "+49304444444 no_conversation true 1140.0 1140.0 ",
        "+49307777777 abandoned_in_queue    ",
      ])
  }

  @Test func repeatsAreFound() throws {
    #expect(
      try Fortnight().rows("followup", "--table", "repeats") == [
        "+49301111111 0 false false ", "+49302222222 0 false false ", "+49303333333 1 false false ",
        "+49305555555 0 false true ", "+49304444444 0 false false ", "+49305555555 0 false false ",
        "+49306666666 0 true true ",
        "+49306666666 0 false  the data end 6 days after the call",
        "+49301111111 0 false  the data end 5 days after the call",
        "+49307777777 0   the data end 15 min after the call",
        "+49308888888 0   the data end 0 s after the call",
      ])
  }

  @Test func thePageSaysWhatIsKnownAndWhatIsNot() throws {
    let page = try Fortnight().run("followup")
    let text = page.lines.joined(separator: " ")
    #expect(page.status == 0 && page.errors.isEmpty)
    for sentence in [
      "6 calls ended badly; 2 of 4 called back within 30 min, 2 not known yet.",
      "11 matters of customers; called again about: 1 of 9 within 24 hours (2 not known yet), 1 of 6 within 7 days (5 not known yet). 1 call put through",
      "2026-10-20 10:00 +49302222222 reached a voicemail: called back after 60 min",
      "+49309999999: 5 of 13: 2:00 1/1, 8:00 1/1, 9:00 1/3, 10:00 1/1, 17:00 1/1",
      "1 call: the customer's number is not known",
    ] { #expect(text.contains(sentence), "\(sentence)") }
    let hour = try Fortnight().run("followup", "--promise", "2h").lines
    #expect(hour[1] == "6 calls ended badly; 3 of 4 called back within 2 h, 2 not known yet.")
  }

  @Test func jsonLinesHaveEveryTable() throws {
    let lines = try Fortnight().run("followup", "--format", "ndjson").lines
    let open = try #require(lines.first { $0.contains("+49307777777") && $0.contains(#""callbacks""#) })
    #expect(open.contains(#""called_back_in_time":null"#) && open.contains("before the 30 min are over"))
    #expect(lines.allSatisfy { $0.contains(#""schema":"talkspurt.followup/1""#) })
    #expect(lines.count { $0.contains(#""table":"repeats""#) } == 11)
    #expect(
      lines.contains(
        #"{"calls":3,"hour":9,"line":"+49309999999","schema":"talkspurt.followup/1","table":"hours","unanswered":1}"#
      ))
  }

  @Test func daysLimitWhatIsToldNotWhatIsKnown() throws {
    let fortnight = try Fortnight()
    let rows = try fortnight.rows(
      "followup", "--since", "2026-10-24", "--until", "2026-10-25", "--table", "repeats")
    #expect(rows.map { $0.prefix(12) } == ["+49305555555", "+49304444444", "+49305555555"])
    #expect(rows[0] == "+49305555555 0 false true ")
  }

  @Test func theReportRanksCallsAndCountsThem() throws {
    let fortnight = try Fortnight()
    let csv = try fortnight.run("report", "--format", "csv")
    #expect(csv.status == 0 && csv.lines[0].hasPrefix("place,points,call_id,path,started_at"))
    let first = csv.lines[1].split(separator: ",", omittingEmptySubsequences: false)
    #expect(first[0] == "1" && first[1] == "15" && csv.lines[1].contains("customer_cut_off"))
    #expect(csv.lines[2].contains("not_called_back") && csv.lines[3].hasPrefix("2,5,"))
    let groups = try fortnight.run("report", "--format", "csv", "--table", "groups")
    #expect(groups.lines[1].hasPrefix("line,+49309999999,,13,1,"))
    let mail = try fortnight.run("report", "--format", "email")
    #expect(mail.lines.allSatisfy { $0.count <= 72 })
    #expect(mail.lines[0] == "All calls" && mail.lines[1].hasPrefix("16 calls, 1 with an alert"))
    let html = String(decoding: try fortnight.run("report", "--format", "html").output, as: UTF8.self)
    #expect(html.contains("Evidence &lt;b&gt;suggests&lt;/b&gt;") && !html.contains("<b>suggests"))
    #expect(!html.contains("http://") && !html.contains("https://") && !html.contains("<script"))
  }

  @Test func pseudonymsStandForNumbers() throws {
    let fortnight = try Fortnight()
    let key = fortnight.folder.write(Array(repeating: 7, count: 32), as: "key")
    let open = try fortnight.run("followup", "--pseudonym-key", key.text)
    #expect(open.status == 1 && open.errors.contains("others can read it"))
    _ = key.withCString { chmod($0, 0o600) }
    for command in [
      ["followup"], ["report"], ["report", "--format", "html"], ["report", "--format", "csv"],
    ] {
      let run = try ProgramRun.talkspurt(command + ["--store", fortnight.store, "--pseudonym-key", key.text])
      let text = String(decoding: run.output, as: UTF8.self)
      #expect(run.status == 0 && !text.contains("111111") && !text.contains("2222222") && text.contains("p-"))
    }
  }

  @Test func wrongUsageIsSaid() throws {
    let fortnight = try Fortnight()
    for wrong in [
      ["followup", "--promise", "soon"], ["followup", "--since", "2026-02-30"], ["report", "--limit", "0"],
      ["followup", "--table", "hours"], ["report", "--table", "list"],
      ["report", "--since", "2026-02-02", "--until", "2026-02-01"],
    ] {
      #expect(try ProgramRun.talkspurt(wrong + ["--store", fortnight.store]).status == 64, "\(wrong)")
    }
    #expect(try ProgramRun.talkspurt(["report", "--store", fortnight.store + "-none"]).status == 1)
  }
}
