public import CallFollowUp
import CallModel

/// The morning's report for a person, in lines of at most `width` columns, or of ``narrowestPage`` where that is more:
/// the first `limit` calls worth hearing with their reasons, then figures. `title` says which calls it is about;
/// `notes` are what the last run said.
public func morningPage(
  _ report: MorningReport, title: String, limit: Int, notes: [String] = [], width: Int, style: PageStyle
) -> String {
  var page = PlainPage(width: width)
  page.text(visible(title, unicode: style.unicode))
  for sentence in report.sentences { page.text(sentence) }
  page.text("")
  page.head("LISTEN TO")
  if report.list.isEmpty { page.text("Nothing: no figure crossed its threshold.") }
  for (index, entry) in report.list.prefix(limit).enumerated() {
    page.add(entry, number: index + 1, style)
  }
  if report.list.count > limit { page.text("And \(report.list.count - limit) more.") }
  for kind in MorningReport.Kind.allCases {
    page.add(report.groups.filter { $0.kind == kind }, kind, style)
  }
  if !report.groups.isEmpty {
    page.text("")
    page.text(morningLegend)
  }
  if !report.failures.isEmpty {
    page.text("")
    page.head("NOT ANALYSED")
    for failure in report.failures {
      page.item(visible("\(failure.path): \(failure.message)", unicode: style.unicode))
    }
  }
  if !notes.isEmpty { page.text("") }
  for note in notes { page.text(visible("Of the last run: \(note)", unicode: style.unicode)) }
  return page.text
}

/// The morning's report as the text of a message, in lines of at most 72 columns (RFC 5322 advises 78).
public func morningEmail(
  _ report: MorningReport, title: String, limit: Int, notes: [String]
) -> String {
  let style = PageStyle(unicode: true, colour: false)
  return EmailText.escape(
    // A column is left for the blank that EmailText may put before a line.
    morningPage(report, title: title, limit: limit, notes: notes, width: 71, style: style))
}

extension PlainPage {
  /// A call worth hearing, with its reasons.
  fileprivate mutating func add(_ entry: MorningReport.Entry, number: Int, _ style: PageStyle) {
    let call = entry.call
    let place = [call.customer, call.queue ?? call.line, call.agent].compactMap { $0 }.map {
      visible($0, unicode: style.unicode)
    }
    let facts = [when(call)] + place + [clock(call.duration), call.ending.phrase]
    item("\(number). " + facts.joined(separator: ", "), indent: 0)
    item(visible(call.path, unicode: style.unicode), indent: 3)
    for reason in entry.reasons {
      let from = reason.start.map { "\(clock($0)) " } ?? ""
      item((reason.isAlert ? "! " : "- ") + from + visible(reason.message, unicode: style.unicode), indent: 3)
    }
  }

  /// The figures of the queues, lines or agents.
  fileprivate mutating func add(
    _ groups: [MorningReport.Group], _ kind: MorningReport.Kind, _ style: PageStyle
  ) {
    guard !groups.isEmpty else { return }
    text("")
    let nameWidth = max(10, width - 54)
    func line(_ name: String, _ cells: [String]) -> String {
      let widths = [6, 7, 10, 5, 17, 9]
      return name.ending(in: nameWidth, mark: style.ellipsis).left(nameWidth)
        + zip(cells, widths).map { $0.right($1) }.joined()
    }
    head(line(kind.heading, ["calls", "alerts", "of all", "bad", "length", "talk"]))
    for group in groups {
      let name = (group.rank.map { "\($0). " } ?? "") + visible(group.name, unicode: style.unicode)
      let cells = [
        "\(group.calls)", "\(group.alerts)", shareRange(group.alertShare), "\(group.bad)",
        spread(group.duration, clock), group.agentShare.median.map { fixed($0 * 100, 0) + " %" } ?? "-",
      ]
      head(line(name, cells))
    }
  }
}

/// What the columns of the figures mean.
let morningLegend =
  "of all: 95 % interval of the share of calls with an alert; bad: ended badly;"
  + " length: median (p10-p90); talk: the agent's share, median. Queues and lines are ranked by alerts"
  + " from \(MorningReport.minimumToRank) calls on, agents never: listen before you judge."

extension MorningReport {
  /// What happened, in sentences.
  var sentences: [String] {
    let failed = failures.isEmpty ? "" : ", \(count(failures.count, "recording", "recordings")) not analysed"
    return ["\(count(calls, "call", "calls")), \(alerts) with an alert\(failed)."]
      + (followUp.bad.isEmpty ? [] : [followUp.callbackSentence])
      + (followUp.inbound.isEmpty ? [] : [followUp.repeatSentence])
  }
}

extension MorningReport.Kind {
  /// The heading of the figures.
  var heading: String {
    switch self {
    case .queue: "QUEUES"
    case .line: "LINES"
    case .agent: "AGENTS"
    }
  }
}

/// `6-26 %`.
func shareRange(_ share: ClosedRange<Double>) -> String {
  "\(fixed(share.lowerBound * 100, 0))-\(fixed(share.upperBound * 100, 0)) %"
}

/// `3:10 (1:00-9:10)`, `52 (40-61) %`; `-` where nothing was measured.
func spread(_ values: Distribution, unit: String = "", _ text: (Double) -> String) -> String {
  guard let median = values.median, let p10 = values.p10, let p90 = values.p90 else { return "-" }
  return "\(text(median)) (\(text(p10))-\(text(p90)))\(unit)"
}
