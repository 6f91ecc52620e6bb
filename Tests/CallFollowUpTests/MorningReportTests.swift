import CallModel
import Testing

@testable import CallFollowUp

@Suite struct MorningReportTests {
  func reported(
    _ id: Int64, queue: String? = nil, agent: String? = nil, _ findings: [Finding] = [],
    conflicts: [String] = [],
    duration: Double = 60, sha256: String? = nil
  ) -> ReportedCall {
    ReportedCall(
      call: FollowedCall(
        id: id, path: "/\(id).wav", startedAt: nil, start: Double(id), duration: duration,
        direction: "inbound", customer: nil, line: nil, queue: queue, agent: agent, callID: nil,
        sha256: sha256 ?? "\(id)", ending: .natural), findings: findings, conflicts: conflicts,
      agentShare: 0.5,
      deadAir: nil, answeredAt: nil)
  }

  func report(_ calls: [ReportedCall]) -> MorningReport {
    MorningReport(of: calls, followUp: FollowUp(of: []), failures: [])
  }

  let alert = Finding(.customerCutOff, .alert, start: 50, end: 60, message: "a")
  let notice = Finding(.deadAir, .notice, start: 10, end: 20, message: "n")

  @Test func alertsStandBeforeNoticesAndConflicts() {
    let report = report([
      reported(1), reported(2, [notice]), reported(3, [notice, alert]), reported(4, conflicts: ["c"]),
      reported(5, [alert]), reported(6, [notice, notice, notice]), reported(7, [alert], sha256: "5"),
    ])
    #expect(report.list.map(\.call.id) == [3, 5, 4, 2, 6])
    #expect(report.list.map(\.points) == [12, 10, 3, 2, 2])
    #expect(report.list[0].reasons.map(\.code) == ["customer_cut_off", "dead_air"])
    #expect(report.list[4].reasons.count == 3)
    #expect(report.calls == 6 && report.alerts == 2)
  }

  @Test func whoWasNotCalledBackStandsHigher() {
    func call(_ id: Int64, at start: Double, _ ending: Ending.Kind) -> FollowedCall {
      FollowedCall(
        id: id, path: "/\(id).wav", startedAt: "2026-01-31T09:00:00Z", start: start, duration: 60,
        direction: "inbound", customer: "+49\(id)", line: nil, queue: nil, agent: nil, callID: nil,
        sha256: "\(id)", ending: ending)
    }
    let calls = [call(1, at: 0, .voicemail), call(2, at: 9000, .natural)]
    let report = MorningReport(
      of: calls.map {
        ReportedCall(call: $0, findings: [], conflicts: [], agentShare: nil, deadAir: nil, answeredAt: nil)
      }, followUp: FollowUp(of: calls), failures: [])
    #expect(report.list.map(\.call.id) == [1])
    #expect(report.list[0].reasons.map(\.message) == ["The customer was not called back so far."])
  }

  @Test func fewCallsAndPeopleAreNotRanked() {
    var calls: [ReportedCall] = []
    for index in 0..<60 {
      let queue = index < 19 ? "few" : (index < 39 ? "good" : "bad")
      let every = index < 39 ? 9 : 3
      let findings = index % every == 0 ? [alert] : []
      calls.append(
        reported(Int64(index), queue: queue, agent: "anna", findings, duration: Double(index)))
    }
    let groups = report(calls).groups
    #expect(groups.map(\.name) == ["bad", "good", "few", "anna"])
    #expect(groups.map(\.rank) == [1, 2, nil, nil])
    #expect(groups.map(\.calls) == [21, 20, 19, 60])
    #expect(groups[2].duration.median == 9 && groups[2].duration.p90 == 16.2)
    #expect(groups[3].agentShare.count == 60 && groups[3].deadAir.count == 0)
  }

  @Test func intervalsHoldForFewAndForNone() {
    // Newcombe 1998, table I: 15 of 148 is 0.0624 to 0.1605, 0 of 20 is 0 to 0.1611.
    let some = MorningReport.wilson(15, of: 148), none = MorningReport.wilson(0, of: 20)
    #expect(abs(some.lowerBound - 0.0624) < 0.0005 && abs(some.upperBound - 0.1605) < 0.0005)
    #expect(none.lowerBound < 1e-9 && abs(none.upperBound - 0.1611) < 0.0005)
    #expect(MorningReport.wilson(0, of: 0) == 0...1)
  }
}
