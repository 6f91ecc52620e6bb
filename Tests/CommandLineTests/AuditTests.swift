import CallFollowUp
import CallModel
import CallStore
import Glibc
import TestSupport
import Testing

@testable import talkspurt

/// `talkspurt audit`, from recordings and records to the page.
@Suite struct AuditTests {
  let folder = TemporaryFolder()
  var store: String { folder.path.text + "/calls.sqlite" }

  init() {
    folder.makeFolder("share")
    let toml = """
      [[sources]]
      path = "share/*"
      recorder = "freepbx"
      time_zone = "Europe/Berlin"
      region = "DE"
      records = ["\(folder.path.text)/Master.csv"]
      """
    folder.write(Array(toml.utf8), as: "config.toml")
  }

  /// A recording of both parties, of another content for another sequence number.
  func record(_ sequence: Int, seconds: Int = 4) {
    let name = "share/in-0301234-01701234567-20260714-100000-\(1_784_016_000 + sequence).\(sequence).wav"
    let noise = WaveBytes.noise(16_000 * seconds + 2 * sequence)
    folder.write(WaveBytes.pcm16(noise, channels: 2), as: name)
  }

  /// A line of `cdr_csv` in UTC; unanswered without a talk.
  func line(_ sequence: Int, talk: Int, far: String = "PJSIP/1001-01", linked: Int? = nil) -> String {
    let start = "2026-07-14 08:0\(sequence / 60):\(sequence % 60 < 10 ? "0" : "")\(sequence % 60)"
    let epoch = 1_784_016_000 + sequence
    return #""","01701234567","0301234","c","","PJSIP/trunk-1","\#(far)","Dial","x","\#(start)",,"","#
      + #"\#(talk + 1),\#(talk),"\#(talk > 0 ? "ANSWERED" : "NO ANSWER")","D","\#(epoch).\#(sequence)","","","#
      + #""\#(linked.map { "\(1_784_016_000 + $0).\($0)" } ?? "\(epoch).\(sequence)")","\#(sequence)""#
  }

  func write(_ lines: [String]) {
    folder.write(Array((lines.joined(separator: "\n") + "\n").utf8), as: "Master.csv")
  }

  func ingest() throws {
    let run = try ProgramRun.talkspurt([
      "ingest", folder.path.text + "/share", "--store", store, "--config", folder.path.text + "/config.toml",
    ])
    #expect(run.status == 0, "\(run.errors)")
  }

  func audit(_ arguments: String...) throws -> ProgramRun {
    try ProgramRun.talkspurt(["audit", "--store", store] + arguments)
  }

  func unrecorded() throws -> [String] {
    try CallStore(reading: store).audit(CallPeriod()).entries.filter { $0.kind == .noRecording }.compactMap(
      \.callID)
  }

  @Test func callsWithoutARecordingOrARecordAreToldApart() throws {
    record(100)
    record(200)
    // 50 came before the first recording, nobody answered 210, a menu 220; 230 and 231 are one call.
    write([
      line(50, talk: 9), line(100, talk: 3), line(210, talk: 0), line(220, talk: 9, far: ""),
      line(230, talk: 9), line(231, talk: 5, linked: 230), line(240, talk: 9),
    ])
    try ingest()
    #expect(try unrecorded() == ["1784016230.230", "1784016240.240"])
    let page = try audit()
    #expect(page.status == 0 && page.lines[0].hasPrefix("All calls. 1 of 2 recordings have a record"))
    #expect(page.lines.joined(separator: "\n").contains("2 answered by the record, without a recording"))
    #expect(page.lines.joined(separator: "\n").contains("1 recorded, without a record"))
    #expect(page.lines.joined(separator: "\n").contains("agent 1001. Answered by the record for 9 s"))
    let table = try audit("--format", "csv")
    #expect(table.lines[0] == "kind,started_at,call,path,call_id,line,agent,message\r")
    #expect(table.lines.count { $0.hasPrefix("no_recording,2026-07-14T10:") } == 2)
    let json = try audit("--format", "json")
    #expect(json.lines.count == 1 && json.lines[0].contains(#""schema":"talkspurt.audit/1""#))
    #expect(json.lines[0].contains(#""no_recording":2"#) && json.lines[0].contains(#""swapped_roles":0"#))
    #expect(try audit("--since", "2026-07-15").lines.joined().contains("There are no recordings."))
  }

