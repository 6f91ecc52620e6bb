import CallModel
import CallRecords
import Testing

@Suite struct FreeSwitchTests {
  func read(_ text: String) throws -> Evidence {
    try #require(evidence(inRecord: Array(text.utf8), form: .freeswitch))
  }

  @Test func whoHungUpIsTheFarEndOfTheLeg() throws {
    func read(_ from: String, _ disposition: String, direction: String = "inbound") throws -> Evidence {
      let json = """
        {"variables": {"uuid": "u", "start_epoch": "1769846400", "duration": "70", "billsec": "60",
          "sip_hangup_disposition": "\(disposition)", "hangup_cause": "NORMAL_CLEARING",
          "direction": "\(direction)"},
         "callflow": [{"caller_profile": {"caller_id_number": "\(from)", "destination_number": "0309"}}]}
        """
      return try self.read(json)
    }
    let inbound = try read("%2B49301234567", "recv_bye")
    #expect(inbound.fields[.from] == "+49301234567" && inbound.fields[.endedBy] == "customer")
    #expect(inbound.fields[.disposition] == "answered" && inbound.started == .exact(1_769_846_400))
    #expect(try read("030123456", "send_bye").fields[.endedBy] == "agent")
    #expect(try read("201", "recv_bye").fields[.endedBy] == "agent")
    // The leg that FreeSWITCH dialled: its far end is who was called.
    #expect(try read("030123456", "recv_bye", direction: "outbound").fields[.endedBy] == "agent")
    #expect(try read("201", "recv_bye", direction: "outbound").fields[.endedBy] == "customer")
  }

  @Test func whoGaveUpBeforeTheAnswerIsTheCaller() throws {
    let text = #"{"variables": {"uuid": "u", "hangup_cause": "ORIGINATOR_CANCEL"}, "callflow": []}"#
    #expect(try read(text).fields == [.callID: "u", .disposition: "no answer", .endedBy: "caller"])
  }

  /// The call came in on the number of its first station, and reached the extension of its last.
  @Test(arguments: [[3, 2, 1], [1, 2, 3]]) func theFirstStationIsTheCallAsItCameIn(order: [Int]) throws {
    let called = [1: "03012345", 2: "5000", 3: "1001"]
    let stations = order.map { number in
      #"{"profile_index": "\#(number)", "caller_profile": {"caller_id_number": "01701234567","#
        + #" "destination_number": "\#(called[number]!)"}}"#
    }
    let text =
      #"{"variables": {"direction": "inbound"}, "callflow": [\#(stations.joined(separator: ","))]}"#
    #expect(
      try read(text).fields == [
        .from: "01701234567", .to: "03012345", .direction: "inbound", .agent: "1001", .legs: "3",
      ])
  }

  /// A channel comes in to FreeSWITCH whoever calls; the dialplan knows better.
  @Test func theDirectionIsThatOfTheBusiness() throws {
    func read(_ variables: String, from: String) throws -> String? {
      try self.read(
        #"{"variables": {\#(variables)}, "callflow": [{"caller_profile": {"caller_id_number": "\#(from)"}}]}"#
      ).fields[.direction]
    }
    #expect(try read(#""direction": "inbound""#, from: "201") == nil)
    #expect(try read(#""direction": "inbound", "call_direction": "outbound""#, from: "201") == "outbound")
    #expect(try read(#""direction": "inbound""#, from: "030123456") == "inbound")
    #expect(try read(#""direction": "outbound""#, from: "030123456") == nil)
  }

  @Test func xmlSaysTheSameAsJSON() throws {
    let xml = """
      <?xml version="1.0"?><!DOCTYPE cdr>
      <cdr core-uuid="c"><channel_data><state>CS_REPORTING</state></channel_data>
      <variables><uuid>u</uuid><direction>inbound</direction><start_epoch>1769846400</start_epoch>
      <duration>70</duration><billsec>60</billsec><hangup_cause>NORMAL_CLEARING</hangup_cause>
      <cc_agent>Anna%20%26%20Co</cc_agent><empty/></variables>
      <callflow dialplan="XML" profile_index="2"><caller_profile><destination_number>1001</destination_number>
      </caller_profile></callflow>
      <callflow dialplan="XML" profile_index='1'><caller_profile><caller_id_number>%2B49301234567</caller_id_number>
      <destination_number>0301&#50;34</destination_number></caller_profile></callflow></cdr>
      """
    let found = try read(xml)
    #expect(
      found.fields == [
        .callID: "u", .from: "+49301234567", .to: "0301234", .direction: "inbound", .duration: "70",
        .talk: "60", .disposition: "answered", .agent: "Anna & Co", .legs: "2",
      ])
    #expect(found.started == .exact(1_769_846_400))
  }

  /// What is no XML, is cut short, is nested too deep or names other files says nothing.
  @Test func xmlThatIsNoneIsRefused() {
    let deep = String(repeating: "<a>", count: 100_000)
    let many = "<a>" + String(repeating: "<b/>", count: 20_000) + "</a>"
    for text in ["<", "<a", "<a>", "<a><b></a></b>", "<?xml?>", "<!-- a -->", deep, many, "<a b='</a>"] {
      #expect(evidence(inRecord: Array(text.utf8), form: .freeswitch) == nil, "\(text.prefix(40))")
    }
    let entity = #"<!DOCTYPE a [<!ENTITY x SYSTEM "/etc/passwd">]>"#
    let record = Array((entity + "<cdr><variables><uuid>&x;</uuid></variables></cdr>").utf8)
    #expect(evidence(inRecord: record, form: .freeswitch)?.fields[.callID] == "&x;")
  }
}
