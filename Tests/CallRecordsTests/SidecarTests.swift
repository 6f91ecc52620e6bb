import CallModel
import CallRecords
import Testing

@Suite struct SidecarTests {
  @Test func plainJSONIsReadByNameOrByKey() throws {
    let json =
      #"{"started_at": 1769846400, "agent": {"name": "Anna"}, "Queue": [{"Name": "sales"}], "from": ""}"#
    let found = try #require(
      evidence(
        inRecord: Array(json.utf8), form: .plain,
        keys: [.agent: ["agent.name"], .queue: ["q", "Queue.Name"]]))
    #expect(found.fields == [.agent: "Anna", .queue: "sales"])
    #expect(found.started == .exact(1_769_846_400) && found.source == .sidecar)
    for wrong in ["", "[1]", "{", "\u{FEFF}“x”"] {
      #expect(evidence(inRecord: Array(wrong.utf8), form: .plain) == nil)
    }
    let odd = try #require(evidence(inRecord: Array(#"{"started_at": "soon"}"#.utf8), form: .plain))
    #expect(odd.started == nil && odd.unusable.map(\.field) == ["started_at"])
  }

  /// As Genesys' archives have it, smart quotes included; the agent is the first with a user name.
  @Test func genesysNamesTheAgentInItsHistory() throws {
    let json = """
      {“id”: “r1”, “callerPhoneNumber”: “+493012345”, “dialedPhoneNumber”: “5000”, “mediaFiles”: [],
       “eventHistory”: [{“contact”: {“firstName”: “Erika”}, “occurredAt”: “2026-07-14T08:00:00Z”},
         {“contact”: {“userName”: “anna”}, “occurredAt”: “2026-07-14T08:00:09Z”, “event”: “Joined”}]}
      """
    let found = try #require(
      evidence(inRecord: Array(json.utf8), form: .plain, keys: MetadataRules.presetKeys("genesys")))
    #expect(found.fields == [.callID: "r1", .from: "+493012345", .to: "5000", .agent: "anna"])
    #expect(found.started == .exact(1_784_016_000))
  }

  @Test func twilioIsReadAsTheAPIAndAsCallbacksHaveIt() throws {
    for json in [
      #"{"call_sid": "CA1", "channels": 2, "duration": "14", "start_time": "Tue, 14 Jul 2026 08:00:00 +0000"}"#,
      #"{"CallSid": "CA1", "RecordingChannels": "2", "RecordingDuration": "14", "RecordingStartTime": "Tue, 14 Jul 2026 08:00:00 +0000"}"#,
    ] {
      let found = try #require(
        evidence(inRecord: Array(json.utf8), form: .plain, keys: MetadataRules.presetKeys("twilio")))
      #expect(found.fields == [.callID: "CA1", .channels: "2", .duration: "14"])
      #expect(found.started == .exact(1_784_016_000))
    }
  }
}