  /// A recording that comes later has its record, a file that is read again says nothing twice, and another file of the
  /// name begins anew.
  @Test func laterNightsGoOnWhereTheLastOneEnded() throws {
    record(100)
    let first = [line(100, talk: 3), line(110, talk: 3), line(120, talk: 3)]
    write(first)
    try ingest()
    #expect(try unrecorded() == ["1784016110.110", "1784016120.120"])
    record(120)
    write(first + [line(130, talk: 3)])
    try ingest()
    #expect(try unrecorded() == ["1784016110.110", "1784016130.130"])
    write([line(140, talk: 3)])
    try ingest()
    #expect(try unrecorded() == ["1784016110.110", "1784016130.130", "1784016140.140"])
    let removal = try CallStore(at: store).prune(before: 1_784_016_135)
    #expect(removal.calls == 2)
    #expect(try unrecorded() == ["1784016140.140"])
  }

  /// A queue rings many agents, each with a line of its own.
  @Test func aCallOfManyLegsIsKept() throws {
    record(100)
    let legs = (1...190).map { line(300 + $0, talk: 0, linked: 300) }
    write([line(100, talk: 3), line(300, talk: 9)] + legs)
    try ingest()
    #expect(try unrecorded() == ["1784016300.300"])
  }

  /// A call of the year 2100 is one of a wrong clock.
  @Test func aWrongClockHidesNothing() throws {
    record(100)
    folder.write(
      WaveBytes.pcm16(WaveBytes.noise(40_000), channels: 2),
      as: "share/in-0301234-01701234567-21000101-100000-4102477200.900.wav")
    write([line(100, talk: 3), line(200, talk: 3)])
    try ingest()
    #expect(try unrecorded() == ["1784016200.200"])
  }

  /// An export of a database, its newest lines first under the same header, and one that was rotated under it.
  @Test func recordsThatAreWrittenAnewAreReadAnew() throws {
    record(100)
    let header =
      "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,uniqueid"
    func row(_ sequence: Int) -> String {
      "2026-07-14 10:0\(sequence / 60):\(sequence % 60 < 10 ? "0" : "")\(sequence % 60),x,01701234567,0301234,c,"
        + "PJSIP/trunk-1,PJSIP/1001-01,Dial,x,10,9,ANSWERED,\(1_784_016_000 + sequence).\(sequence)"
    }
    write([header, row(100), row(200)])
    try ingest()
    #expect(try unrecorded() == ["1784016200.200"])
    write([header, row(400), row(300), row(200), row(100)])
    try ingest()
    #expect(try unrecorded() == [200, 300, 400].map { "1784016\($0).\($0)" })
    write([header, row(420), row(430), row(440), row(450), row(460)])
    try ingest()
    #expect(try unrecorded().count == 8)
  }

  /// A leg and its recording come a night later.
  @Test func aLegThatComesLaterHasTheRecordingOfItsCall() throws {
    record(100)
    write([line(100, talk: 3), line(300, talk: 3)])
    try ingest()
    #expect(try unrecorded() == ["1784016300.300"])
    record(301)
    write([line(100, talk: 3), line(300, talk: 3), line(301, talk: 3, linked: 300)])
    try ingest()
    #expect(try unrecorded().isEmpty)
  }

  @Test func anAbsurdDurationIsNone() throws {
    record(100)
    write([line(100, talk: 3), line(200, talk: Int.max - 1), line(300, talk: 4)])
    try ingest()
    #expect(try unrecorded() == ["1784016300.300"])
  }

  @Test func whatCannotBeDoneIsSaid() throws {
    #expect(try audit().status == 1)
    #expect(try audit("--limit", "0").status == 64)
    #expect(try audit("--format", "xml").status == 64)
  }
}
