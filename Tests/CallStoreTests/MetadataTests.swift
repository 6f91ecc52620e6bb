import CallFollowUp
import CallModel
import CallStore
import Foundation
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
    let report = try store.morningReport(CallPeriod(), rules: FollowUpRules())
    let followed = try #require(report.list.first?.call)
    #expect(followed.start == 1_769_846_400 && followed.customer == "+491" && followed.queue == "sales")
  }

  @Test func whatComesLaterIsKeptBesideTheSound() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(CallSummary.sample(path), of: path)
    // The row says what follows from prompts; what the sound alone said stands beside it.
    try store.keep(prompts: [1: ([], CallSummary.sample(path, ending: .voicemail))])
    try store.commit { try $0.take(metadata, of: 1) }
    let known = try #require(try store.facts(of: 1))
    #expect(known.heard.ending == .voicemail && known.metadata?.contains("Anna") == true)
    #expect(try folder.column("SELECT started_at FROM calls") == values("2026-01-31T09:00:00+01:00"))
    #expect(try folder.column("SELECT day FROM calls") == values("2026-01-31"))
    try store.keep(prompts: [1: ([], nil)])
    #expect(try folder.column("SELECT queue FROM call_metadata") == values("sales"))
    #expect(try folder.column("SELECT ending_kind FROM calls") == values("natural"))
    #expect(try store.facts(of: 2) == nil)
  }

  @Test func aSourceReplacesWhatItSaidItself() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(CallSummary.sample(path), of: path)
    try store.commit { writer in
      try writer.keep(Statement(.name, of: path, said: "a"), of: 1)
      try writer.keep(Statement(.sidecar, of: path, said: "b"), of: 1)
      try writer.keep(Statement(.name, of: path, said: "c"), of: 1)
    }
    #expect(try store.facts(of: 1)?.statements.map(\.said) == ["c", "b"])
    // Another analysis touches none of it.
    try store.record(CallSummary.sample(path, ending: .cutOff), of: path)
    #expect(try store.facts(of: 1)?.statements.count == 2)
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
    func report(_ period: CallPeriod) throws -> MorningReport {
      try store.morningReport(period, rules: FollowUpRules())
    }
    let day = try report(.day("2026-01-31"))
    #expect(day.list.map(\.call.path) == ["/share/1.wav"] && day.alerts == 1)
    #expect(day.list[0].reasons[0].message == "m")
    #expect(try report(CallPeriod()).calls == 2)
    try store.record(.notAudio, of: RecordingPath("/share/x.wav"))
    #expect(try report(CallPeriod()).failures.map(\.message) == ["It is not_audio."])
    #expect(try report(.day("2000-01-01")).failures.isEmpty)
    // The export of a day has the same calls.
    #expect(try store.paths { $0.period = .day("2026-01-31") } == ["/share/1.wav"])
  }

  /// What a run writes while a report is read is in the next one: calls, follow-up, failures and the last run are of one
  /// moment.
  @Test func aReportIsOfOneMoment() throws {
    let folder = try StoreFolder()
    let writer = try CallStore(at: folder.store)
    let first = try writer.beginRun(over: ["/share"], under: analysis)
    try writer.record(
      .analysed(.sample(path, startedAt: "2026-01-31T09:00:00+01:00")), of: file(path), under: analysis,
      run: first)
    try writer.endRun(first, counts: RunCounts(), stopped: false)
    let reader = try CallStore(reading: folder.store)
    var isWritten = false
    let report = try reader.morningReport(CallPeriod(), rules: FollowUpRules()) { call in
      guard !isWritten else { return call }
      isWritten = true
      let later = RecordingPath("/share/later.wav")
      #expect(throws: Never.self) {
        let run = try writer.beginRun(over: ["/share"], under: analysis)
        try writer.record(.sample(later, startedAt: "2026-01-31T10:00:00+01:00"), of: later)
        try writer.record(.malformed, of: RecordingPath("/share/bad.wav"))
        var notes = RunNotes()
        notes.complaints = ["Master.csv: gone."]
        try writer.endRun(run, counts: RunCounts(), notes: notes, stopped: false)
      }
      return call
    }
    #expect(isWritten)
    #expect(report.calls == 1 && report.failures.isEmpty && report.notes.isEmpty)
    let next = try reader.morningReport(CallPeriod(), rules: FollowUpRules())
    #expect(next.calls == 2 && next.failures.count == 1 && next.notes.count == 1)
  }

  /// What is told of a day from a store of many days is what the whole store tells of it.
  @Test func aDayIsFollowedUpFromTheCallsThatMatter() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    for number in 0..<400 {
      let path = RecordingPath("/share/\(number).wav")
      let moment = 1_769_846_400 + number * 7200
      let start = Date(timeIntervalSince1970: Double(moment)).formatted(.iso8601)
      let ending: Ending.Kind = number % 3 == 0 ? .abandonedInQueue : .natural
      var call = CallSummary.sample(path, ending: ending)
      call.take(
        CallMetadata(fields: [
          .startedAt: .init(start, from: .name), .customer: .init("+49\(number % 17)", from: .name),
          .direction: .init(number % 5 == 1 ? "outbound" : "inbound", from: .name),
        ]))
      try store.record(call, of: path)
    }
    let rules = FollowUpRules()
    for day in ["2026-02-01", "2026-02-10", "2026-03-04"] {
      let narrow = try store.followUp(.day(day), rules: rules)
      let whole = try store.followUp(CallPeriod(), rules: rules)
      func isOfDay(_ call: FollowedCall) -> Bool { call.startedAt?.hasPrefix(day) == true }
      #expect(!narrow.bad.isEmpty && narrow.edge == whole.edge)
      #expect(narrow.bad == whole.bad.filter { isOfDay($0.call) }, "\(day)")
      #expect(narrow.inbound == whole.inbound.filter { isOfDay($0.call) }, "\(day)")
    }
  }
}
