import CallModel
import CallRecords
import TestSupport
import Testing

@Suite struct MergingTests {
  var rules = MetadataRules()
  let call: CallSummary = {
    var call = CallSummary.sample()
    call.recording.duration = 60
    call.ending.cutParty = nil
    call.ending.firstLegGone = nil
    return call
  }()

  init() {
    rules.clock = WallClock("Europe/Berlin")
    rules.region = "DE"
  }

  func merged(
    _ evidence: Evidence..., modified: Double? = nil, change: (inout CallSummary) -> Void = { _ in }
  ) throws -> CallMetadata {
    var call = call
    change(&call)
    return try #require(CallMetadata(evidence, rules: rules, modified: modified, call: HeardCall(call)))
  }

  /// An exchange knows the telephone, a recorder the person.
  @Test func anExtensionAndANameAreNoConflict() throws {
    let named = Evidence(.sidecar, fields: [.agent: "Anna"])
    let known = try merged(named, Evidence(.asterisk, fields: [.agent: "1001", .legs: "2"]))
    #expect(known[.agent] == "Anna" && known[.legs] == "2" && known.conflicts == [])
    let other = try merged(named, Evidence(.asterisk, fields: [.agent: "Berta"]))
    #expect(other.conflicts.map(\.field) == [.agent])
  }

  /// Who gave up before the answer is the caller, and that is the customer of a call that came in.
  @Test(arguments: [("inbound", "customer"), ("outbound", "agent")])
  func theCallerIsAParty(direction: String, party: String) throws {
    let merged = try merged(Evidence(.freeswitch, fields: [.direction: direction, .endedBy: "caller"]))
    #expect(merged[.endedBy] == party)
  }

  @Test func sourcesAreMergedAndSaidWhereTheyDiffer() throws {
    let merged = try merged(
      Evidence(
        .asterisk, fields: [.from: "030 1234567", .to: "600", .duration: "61", .direction: "inbound"],
        started: .local(1_769_850_000)),
      Evidence(
        .name, fields: [.from: "0301234567", .to: "601", .queue: "600"], started: .exact(1_769_846_401)))
    #expect(merged[.customer] == "+49301234567" && merged[.line] == "600" && merged[.queue] == "600")
    #expect(merged.fields[.startedAt] == .init("2026-01-31T09:00:01+01:00", from: .name))
    #expect(merged.fields[.from]?.source == .asterisk)
    #expect(merged.conflicts.map(\.field) == [.to])
    #expect(merged.conflicts[0].message == "Asterisk's record says to 600, The name 601.")
  }

  @Test func theNightTheClockIsSetBack() throws {
    let shown = Evidence(.name, started: CallTime("2026-10-25 02:30:00"))
    let summer = 1_792_888_200.0
    #expect(try merged(shown, modified: summer + 61)[.startedAt] == "2026-10-25T02:30:00+02:00")
    #expect(try merged(shown, modified: summer + 3661)[.startedAt] == "2026-10-25T02:30:00+01:00")
    let unknown = try merged(shown, modified: summer + 90_000)
    #expect(unknown[.startedAt] == nil)
    #expect(unknown.notKnown.map(\.reason) == ["the clock showed 2026-10-25 02:30:00 twice: it was set back"])
    let epoch = Evidence(.sidecar, started: .exact(summer + 3600))
    #expect(try merged(shown, epoch)[.startedAt] == "2026-10-25T02:30:00+01:00")
    let never = try merged(Evidence(.name, started: CallTime("2026-03-29 02:30:00")))
    #expect(never.notKnown.map(\.reason) == ["2026-03-29 02:30:00 does not exist: the clock was set forward"])
  }

  @Test func aClockWithoutAZoneIsNotGuessed() throws {
    let shown = Evidence(.name, started: CallTime("2026-01-31 09:00:00"))
    let unknown = CallMetadata([shown], rules: MetadataRules(), modified: nil, call: HeardCall(call))
    #expect(unknown?[.startedAt] == nil && unknown?.notKnown.count == 1)
    #expect(CallMetadata([], rules: rules, modified: nil, call: HeardCall(call)) == nil)
  }

  @Test func theSoundSpeaksAgainstTheRecord() throws {
    let record = Evidence(
      .freeswitch,
      fields: [.endedBy: "customer", .duration: "300", .talk: "290", .channels: "1", .disposition: "busy"])
    let conflicts = try merged(record) {
      $0.ending = Ending(kind: .cutOff, abrupt: true, cutParty: .customer, confidence: 0.9, evidence: [])
    }.conflicts
    #expect(conflicts.map(\.field) == [.talk, .channels, .endedBy, .disposition])
    #expect(
      conflicts[2].message
        == "FreeSWITCH's record says that the customer hung up;"
        + " the sound suggests that the customer was cut off in mid-word.")
    let legs = try merged(Evidence(.sidecar, fields: [.endedBy: "customer"])) {
      $0.ending.firstLegGone = .agent
    }
    #expect(legs.conflicts.map(\.against) == [.init("agent", from: .sound)])
    let agreed = Evidence(
      .sidecar, fields: [.endedBy: "customer", .duration: "75", .talk: "58", .channels: "2"])
    #expect(try merged(agreed) { $0.ending.firstLegGone = .customer }.conflicts.isEmpty)
  }

  @Test func directionCallerAndAgentAreTold() throws {
    let out = try merged(Evidence(.asterisk, fields: [.from: "201", .to: "0301234567", .endedBy: "caller"]))
    #expect(out[.direction] == "outbound" && out[.customer] == "+49301234567" && out[.agent] == "201")
    #expect(out[.endedBy] == "agent")
    let unclear = try merged(Evidence(.sidecar, fields: [.endedBy: "caller", .from: "anonymous"]))
    #expect(unclear[.endedBy] == nil && Set(unclear.notKnown.map(\.field)) == ["from", "ended_by"])
  }
}
