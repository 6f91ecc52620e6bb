import CallFollowUp
import CallModel
import Testing

/// A shorthand for calls of one customer.
private func call(
  _ id: Int64, at start: Double, lasting duration: Double = 60, _ direction: String = "inbound",
  _ ending: Ending.Kind = .natural, customer: String? = "+491", callID: String? = nil, sha256: String? = nil
) -> FollowedCall {
  FollowedCall(
    id: id, path: "/share/\(id).wav", startedAt: "2026-01-31T09:00:00+01:00", start: start,
    duration: duration,
    direction: direction, customer: customer, line: "+492", queue: nil, agent: nil, callID: callID,
    sha256: sha256 ?? "\(id)", ending: ending)
}

/// A call that only tells how far the data go.
private func edge(at moment: Double) -> FollowedCall {
  call(99, at: moment - 60, lasting: 60, customer: "+499")
}

@Suite struct FollowUpTests {
  let minute = 60.0, hour = 3600.0, day = 86_400.0

  @Test func aCallBackIsInTimeOrLateOrNotThere() throws {
    func bad(_ after: Double?) throws -> FollowUp.BadCall {
      let back = after.map { [call(2, at: 60 + $0, "outbound")] } ?? []
      let all = FollowUp(of: [call(1, at: 0, "inbound", .abandonedInQueue), edge(at: 30 * day)] + back)
      return try #require(all.bad.first)
    }
    let inTime = try bad(30 * minute)
    #expect(inTime.isInTime.value == true && inTime.calledBackAfter.value == 30 * minute)
    let late = try bad(31 * minute)
    #expect(late.isInTime.value == false && late.reachedAfter.value == 31 * minute)
    let never = try bad(nil)
    #expect(never.isInTime.value == false && never.calledBackAfter.value == nil)
    #expect(never.calledBackAfter.reason == "not within 7 days")
    let tooLate = try bad(8 * day)
    #expect(tooLate.calledBackAfter.value == nil)
  }

