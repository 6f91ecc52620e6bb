import CallFollowUp
import CallModel
import CallStore
import GRDB
import TestSupport
import Testing

@Suite struct MetadataInAStore {
  let path = RecordingPath("/share/call.wav")
  let metadata = CallMetadata(
    fields: [
      .startedAt: .init("2026-01-31T09:00:00+01:00", from: .name), .direction: .init("inbound", from: .name),
      .from: .init("+491", from: .name), .customer: .init("+491", from: .name),
      .to: .init("600", from: .name),
      .line: .init("600", from: .name), .queue: .init("sales", from: .asterisk),
      .agent: .init("Anna", from: .sidecar), .recorder: .init("freepbx", from: .name),
      .callID: .init("1.2", from: .name), .duration: .init("61.5", from: .asterisk),
      .talk: .init("60", from: .asterisk), .endedBy: .init("customer", from: .freeswitch),
      .channels: .init("2", from: .sidecar), .disposition: .init("answered", from: .asterisk),
    ],
    conflicts: [
      .init(
        .endedBy, .init("customer", from: .freeswitch), against: .init("agent", from: .sound), "They differ.")
    ], notKnown: [NotMeasured(field: "from", reason: "withheld")])

  @Test func columnsSayWhatTheSummarySays() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    var call = CallSummary.sample(path)
    call.take(metadata)
    try store.record(call, of: path)
    let row = try #require(try folder.rows("SELECT * FROM call_metadata").first)
    for (column, value) in row { #expect(!value.isNull, "\(column)") }
    row.holds([
      "customer_number": "+491", "line_number": "600", "record_duration_s": 61.5, "record_talk_s": 60.0,
      "record_channels": 2, "recorder_call_id": "1.2", "record_ended_by": "customer",
    ])
    let conflict = try #require(try folder.rows("SELECT * FROM conflicts").first)
    conflict.holds([
      "field": "ended_by", "known_source": "freeswitch_cdr", "against": "agent", "against_source": "sound",
    ])
    let source = try folder.column("SELECT source FROM metadata_sources WHERE field = 'queue'")
    #expect(source == values("asterisk_cdr"))
    let view = try #require(try folder.rows("SELECT * FROM calls_with_metadata").first)
    view.holds(["conflicts": "They differ.", "agent": "Anna", "started_at": "2026-01-31T09:00:00+01:00"])
    let followed = try #require(try store.followedCalls().first)
    #expect(followed.start == 1_769_846_400 && followed.customer == "+491" && followed.queue == "sales")
  }

  @Test func whatComesLaterIsKeptBesideTheSound() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(CallSummary.sample(path), of: path)
    // The row says what follows from prompts; what the sound alone said stands beside it.
    try store.keep(prompts: [1: ([], CallSummary.sample(path, ending: .voicemail))])
    #expect(try store.keep(metadata, ofCallAt: path))
    #expect(try !store.keep(metadata, ofCallAt: path))
    let known = try #require(try store.heardCall(at: path))
    #expect(known.call.ending == .voicemail && known.metadata?.contains("Anna") == true)
    #expect(try store.summaryAsHeard(of: 1)?.metadata == metadata)
    #expect(try folder.column("SELECT started_at FROM calls") == values("2026-01-31T09:00:00+01:00"))
    try store.keep(prompts: [1: ([], nil)])
    #expect(try folder.column("SELECT queue FROM call_metadata") == values("sales"))
    #expect(try store.keep(nil, ofCallAt: path))
    #expect(try folder.rows("SELECT * FROM call_metadata").isEmpty)
    #expect(try folder.rows("SELECT * FROM conflicts").isEmpty)
    #expect(try folder.column("SELECT started_at FROM calls") == values(nil))
    #expect(try store.heardCall(at: RecordingPath("/nowhere.wav")) == nil)
    #expect(try !store.keep(metadata, ofCallAt: RecordingPath("/nowhere.wav")))
  }

  @Test func reportsTakeTheDaysOfThePlace() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    for (index, start) in ["2026-01-30T23:30:00+01:00", "2026-01-31T00:30:00+01:00"].enumerated() {
      let path = RecordingPath("/share/\(index).wav")
      let finding = Finding(.deadAir, .alert, start: 1, end: 2, party: .agent, message: "m")
      var call = CallSummary.sample(path, startedAt: start, findings: [finding])
      call.recording.sha256 = "\(index)"
      try store.record(call, of: path)
    }
    let day = try store.reportedCalls(days: "2026-01-31"..."2026-01-31")
    #expect(day.map(\.call.path) == ["/share/1.wav"] && day[0].hasAlert)
    #expect(day[0].findings[0].party == .agent && day[0].deadAir == 12.5)
    #expect(try store.reportedCalls(days: nil).count == 2)
    try store.record(.notAudio, of: RecordingPath("/share/x.wav"))
    #expect(try store.reportedFailures(days: nil).map(\.message) == ["It is not_audio."])
    #expect(try store.reportedFailures(days: "2000-01-01"..."2000-01-02").isEmpty)
  }
}
