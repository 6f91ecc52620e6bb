import CallModel
import FoundationEssentials
import Testing

struct CallModelTests {
  @Test func unknownFieldsAreNullAndReadBack() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    var party = PartySummary()
    party.talk = 1.5
    let text = String(decoding: try encoder.encode(party), as: UTF8.self)
    #expect(text.contains(#""talk_s":1.5"#))
    #expect(text.contains(#""talk_share":null"#))
    #expect(text.contains(#""response_latency_s":null"#))
    #expect(try JSONDecoder().decode(PartySummary.self, from: Data(text.utf8)) == party)
  }

  @Test func aSummaryOfAnOlderVersionMayLackFields() throws {
    let party = try JSONDecoder().decode(PartySummary.self, from: Data(#"{"talk_s":2}"#.utf8))
    #expect(party.talk == 2)
    #expect(party.pitch == nil)
  }

  @Test func eventsCarryOnlyWhatAppliesToThem() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let event = CallEvent(.deadAir, start: 1.23456, end: 9, owner: .agent)
    #expect(
      String(decoding: try encoder.encode(event), as: UTF8.self)
        == #"{"end_s":9,"owner":"agent","start_s":1.235,"type":"dead_air"}"#)
    // Whether the voice after a transfer is new is null where it is not known, and stays so.
    for (known, json) in [(nil, "null"), (true, "true")] as [(Bool?, String)] {
      let transfer = CallEvent(
        .transfer, start: 1, end: 2, leg: .agent, ring: 1, newVoice: Nullable(wrappedValue: known))
      let data = try encoder.encode(transfer)
      #expect(String(decoding: data, as: UTF8.self).contains(#""new_voice":\#(json)"#))
      #expect(try JSONDecoder().decode(CallEvent.self, from: data) == transfer)
    }
  }

  @Test(
    arguments: [
      ([], ""), ([0xff], "/w=="), ([0xff, 0xfe], "//4="), ([0x61, 0xff, 0x62], "Yf9i"),
      ([0xe4, 1, 2, 3], "5AECAw=="),
    ] as [([UInt8], String)]) func pathsThatAreNotTextAreBase64(_ bytes: [UInt8], _ expected: String)
  {
    let path = RecordingPath(bytes: bytes)
    #expect(path.base64 == (bytes.isEmpty ? nil : expected))
    if !bytes.isEmpty { #expect(Data(base64Encoded: expected).map(Array.init) == bytes) }
  }

  @Test func pathsOfTextNeedNoBase64() {
    let path = RecordingPath("Anrufe/Grüße\n=1.wav")
    #expect(path.base64 == nil)
    #expect(path.text == "Anrufe/Grüße\n=1.wav")
    #expect(path.name == RecordingPath("Grüße\n=1.wav"))
    #expect(RecordingPath("a").appending(Array("b".utf8)) == RecordingPath("a/b"))
    #expect(RecordingPath("/").appending(Array("b".utf8)) == RecordingPath("/b"))
  }

  /// R's `quantile` of type 7 on the same numbers.
  @Test func percentilesInterpolate() {
    let values = Distribution(of: [4, 1, 3, 2], decimals: 3)
    #expect(values.count == 4)
    #expect(values.median == 2.5)
    #expect(values.p10 == 1.3)
    #expect(values.p90 == 3.7)
    let none = Distribution(of: [], decimals: 3)
    #expect(none.count == 0 && none.median == nil)
  }

  @Test func timeRangesOverlapWhereBothHold() {
    #expect(TimeRange(1, 3).overlap(with: TimeRange(2, 5)) == 1)
    #expect(TimeRange(1, 2).overlap(with: TimeRange(2, 5)) == 0)
    #expect(TimeRange(1, 2).overlap(with: TimeRange(3, 5)) == 0)
  }
}
