import CallModel
import CallRecords
import Testing

@Suite struct NamePatternTests {
  func read(_ recorder: String, _ path: RecordingPath) throws -> Evidence {
    let patterns = try #require(NamePattern.preset(recorder))
    return try #require(patterns.lazy.compactMap { $0.evidence(of: path) }.first, "\(path.text)")
  }

  @Test func freePBX() throws {
    let name = "/monitor/2026/10/25/q-600-01701234567-20261025-023000-1792888200.42.wav"
    let queue = try read("freepbx", RecordingPath(name))
    #expect(
      queue.fields == [
        .recorder: "freepbx", .direction: "inbound", .queue: "600", .to: "600", .from: "01701234567",
        .callID: "1792888200.42",
      ])
    #expect(queue.started == .exact(1_792_888_200))
    let out = try read("freepbx", RecordingPath("out-0301234567-201-20260131-090000-1769846400.1.WAV"))
    #expect(out.fields[.direction] == "outbound" && out.fields[.from] == "201")
    let direct = try read(
      "freepbx", RecordingPath("external-201-0301234567-20260131-090000-1769846400.1.wav"))
    #expect(direct.fields[.agent] == "201" && direct.fields[.direction] == "inbound")
  }

  @Test(
    arguments: [
      ("generic-1001-0301234567-20260714-100000-1784016000.42", "1784016000.42", "0301234567"),
      ("ondemand-1001-20260714-100000-1784016000.42", "1784016000.42", nil),
      ("conf-8000-1001-20260714-100000-1784016000.42", "1784016000.42", "1001"),
      ("rg-600-0301234567-20260714-100000-pbx-1-1784016000.42", "pbx-1-1784016000.42", "0301234567"),
    ] as [(String, String, String?)]) func freePBXInItsOtherForms(name: String, call: String, from: String?)
    throws
  {
    let found = try read("freepbx", RecordingPath(name + ".wav"))
    #expect(found.fields[.callID] == call && found.fields[.from] == from)
    #expect(found.started == .exact(1_784_016_000))
  }

  /// A redacted copy has the contact and the moment of its call.
  @Test func amazonConnectRedacted() throws {
    let uuid = "01234567-89ab-cdef-0123-456789abcdef"
    let found = try read(
      "amazon-connect", RecordingPath("\(uuid)_call_recording_redacted_2026-07-14T10:10:05Z.wav"))
    #expect(found.fields[.callID] == uuid && found.started == .exact(1_784_023_805))
  }

  /// The files of one call have one id, and the best of them matches the first pattern.
  @Test func filesOfOneCallHaveOneId() throws {
    for (recorder, names) in [
      (
        "vicidial",
        [
          "S_20260714-101000_3125551212_6666", "20260714-101000_3125551212_6666-all",
          "CM_S_20260714-101000_3125551212_6666", "CO_20260714-101000_3125551212_6666",
        ]
      ),
      ("rtpengine", ["a@b-0011223344556677-mix", "a@b-0011223344556677-deadbeef"]),
      ("asterisk", ["call_1784016000.42", "call_1784016000.42-in", "x-1784016000.42-out"]),
    ] {
      let patterns = try #require(NamePattern.preset(recorder))
      let found = names.map { name in
        patterns.enumerated().lazy.compactMap { rank, pattern in
          pattern.evidence(of: RecordingPath(name + ".wav")).map { (rank, $0.fields[.callID]) }
        }.first
      }
      #expect(Set(found.map { $0?.1 }).count == 1 && found[0]?.1 != nil, "\(recorder)")
      let ranks = try found.map { try #require($0).0 }
      #expect(ranks == ranks.sorted() && ranks[0] < ranks[1], "\(recorder)")
    }
  }

  @Test func otherRecorders() throws {
    let uuid = "01234567-89ab-cdef-0123-456789abcdef"
    let amazon = try read("amazon-connect", RecordingPath("/s3/\(uuid)_20260131T08:00_UTC.wav"))
    #expect(amazon.fields[.callID] == uuid && amazon.started == .exact(1_769_846_400))
    #expect(try read("amazon-connect", RecordingPath("\(uuid).wav")).started == nil)
    let freeswitch = try read("freeswitch", RecordingPath("0301234567.2026-01-31-09-00-00.wav"))
    #expect(freeswitch.fields[.from] == "0301234567" && freeswitch.started == .local(1_769_850_000))
    #expect(try read("freeswitch", RecordingPath("\(uuid).wav")).fields[.callID] == uuid)
    let sid = String(repeating: "0a", count: 16)
    #expect(try read("twilio", RecordingPath("CA\(sid)_RE\(sid).mp3")).fields[.callID] == "CA\(sid)")
    #expect(try read("twilio", RecordingPath("RE\(sid).wav")).fields == [.recorder: "twilio"])
    #expect(try read("verint", RecordingPath("871001000012345.wav")).fields[.callID] == "871001000012345")
    let vicidial = try read("vicidial", RecordingPath("20260131-090000_2125551234_6666-all.mp3"))
    #expect(vicidial.fields[.customer] == "2125551234" && vicidial.fields[.agent] == "6666")
    #expect(try read("vicidial", RecordingPath("CO_S_20260131-090000_2125551234.wav")).started != nil)
    #expect(try read("asterisk", RecordingPath("1769846400.12-in.wav")).started == .exact(1_769_846_400))
    for recorder in NamePattern.presetNames {
      #expect(
        NamePattern.preset(recorder)?.allSatisfy { $0.evidence(of: RecordingPath("notes.wav")) == nil }
          == true)
    }
  }

  @Test func patternsOfTheirOwn() throws {
    let pattern = try NamePattern(#"(?<agent>\w+)/(?<date>\d{8})/(?<time>\d{6})_(?<from>\d+)"#)
    let evidence = try #require(
      pattern.evidence(of: RecordingPath("/calls/anna/20260131/090000_0301234567.wav")))
    #expect(evidence.fields == [.agent: "anna", .from: "0301234567"])
    #expect(evidence.started == .local(1_769_850_000))
    let wrong = try #require(
      pattern.evidence(of: RecordingPath("/calls/anna/20260231/090000_0301234567.wav")))
    #expect(wrong.started == nil && wrong.unusable.map(\.field) == ["started_at"])
    #expect(pattern.evidence(of: RecordingPath(bytes: Array("/calls/\u{FF}.wav".utf8) + [0xFF])) == nil)
  }

  @Test func whatIsNoPatternIsRefused() {
    for wrong in ["(?<from>", "(?<colour>.*)", ".*"] {
      #expect(throws: NamePattern.Refusal.self, "\(wrong)") { try NamePattern(wrong) }
    }
  }
}
