import CallModel
import Testing

@testable import CallRecords

@Suite struct AsteriskTests {
  /// Files of records, and what they say of a call.
  struct Book {
    var records: AsteriskRecords
    private var files: [[UInt8]] = []

    init(_ lines: [String], of calls: Set<String>? = nil, size: Int = 4096) {
      records = AsteriskRecords(callIDs: calls)
      add(lines, size: size)
    }

    /// Adds a file of these lines, read in pieces of `size` bytes.
    mutating func add(_ lines: [String], size: Int = 4096) {
      let file = Array(lines.joined(separator: "\n").utf8)
      for start in stride(from: 0, to: file.count, by: size) {
        records.consume(file[start..<min(start + size, file.count)])
      }
      records.endFile()
      files.append(file)
    }

    func evidence(ofCall id: String) -> Evidence? {
      let lines = records.places(ofCall: id).map { place in
        records.line(
          Array(files[Int(place.file)][place.offset..<place.offset + Int(place.length)]), at: place)
      }
      return AsteriskRecords.evidence(ofCall: id, in: lines)
    }

    var complaints: [String?] { records.files.map(\.complaint) }
  }

  /// A line of `cdr_csv` with the columns that follow `amaflags`.
  func line(
    _ id: String, from: String = "030123", to: String = "1001",
    channels: (String, String) = ("PJSIP/trunk-1", "PJSIP/1001-2"),
    application: String = "Dial", data: String = "", _ start: String, _ answer: String, _ end: String,
    _ duration: Int, _ talk: Int,
    _ disposition: String = "ANSWERED", more: String = ""
  ) -> String {
    #""","\#(from)","\#(to)","c","""A ""B"", C"" <030123>","\#(channels.0)","\#(channels.1)","\#(application)","\#(data)","\#(start)","\#(answer)","\#(end)",\#(duration),\#(talk),"\#(disposition)","DOCUMENTATION""#
      + (id.isEmpty ? "" : #","\#(id)","""#) + more
  }

  @Test func linesAreFoundByCallInPiecesOfAnySize() throws {
    let lines = [
      line(
        "1769846400.1", to: "600", channels: ("a", "b"), application: "Queue", data: "support,t,",
        "2026-01-31 09:00:00", "2026-01-31 09:00:10", "2026-01-31 09:01:00", 60, 50),
      line("1769846400.9", "2026-01-31 09:00:00", "", "2026-01-31 09:01:00", 60, 50), #""too","short""#,
    ]
    for size in [1, 7, 4096] {
      let records = Book(lines, of: ["1769846400.1"], size: size)
      let found = try #require(records.evidence(ofCall: "1769846400.1"))
      #expect(
        found.fields == [
          .callID: "1769846400.1", .from: "030123", .to: "600", .duration: "60", .talk: "50",
          .disposition: "answered", .queue: "support",
        ])
      #expect(found.started == .local(1_769_850_000))
      #expect(records.evidence(ofCall: "1769846400.9") == nil)
    }
  }

