import CallModel
import Testing

@testable import CallFollowUp

/// Records of the exchange against the sound, call by call.
struct CallAuditTests {
  private func call(
    _ id: Int64, path: String = "/a.wav", line: String? = "14", agent: String? = nil,
    direction: String? = "inbound", ending: Ending.Kind = .natural,
    _ change: (inout AuditedCall) -> Void = { _ in }
  ) -> AuditedCall {
    var audited = AuditedCall(
      FollowedCall(
        id: id, path: path, startedAt: "2026-11-27T09:00:00+01:00", start: Double(id), duration: 60,
        direction: direction, customer: "+491", line: line, queue: nil, agent: agent, callID: "\(id)",
        sha256: "\(id)", ending: ending))
    (audited.hasRecord, audited.expectsRecord, audited.speech) = (true, true, 30)
    (audited.disposition, audited.talk) = ("answered", 50)
    change(&audited)
    return audited
  }

  private func audit(_ calls: [AuditedCall], unrecorded: [UnrecordedCall] = []) -> CallAudit {
    CallAudit(of: { take in calls.forEach(take) }, unrecorded: unrecorded)
  }

  private func kinds(_ call: AuditedCall) -> [CallAudit.Kind] { audit([call]).entries.map(\.kind) }

  @Test func whatAgreesIsNotListed() {
    let audit = audit([
      call(1),
      call(2) {
        $0.hasRecord = false; $0.expectsRecord = false
      },
    ])
    #expect(audit.entries.isEmpty && audit.repeats.isEmpty)
    #expect(audit.recordings == 2 && audit.withRecord == 1)
  }

  @Test func whatIsMissingIsListed() throws {
    let missing = UnrecordedCall(
      callID: "1784016000.9", startedAt: "2026-11-27T08:00:00+01:00", start: 0, talk: 75, line: "14")
    let audit = audit([call(7) { $0.hasRecord = false }], unrecorded: [missing])
    #expect(audit.entries.map(\.kind) == [.noRecording, .noRecord])
    #expect(audit.entries[0].call == nil && audit.entries[0].callID == "1784016000.9")
    #expect(
      audit.entries[0].message
        == "Answered by the record for 75 s; there is no recording of call 1784016000.9.")
    #expect(audit.entries[1].call == 7 && audit.entries[1].path == "/a.wav")
  }

  @Test func answeredAndNobodyHeardNeedsSomeTalk() {
    #expect(kinds(call(1) { $0.speech = 0 }) == [.nobodyHeard])
    #expect(kinds(call(1, ending: .noConversation)) == [.nobodyHeard])
    for change in [
      { $0.speech = nil }, { ($0.speech, $0.talk) = (0, 2) },
      { ($0.speech, $0.disposition) = (0, "no answer") },
    ] as [(inout AuditedCall) -> Void] {
      #expect(kinds(call(1, change)).isEmpty)
    }
    #expect(kinds(call(1, ending: .fax) { $0.speech = 0 }).isEmpty)
  }

  /// Of an inbound call the agent's telephone rings, of an outbound one the customer's.
  @Test(arguments: [
    ("inbound", Party.agent, false), ("inbound", .customer, true), ("outbound", .customer, false),
    ("outbound", .agent, true), ("internal", .agent, false),
  ]) func theRingingTellsTheRoles(direction: String, ringing: Party, isSwapped: Bool) {
    #expect(
      kinds(call(1, direction: direction) { $0.ringing = ringing }) == (isSwapped ? [.swappedRoles] : []))
  }

  @Test func aLegThatIsMissingOrDeadIsOneSide() {
    func leg(_ path: String, _ recorder: String) -> AuditedCall {
      call(1, path: path) { ($0.recorder, $0.channels) = (recorder, 1) }
    }
    #expect(kinds(leg("/x-1.2-in.wav", "asterisk")) == [.oneSide])
    #expect(kinds(leg("/x-1.2-out.wav", "vicidial")) == [.oneSide])
    #expect(kinds(leg("/x-1.2.wav", "asterisk")).isEmpty && kinds(leg("/x-in.wav", "verint")).isEmpty)
    #expect(kinds(call(1) { $0.deadLeg = "The agent's leg carries no sound at all." }) == [.oneSide])
    #expect(kinds(call(1) { $0.conflicts = [.init(.channels, "a")] }) == [.oneSide])
  }

  @Test func conflictsAreTheirKindOnce() {
    let conflicts: [AuditedCall.Conflict] = [
      .init(.endedBy, "a"), .init(.talk, "b"), .init(.duration, "c"), .init(.disposition, "d"),
      .init(.queue, "e"),
    ]
    let found = audit([call(1) { $0.conflicts = conflicts }]).entries
    #expect(found.map(\.kind) == [.conversationHeard, .hungUp, .duration])
    #expect(found.map(\.message) == ["d", "a", "b"])
  }

  /// Three calls and half of a line's, with those that have no recording.
  @Test func whatALineHasAgainAndAgainIsSaid() {
    func silent(_ id: Int64, _ line: String?) -> AuditedCall {
      call(id, line: line, agent: "Anna") { $0.deadLeg = "x" }
    }
    let rare = (10..<17).map { call($0, line: "15", agent: "Berta") }
    let audit = audit(
      [silent(1, "14"), silent(2, "14"), silent(3, "14"), silent(4, "15"), silent(5, "15"), silent(6, "15")]
        + rare
        + [silent(7, nil)],
      unrecorded: [UnrecordedCall(callID: "a", startedAt: "", start: 0, line: "14")])
    #expect(audit.repeats.map(\.name) == ["Anna", "14"])
    #expect(audit.repeats.map(\.by) == [.agent, .line] && audit.repeats.map(\.kind) == [.oneSide, .oneSide])
    #expect(audit.repeats.map(\.affected) == [7, 3] && audit.repeats.map(\.calls) == [7, 4])
  }
}