  @Test func whatComesAfterTheDataIsNotKnown() throws {
    func bad(edgeAfter: Double) throws -> FollowUp.BadCall {
      let calls = [call(1, at: 0, "inbound", .voicemail), edge(at: 60 + edgeAfter)]
      return try #require(FollowUp(of: calls).bad.first)
    }
    let early = try bad(edgeAfter: 12 * minute)
    #expect(early.isInTime.value == nil)
    #expect(
      early.isInTime.reason == "the data end 12 min after the call, before the 30 min are over")
    #expect(early.calledBackAfter.reason == "not by the end of the data, 12 min after the call")
    #expect(try bad(edgeAfter: 30 * minute).isInTime.value == false)
    // A call back that is there is known, however early the data end.
    let known = FollowUp(of: [call(1, at: 0, "inbound", .voicemail), call(2, at: 120, "outbound")])
    #expect(known.bad.first?.isInTime.value == true)
  }

  @Test func anAttemptIsNotAConversation() throws {
    let bad = try #require(
      FollowUp(of: [
        call(1, at: 0, "inbound", .cutOff), call(2, at: 360, "outbound", .noConversation),
        call(3, at: 960, "inbound"), call(4, at: 7260, "outbound"), edge(at: 30 * day),
      ]).bad.first)
    #expect(bad.calledBackAfter.value == 300 && bad.reachedAfter.value == 7200)
    #expect(bad.calledAgainAfter.value == 900)
  }

  @Test func onlyCallsThatEndedBadlyAreFollowed() {
    let kinds: [Ending.Kind] = [
      .natural, .cutOff, .abandonedOnHold, .abandonedInQueue, .systemPrompt, .voicemail, .noConversation,
      .truncatedRecording, .unknown,
    ]
    func followed(_ direction: String) -> [Ending.Kind] {
      kinds.filter { !FollowUp(of: [call(1, at: 0, direction, $0)]).bad.isEmpty }
    }
    #expect(followed("inbound") == Array(kinds[1...6]))
    #expect(followed("outbound") == [.cutOff, .abandonedOnHold])
    #expect(followed("internal").isEmpty)
  }

  @Test func repeatsAreToldFromTransfers() {
    func inbound(_ gaps: Double...) -> [FollowUp.InboundCall] {
      var start = 0.0
      var calls = [call(1, at: 0)]
      for (index, gap) in gaps.enumerated() {
        start += 60 + gap
        calls.append(call(Int64(index + 2), at: start))
      }
      return FollowUp(of: calls + [edge(at: start + 60 + 30 * day)]).inbound.filter {
        $0.call.customer == "+491"
      }
    }
    let transfer = inbound(14 * minute)
    #expect(transfer.count == 1 && transfer[0].transfers == 1 && transfer[0].repeatedInWeek.value == false)
    let again = inbound(15 * minute)
    #expect(again.map(\.repeatedInDay.value) == [true, false])
    let tomorrow = inbound(25 * hour)
    #expect(tomorrow.map(\.repeatedInDay.value) == [false, false])
    #expect(tomorrow.map(\.repeatedInWeek.value) == [true, false])
    #expect(inbound(8 * day).map(\.repeatedInWeek.value) == [false, false])
    // A transfer, then a repeat of both.
    #expect(inbound(minute, 2 * hour).map(\.repeatedInDay.value) == [true, false])
  }

  @Test func repeatsPastTheDataAreNotKnown() {
    let followUp = FollowUp(of: [call(1, at: 0), edge(at: 60 + 2 * day)])
    #expect(followUp.inbound[0].repeatedInDay.value == false)
    #expect(followUp.inbound[0].repeatedInWeek.value == nil)
    #expect(
      followUp.inbound[0].repeatedInWeek.reason
        == "the data end 2 days after the call, before the 7 days are over")
  }

  @Test func copiesAndPartsAreOneCall() {
    let followUp = FollowUp(of: [
      call(1, at: 0, "inbound", .natural, callID: "a"),
      call(2, at: 60, "inbound", .abandonedOnHold, callID: "a"),
      call(3, at: 3600, "inbound", sha256: "same"), call(4, at: 3600, "inbound", sha256: "same"),
      edge(at: 30 * day),
    ])
    #expect(followUp.inbound.count == 3)
    #expect(followUp.bad.map(\.call.id) == [1] && followUp.bad[0].call.duration == 120)
    #expect(followUp.bad[0].calledAgainAfter.value == 3480)
  }

  @Test func whatCannotBeFollowedIsCounted() {
    var unknown = call(1, at: 0)
    unknown.start = nil
    var either = call(2, at: 0)
    either.direction = nil
    let withheld = call(3, at: 0, "inbound", .voicemail, customer: nil)
    let followUp = FollowUp(of: [unknown, either, withheld])
    #expect(
      followUp.leftOut == [
        "when it began is not known": 1, "who called whom is not known": 1,
        "the customer's number is not known": 1,
      ])
    #expect(followUp.bad.map(\.isInTime.reason) == ["the customer's number is not known"])
    #expect(followUp.hours.map(\.unanswered) == [1])
    #expect(FollowUp(of: []).edge == nil)
  }

  @Test func theOrderOfCallsDoesNotMatter() {
    var calls: [FollowedCall] = []
    for index in 0..<40 {
      let start = Double(index * 997 % 40) * 1800
      let ending: Ending.Kind = index % 4 == 0 ? .cutOff : .natural
      let direction = index % 3 == 0 ? "outbound" : "inbound"
      calls.append(call(Int64(index), at: start, direction, ending, customer: "+49\(index % 5)"))
    }
    #expect(FollowUp(of: calls) == FollowUp(of: calls.reversed()))
  }

  @Test func pseudonymsKeepWhoIsWho() throws {
    #expect(Pseudonyms(key: Array(repeating: 1, count: 15)) == nil)
    // RFC 4231, test case 1, cut to 10 bytes.
    let rfc = try #require(Pseudonyms(key: Array(repeating: 0x0b, count: 20)))
    #expect(rfc.pseudonym(of: "Hi There") == "p-b0344c61d8db38535ca8")
    let other = try #require(Pseudonyms(key: Array(repeating: 2, count: 16)))
    #expect(rfc.pseudonym(of: "+491") != other.pseudonym(of: "+491"))
    let hidden = rfc.apply(to: call(7, at: 0))
    #expect(hidden.customer == rfc.pseudonym(of: "+491") && hidden.path == "call 7")
  }
}
