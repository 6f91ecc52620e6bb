import CallModel
import CallRecords
import Testing

@Suite struct SidecarTests {
  @Test func plainJSONIsReadByNameOrByKey() throws {
    let json =
      #"{"started_at": 1769846400, "agent": {"name": "Anna"}, "Queue": [{"Name": "sales"}], "from": ""}"#
    let found = try #require(
      evidence(
        fromJSON: Array(json.utf8), form: .plain,
        keys: [.agent: ["agent.name"], .queue: ["q", "Queue.Name"]]))
    #expect(found.fields == [.agent: "Anna", .queue: "sales"])
    #expect(found.started == .exact(1_769_846_400) && found.source == .sidecar)
    for wrong in ["", "[1]", "{", "\u{FEFF}“x”"] {
      #expect(evidence(fromJSON: Array(wrong.utf8), form: .plain) == nil)
    }
    let odd = try #require(evidence(fromJSON: Array(#"{"started_at": "soon"}"#.utf8), form: .plain))
    #expect(odd.started == nil && odd.unusable.map(\.field) == ["started_at"])
  }

  @Test func freeSWITCHSaysWhoHungUp() throws {
    func read(_ from: String, _ disposition: String) throws -> Evidence {
      let json = """
        {"variables": {"uuid": "u", "start_epoch": "1769846400", "duration": "70", "billsec": "60",
          "sip_hangup_disposition": "\(disposition)", "hangup_cause": "NORMAL_CLEARING"},
         "callflow": [{"caller_profile": {"caller_id_number": "\(from)", "destination_number": "0309"}}]}
        """
      return try #require(evidence(fromJSON: Array(json.utf8), form: .freeswitch))
    }
    let inbound = try read("%2B49301234567", "recv_bye")
    #expect(inbound.fields[.from] == "+49301234567" && inbound.fields[.endedBy] == "customer")
    #expect(inbound.fields[.disposition] == "answered" && inbound.started == .exact(1_769_846_400))
    #expect(try read("030123456", "send_bye").fields[.endedBy] == "agent")
    #expect(try read("201", "recv_bye").fields[.endedBy] == "agent")
  }

  @Test func asteriskLinesAreFoundByCallInPiecesOfAnySize() throws {
    let head = #""","030123","600","in","""A ""B"", C"" <030123>","SIP/1","SIP/2","Queue","support,t,""#
    let times = #""2026-01-31 09:00:00",,"2026-01-31 09:01:00""#
    let lines = [
      head + "," + times + #",60,0,"NO ANSWER","DOCUMENTATION","1769846400.1","""#,
      head + "," + times + #",60,50,"ANSWERED","DOCUMENTATION","1769846400.1","""#,
      head + "," + times + #",60,50,"ANSWERED","DOCUMENTATION","1769846400.9","""#, #""too","short""#,
    ]
    let file = Array(lines.joined(separator: "\n").utf8)
    for size in [1, 7, 4096] {
      var records = AsteriskRecords(callIDs: ["1769846400.1"])
      for start in stride(from: 0, to: file.count, by: size) {
        records.consume(file[start..<min(start + size, file.count)])
      }
      records.endFile()
      let place = try #require(records.place(ofCall: "1769846400.1"))
      let line = Array(file[place.offset..<place.offset + Int(place.length)])
      #expect(String(decoding: line, as: UTF8.self) == lines[1])
      let found = try #require(AsteriskRecords.evidence(ofCall: "1769846400.1", in: line))
      #expect(
        found.fields == [
          .callID: "1769846400.1", .from: "030123", .to: "600", .duration: "60", .talk: "50",
          .disposition: "answered", .queue: "support",
        ])
      #expect(found.started == .local(1_769_850_000))
      #expect(AsteriskRecords.evidence(ofCall: "1769846400.9", in: line) == nil)
      #expect(records.place(ofCall: "1769846400.9") == nil)
    }
  }
}
