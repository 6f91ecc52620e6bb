public import CallFollowUp
import CallModel

/// The morning's report for a person, in lines of at most `width` columns: the first `limit` calls worth hearing
/// with their reasons, then figures. `title` says which calls it is about.
public func morningPage(
  _ report: MorningReport, title: String, limit: Int, width: Int, style: PageStyle
) -> String {
  var page = PlainPage(width: width)
  page.head(title)
  for sentence in report.sentences { page.text(sentence) }
  page.text("")
  page.head("LISTEN TO")
  if report.list.isEmpty { page.text("Nothing: no figure crossed its threshold.") }
  for (index, entry) in report.list.prefix(limit).enumerated() {
    let call = entry.call
    let place = [call.customer, call.queue ?? call.line, call.agent].compactMap { $0 }.map {
      visible($0, unicode: style.unicode)
    }
    let facts = [when(call)] + place + [clock(call.duration), call.ending.phrase]
    page.item("\(index + 1). " + facts.joined(separator: ", "), indent: 0)
    page.item(visible(call.path, unicode: style.unicode), indent: 3)
    for reason in entry.reasons {
      let from = reason.start.map { "\(clock($0)) " } ?? ""
      page.item(
        (reason.isAlert ? "! " : "- ") + from + visible(reason.message, unicode: style.unicode), indent: 3)
    }
  }
  if report.list.count > limit { page.text("And \(report.list.count - limit) more.") }
  for kind in MorningReport.Kind.allCases {
    let groups = report.groups.filter { $0.kind == kind }
    guard !groups.isEmpty else { continue }
    page.text("")
    let nameWidth = max(10, width - 54)
    func line(_ name: String, _ cells: [String]) {
      let widths = [6, 7, 10, 5, 17, 9]
      let short = name.columns > nameWidth ? name.ending(in: nameWidth, mark: style.ellipsis) : name
      page.head(short.left(nameWidth) + zip(cells, widths).map { $0.right($1) }.joined())
    }
    line(kind.heading, ["calls", "alerts", "of all", "bad", "length", "talk"])
    for group in groups {
      let name = (group.rank.map { "\($0). " } ?? "") + visible(group.name, unicode: style.unicode)
      line(
        name,
        [
          "\(group.calls)", "\(group.alerts)", shareRange(group.alertShare), "\(group.bad)",
          spread(group.duration, clock), group.agentShare.median.map { fixed($0 * 100, 0) + " %" } ?? "-",
        ])
    }
  }
  if !report.groups.isEmpty {
    page.text("")
    page.text(morningLegend)
  }
  if !report.failures.isEmpty {
    page.text("")
    page.head("NOT ANALYSED")
    for failure in report.failures {
      page.item(
        "\(visible(failure.path, unicode: style.unicode)): \(visible(failure.message, unicode: style.unicode))"
      )
    }
  }
  return page.text
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
