public import CallFollowUp
import CallModel

/// An audit for a person, in lines of at most `width` columns: how many of each kind, what repeats, then the first `limit`
/// calls of each kind. `title` says which calls it is about.
public func auditPage(
  _ audit: CallAudit, title: String, limit: Int, width: Int = 100, style: PageStyle
) -> String {
  var page = PlainPage(width: width)
  page.text(visible("\(title). \(audit.coverage)", unicode: style.unicode))
  let kinds = audit.counts
  if kinds.isEmpty, audit.withRecord > 0 { page.text("Records and recordings agree.") }
  if audit.recordings > 0, audit.withRecord == 0 {
    page.text("Nothing is compared: no record was read, or none fits. `talkspurt doctor` says what is read.")
  }
  for (kind, number) in kinds { page.item("\(number) \(kind.words)") }
  if !audit.repeats.isEmpty {
    page.text("")
    page.head("WHAT REPEATS")
    for entry in audit.repeats { page.item(visible(entry.sentence, unicode: style.unicode)) }
  }
  for (kind, number) in kinds {
    page.text("")
    page.head(kind.words.uppercased())
    for entry in audit.entries.lazy.filter({ $0.kind == kind }).prefix(limit) { page.add(entry, style) }
    if number > limit { page.text("And \(number - limit) more.") }
  }
  return page.text
}

extension PlainPage {
  /// A call with what is wrong with it.
  fileprivate mutating func add(_ entry: CallAudit.Entry, _ style: PageStyle) {
    let facts = [
      beginning(entry.startedAt), entry.call.map { "call \($0)" }, entry.line.map { "line \($0)" },
      entry.agent.map { "agent \($0)" },
    ]
    let place = entry.path.map { "\($0): " } ?? ""
    item(
      visible(
        facts.compactMap(\.self).joined(separator: ", ") + ". " + place + entry.message,
        unicode: style.unicode))
  }
}

extension CallAudit {
  /// How many recordings have a record, as a sentence.
  var coverage: String {
    if recordings == 0 { return "There are no recordings." }
    let name = recordings == 1 ? "recording has" : "recordings have"
    return "\(withRecord) of \(recordings) \(name) a record of the exchange."
  }

  /// How many calls have each kind, without kinds that none has.
  var counts: [(kind: Kind, calls: Int)] {
    let numbers = Dictionary(grouping: entries, by: \.kind).mapValues(\.count)
    return Kind.allCases.compactMap { kind in numbers[kind].map { (kind, $0) } }
  }
}

extension CallAudit.Kind {
  /// In a list.
  var words: String {
    switch self {
    case .noRecording: "answered by the record, without a recording"
    case .noRecord: "recorded, without a record"
    case .oneSide: "one side only"
    case .nobodyHeard: "answered by the record, nobody heard"
    case .conversationHeard: "not answered by the record, a conversation heard"
    case .swappedRoles: "roles swapped, by the ringing"
    case .hungUp: "another party hung up by the record than by the sound"
    case .duration: "another duration by the record than by the sound"
    }
  }
}

extension CallAudit.Repeat {
  /// As in "Line 14: one side only in 12 of 12 calls."
  var sentence: String {
    "\(by == .line ? "Line" : "Agent") \(name): \(kind.words) in \(affected) of \(count(calls, "call", "calls"))."
  }
}
