import CallModel
import CallReports
import TestSupport
import Testing

@testable import CallStore

@Suite struct TablesOfAStore {
  /// A call in which every column of the table is known but those of one channel and the failure.
  private func whole(_ path: RecordingPath) -> CallSummary {
    let findings = [
      Finding(.deadAir, .alert, start: 1, end: 9, message: "Nobody spoke."),
      Finding(.escalation, .notice, start: 10, end: 11, message: "Louder."),
      Finding(.deadAir, .alert, start: 20, end: 29, message: "Nobody spoke."),
    ]
    var call = CallSummary.sample(path, startedAt: "2026-01-31T23:30:00+01:00", findings: findings)
    call.parties.agent.talkConfidence = .high
    call.parties.agent.line?.repeatsPerMinute = 0.5
    call.conversation.floorTransfer = Distribution(of: [-0.4, 0.2, 0.6], decimals: 3)
    call.conversation.legSkew = 0.04
    call.ending.tail = 1.5
    call.ending.evidence = ["the leg fell silent in mid-word", "a tone; then nothing"]
    call.events.append(CallEvent(.prompt, start: 110, end: 112.5, leg: .agent))
    call.events.append(CallEvent(.prompt, start: 120, end: 121, leg: .agent))
    return call
  }

  private func rows(of store: CallStore) throws -> [[String: CSVField]] {
    var rows: [[String: CSVField]] = []
    try store.forEachCallRow(in: Selection()) { row in
      #expect(row.count == CallsTable.header.count)
      rows.append(Dictionary(uniqueKeysWithValues: zip(CallsTable.header, row)))
    }
    return rows
  }

  @Test func aRowHoldsTheSummary() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    let call = whole("/share/call.wav")
    try store.record(call, of: "/share/call.wav")
    let row = try #require(try rows(of: store).first)
    let expected: [String: CSVField] = [
      "path": .text("/share/call.wav"), "path_b64": .unknown,
      "started_at": .text("2026-01-31T23:30:00+01:00"), "duration_s": .number(245.38),
      "status": .text("ok"), "bytes": .integer(4_000), "sha256": .text(call.recording.sha256),
      "channels": .integer(2), "roles_source": .text("given"), "roles_confidence": .number(1),
      "agent_channel": .integer(0), "agent_talk_s": .number(101), "agent_talk_confidence": .text("high"),
      "agent_turns": .integer(102), "agent_response_latency_count": .integer(1),
      "agent_response_latency_p90_s": .number(0.1), "customer_pitch_p10_hz": .number(200),
      "customer_pitch_p90_hz": .number(208), "customer_one_way": .flag(true), "agent_one_way": .flag(false),
      "customer_talk_confidence": .unknown, "mixed_talk_s": .unknown, "mixed_one_way": .unknown,
      "floor_transfer_count": .integer(3), "floor_transfer_median_s": .number(0.2),
      "floor_transfer_p10_s": .number(-0.28), "floor_transfer_p90_s": .number(0.52),
      "dead_air_count_from_3_s": .integer(5), "agent_interruptions": .integer(6),
      "first_speaker": .text("agent"), "ending_kind": .text("natural"), "ending_abrupt": .flag(true),
      "ending_evidence": .text("the leg fell silent in mid-word; a tone; then nothing"),
      "findings": .text("dead_air escalation"), "alert_count": .integer(2),
      "analysis_version": .text("1"), "settings_hash": .text("a"), "failure_code": .unknown,
      "prompt_s": .number(3.5), "agent_repeats_per_min": .number(0.5), "customer_repeats_per_min": .unknown,
      "leg_skew_s": .number(0.04), "ending_tail_s": .number(1.5),
    ]
    for (column, field) in expected { #expect(row[column] == field, "\(column)") }
  }

  /// Whatever a summary has under the path of a column stands in that column, for one channel too.
  @Test func noColumnIsForgotten() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(whole("/share/two.wav"), of: "/share/two.wav")
    var mono = CallSummary.sample("/share/one.wav")
    mono.mixed = whole("/share/two.wav").parties.agent
    mono.parties = Parties(agent: PartySummary(), customer: PartySummary())
    try store.record(mono, of: "/share/one.wav")
    let rows = try rows(of: store)
    let known = Set(rows.flatMap { $0.filter { $0.value != .unknown }.keys })
    let unknown = Set(CallsTable.header).subtracting(known)
    #expect(
      unknown == [
        "path_b64", "customer_talk_confidence", "customer_repeats_per_min", "failure_code", "failure_message",
      ])
    for (column, field) in rows[0] where column.hasPrefix("mixed_") {
      let name = "agent_" + column.dropFirst(6)
      #expect(field == rows[1][name], "\(column)")
    }
  }

  @Test func aFailureIsARowAndHasNoEvents() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(.notAudio, of: latin1)
    let row = try #require(try rows(of: store).first)
    #expect(row["path"] == .text("/share/caf\u{FFFD}.wav"))
    #expect(row["path_b64"] == .text("L3NoYXJlL2NhZukud2F2"))
    #expect(row["status"] == .text("failed") && row["failure_code"] == .text("not_audio"))
    #expect(row.values.count { $0 != .unknown } == 5)
    try store.forEachEventRow(in: Selection()) { Issue.record("\($0)") }
  }

  @Test func eventsAreRows() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(CallSummary.sample("/share/call.wav"), of: "/share/call.wav")
    var lines: [String] = []
    try store.forEachEventRow(in: Selection()) { lines.append(csvLine($0)) }
    #expect(
      lines == [
        "/share/call.wav,interruption,agent,successful,,,,10.0,11.5,0.9,\r\n",
        "/share/call.wav,hold,,,,music,agent,60.0,105.0,,\r\n",
      ])
  }

  /// Prompts that are heard later change the row too.
  @Test func aRowFollowsThePrompts() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    try store.record(CallSummary.sample("/a.wav"), of: "/a.wav")
    var told = CallSummary.sample("/a.wav", ending: .voicemail)
    told.ending.evidence = ["a prompt"]
    try store.keep(prompts: [1: ([], told)])
    #expect(try rows(of: store)[0]["ending_kind"] == .text("voicemail"))
    #expect(try rows(of: store)[0]["ending_evidence"] == .text("a prompt"))
  }
}