  /// A queue that rings one telephone after the other, and a transfer.
  @Test func severalRowsOfAnIdAreOneCall() throws {
    let records = Book([
      line(
        "1784016000.2", to: "600", channels: ("PJSIP/trunk-1", "PJSIP/1001-2"), application: "Queue",
        "2026-07-14 10:00:00", "2026-07-14 10:00:00", "2026-07-14 10:00:12", 12, 12, "NO ANSWER"),
      line(
        "1784016000.2", to: "600", channels: ("PJSIP/trunk-1", "PJSIP/1002-3"), application: "Queue",
        "2026-07-14 10:00:12", "2026-07-14 10:00:15", "2026-07-14 10:00:30", 18, 15),
      line(
        "1784016000.2", to: "1003", channels: ("PJSIP/trunk-1", "PJSIP/1003-4"),
        "2026-07-14 10:00:30", "2026-07-14 10:00:32", "2026-07-14 10:01:00", 30, 28),
    ])
    let found = try #require(records.evidence(ofCall: "1784016000.2"))
    #expect(
      found.fields == [
        .callID: "1784016000.2", .from: "030123", .to: "600", .queue: "600", .agent: "1002", .duration: "60",
        .talk: "45", .disposition: "answered", .legs: "3",
      ])
  }

  /// Rows that `linkedid` joins, in a table that was exported with the names of its columns.
  @Test func linkedRowsOfATableAreOneCall() throws {
    let records = Book([
      "calldate;clid;src;dst;channel;dstchannel;lastapp;lastdata;duration;billsec;disposition;uniqueid;userfield;linkedid",
      "2026-07-14 10:00:20;x;030123;1002;PJSIP/trunk-1;PJSIP/1002-3;Dial;;40;38;ANSWERED;1784016020.8;;1784016000.7",
      "2026-07-14 10:00:00;x;030123;s;PJSIP/trunk-1;;BackGround;menu;20;20;ANSWERED;1784016000.7;;1784016000.7",
    ])
    let found = try #require(records.evidence(ofCall: "1784016000.7"))
    #expect(
      found.fields == [
        .callID: "1784016000.7", .from: "030123", .to: "s", .agent: "1002", .duration: "60", .talk: "60",
        .disposition: "answered", .legs: "2",
      ])
    #expect(try #require(records.evidence(ofCall: "1784016020.8")).fields[.duration] == "40")
  }

  /// `usegmtime`: the id has the moment, so that the clock of the file is known; file by file.
  @Test func theZoneOfAFileIsToldByItsIds() throws {
    var records = Book([line("1784016000.1", "2026-07-14 08:00:01", "", "2026-07-14 08:00:14", 14, 10)])
    records.add([line("pbx1-1784016100.2", "2026-07-14 10:01:40", "", "2026-07-14 10:02:00", 14, 10)])
    #expect(records.evidence(ofCall: "1784016000.1")?.started == .exact(1_784_016_001))
    #expect(records.evidence(ofCall: "pbx1-1784016100.2")?.started == .local(1_784_023_300))
  }

  @Test func theSampleOfCdrCustomIsRecognised() throws {
    let custom =
      #"""A"" <030123>","030123","1001","c","PJSIP/trunk-01","PJSIP/1001-02","Dial","","2026-07-14 10:00:00","2026-07-14 10:00:04","2026-07-14 10:00:14","14","10","ANSWERED","3","","1784016000.42","",12"#
    let records = Book(["\"" + custom])
    #expect(
      try #require(records.evidence(ofCall: "1784016000.42")).fields == [
        .callID: "1784016000.42", .from: "030123", .to: "1001", .agent: "1001", .duration: "14", .talk: "10",
        .disposition: "answered",
      ])
    #expect(records.complaints == [nil])
  }

  @Test(arguments: [
    (["a,b,c", "d,e,f"], "0 of 2 lines matched: they are in no layout that is known"),
    (
      [
        #""","030123","1001","c","x","a","PJSIP/1001-2","Dial","","2026-07-14 10:00:00","","2026-07-14 10:00:14",14,10,"ANSWERED","D""#
      ],
      "0 of 1 lines matched: they have no unique id (cdr_csv)"
    ),
    (
      ["calldate,src,dst,duration", "2026-07-14 10:00:00,1,2,3"],
      "0 of 1 lines matched: they have no unique id"
    ),
  ]) func whatCannotBeMatchedIsSaidWithItsReason(lines: [String], sentence: String) {
    #expect(Book(lines).complaints[0]?.hasPrefix(sentence) == true)
  }

  @Test func theQueueKnowsWhoAnsweredAndWhoHungUp() throws {
    let log = [
      "1784016000|1784016000.5|600|NONE|ENTERQUEUE||030123|1",
      "1784016009|1784016000.5|600|PJSIP/1002|CONNECT|9|x|4",
      "1784016060|1784016000.5|600|PJSIP/1002|COMPLETECALLER|9|51|1",
      "1784016070|1784016070.1|600|NONE|ABANDON|1|1|20", "1784016070|NONE|NONE|NONE|QUEUESTART|",
    ]
    var records = Book([
      line(
        "1784016000.5", to: "600", application: "Queue", "2026-07-14 10:00:00", "2026-07-14 10:00:00",
        "2026-07-14 10:01:00", 60, 60)
    ])
    records.add(log)
    let found = try #require(records.evidence(ofCall: "1784016000.5"))
    #expect(
      found.fields[.agent] == "1002" && found.fields[.endedBy] == "customer" && found.fields[.to] == "600")
    let left = try #require(records.evidence(ofCall: "1784016070.1"))
    #expect(left.fields == [.callID: "1784016070.1", .endedBy: "customer"])
    #expect(records.complaints == [nil, nil])
  }

  /// An id that a file repeats without end does not fill the memory.
  @Test func aCallHasSoManyLegsAtMost() throws {
    let same = line("1784016000.1", "2026-07-14 10:00:00", "", "2026-07-14 10:00:14", 14, 10)
    let records = Book(Array(repeating: same, count: 1000))
    #expect(try #require(records.evidence(ofCall: "1784016000.1")).fields[.legs] == "200")
  }

  @Test(arguments: [
    ("PJSIP/1001-00000002", "1001"), ("Local/1001@from-queue-0001;1", "1001"), ("Agent/42", "42"),
    ("SIP/123456;2", "123456"), ("IAX2/77/x", "77"), ("SIP/1234567-1", nil), ("SIP/1-1", nil),
    ("PJSIP/trunk-1", nil), ("PJSIP/1001x", nil), ("DAHDI/1001-1", nil), ("PJSIP", nil), ("", nil),
  ]) func extensionsAreThoseOfChannels(channel: String, expected: String?) {
    #expect(extensionOfChannel(channel) == expected)
  }
}
