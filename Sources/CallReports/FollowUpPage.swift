public import CallFollowUp
import CallModel

/// The follow-up for a person, in lines of at most `width` columns: who was not called back first, then who called
/// again, then the lines that nobody answered by hour.
public func followUpPage(_ followUp: FollowUp, width: Int = 100, style: PageStyle) -> String {
  var page = PlainPage(width: width)
  let bad = followUp.bad
  page.head("CALLED BACK")
  if bad.isEmpty {
    page.text(
      followUp.leftOut.isEmpty
        ? "No call ended badly." : "No call ended badly of those that can be followed; see what is left out.")
  } else {
    page.text(followUp.callbackSentence)
    page.addBadCalls(of: followUp, style)
  }
  page.text("")
  page.head("CALLED AGAIN")
  page.text(followUp.repeatSentence)
  page.text("")
  page.head("NOT ANSWERED, BY HOUR")
  page.addHours(of: followUp, style)
  if !followUp.leftOut.isEmpty {
    page.text("")
    page.head("LEFT OUT")
    for (why, number) in followUp.leftOut.sorted(by: { $0.key < $1.key }) {
      page.item("\(count(number, "call", "calls")): \(why)")
    }
  }
  return page.text
}

extension PlainPage {
  /// The calls that ended badly and were not called back in time, or of which it is not known yet.
  fileprivate mutating func addBadCalls(of followUp: FollowUp, _ style: PageStyle) {
    let bad = followUp.bad, promise = interval(followUp.rules.promise)
    let due = bad.filter { $0.isInTime.value == false }, open = bad.filter { $0.isInTime.value == nil }
    for (name, calls) in [("Not within \(promise)", due), ("Not known yet", open)] where !calls.isEmpty {
      text("")
      text("\(name):")
      for entry in calls {
        let never =
          entry.knownFor >= followUp.rules.horizon ? "never called back" : "not called back so far"
        let back =
          entry.calledBackAfter.value.map { "called back after \(interval($0))" }
          ?? entry.isInTime.reason ?? never
        let again = entry.calledAgainAfter.value.map { ", called again after \(interval($0))" } ?? ""
        item("\(when(entry.call)) \(who(entry.call, style)) \(entry.call.ending.phrase): \(back)\(again)")
      }
    }
  }

  /// The lines with the hours in which calls were not answered.
  fileprivate mutating func addHours(of followUp: FollowUp, _ style: PageStyle) {
    let lines = Dictionary(grouping: followUp.hours, by: \.line).sorted { ($0.key ?? "") < ($1.key ?? "") }
    if lines.isEmpty { text("No call of a customer has a known start.") }
    for (line, hours) in lines {
      let missed = hours.filter { $0.unanswered > 0 }
      let calls = hours.reduce(0) { $0 + $1.calls }, unanswered = hours.reduce(0) { $0 + $1.unanswered }
      let name = line.map { visible($0, unicode: style.unicode) } ?? "line not known"
      let list = missed.map { "\($0.hour):00 \($0.unanswered)/\($0.calls)" }.joined(separator: ", ")
      item("\(name): \(unanswered) of \(calls)" + (list.isEmpty ? "" : ": \(list)"))
    }
  }
}

extension FollowUp {
  /// How the promise was kept, as a sentence.
  var callbackSentence: String {
    // Near the end of the data only those that were called back are known. The share counts only calls after
    // which the data go on for long enough.
    let decided = bad.filter { $0.knownFor >= rules.promise }
    let kept = decided.count { $0.isInTime.value == true }, known = decided.count, open = bad.count - known
    let ended = count(bad.count, "call", "calls") + " ended badly"
    if known == 0 { return "\(ended); whether they were called back in time is not known yet." }
    return "\(ended); \(kept) of \(known) called back within \(interval(rules.promise))"
      + (open > 0 ? ", \(open) not known yet." : ".")
  }

  /// Who called again, as a sentence.
  var repeatSentence: String {
    func share(_ known: KeyPath<InboundCall, Known<Bool>>, _ span: String, _ length: Double) -> String {
      let decided = inbound.filter { $0.knownFor >= length }.compactMap { $0[keyPath: known].value }
      let open = inbound.count - decided.count
      if decided.isEmpty { return "within \(span) not known yet" }
      let rest = open > 0 ? " (\(open) not known yet)" : ""
      return "\(decided.count { $0 }) of \(decided.count) within \(span)\(rest)"
    }
    let put = "put through, within \(interval(rules.transfer))."
    let transfers = inbound.reduce(0) { $0 + $1.transfers }
    return "\(count(inbound.count, "matter", "matters")) of customers; called again about: "
      + share(\.repeatedInDay, "24 hours", rules.day) + ", "
      + share(\.repeatedInWeek, "7 days", rules.horizon) + "."
      + (transfers == 0 ? "" : " \(count(transfers, "call", "calls")) \(put)")
  }
}

extension Ending.Kind {
  /// In a line of a list.
  var phrase: String {
    switch self {
    case .natural: "ended"
    case .cutOff: "was cut off"
    case .abandonedOnHold: "left on hold"
    case .abandonedInQueue: "left the queue"
    case .systemPrompt: "heard only an announcement"
    case .voicemail: "reached a voicemail"
    case .fax: "was a fax"
    case .noConversation: "reached nobody"
    case .truncatedRecording: "is cut short"
    case .unknown: "ended"
    }
  }
}

/// A span for a person: `45 s`, `12 min`, `2 h 5 min`, `3 days`.
func interval(_ seconds: Double) -> String {
  let whole = Int(max(0, seconds.rounded()))
  switch whole {
  case ..<120: return "\(whole) s"
  case ..<7200: return "\(whole / 60) min"
  case ..<172_800: return "\(whole / 3600) h" + (whole / 60 % 60 > 0 ? " \(whole / 60 % 60) min" : "")
  default: return "\(whole / 86_400) days"
  }
}

/// When a call began: `2026-01-31 09:00`.
func when(_ call: FollowedCall) -> String { beginning(call.startedAt) }

/// A start in ISO 8601 as `2026-01-31 09:00`.
func beginning(_ startedAt: String?) -> String {
  startedAt.map { visible(String($0.prefix(16).map { $0 == "T" ? " " : $0 })) } ?? "start not known"
}

/// Who called: the customer's number, or the name of the recording.
func who(_ call: FollowedCall, _ style: PageStyle) -> String {
  visible(call.customer ?? RecordingPath(call.path).name.text, unicode: style.unicode)
}
