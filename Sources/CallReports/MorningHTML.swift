public import CallFollowUp
import CallModel

/// The morning's report as one self-contained page of HTML: no script, no font, no picture.
public func morningHTML(_ report: MorningReport, title: String, limit: Int) -> String {
  let page: Escaped<HTML> = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <title>\(title)</title>
    <style>\(styleSheet)</style>
    </head>
    <body>
    <main>
    \(content(report, title: title, limit: limit))</main>
    </body>
    </html>

    """
  return page.text
}

private func content(_ report: MorningReport, title: String, limit: Int) -> Escaped<HTML> {
  var body: Escaped<HTML> = "<h1>\(title)</h1>\n"
  for sentence in report.sentences { body += "<p>\(sentence)</p>\n" }
  body += "<h2>Listen to</h2>\n"
  if report.list.isEmpty { body += "<p>Nothing: no figure crossed its threshold.</p>\n" }
  body += "<ol class=\"calls\">\n"
  for entry in report.list.prefix(limit) { body += item(entry) }
  body += "</ol>\n"
  if report.list.count > limit { body += "<p>And \(report.list.count - limit) more.</p>\n" }
  for kind in MorningReport.Kind.allCases { body += figures(report.groups.filter { $0.kind == kind }, kind) }
  if !report.groups.isEmpty { body += "<p class=\"note\">\(morningLegend)</p>\n" }
  guard !report.failures.isEmpty else { return body }
  body += "<h2>Not analysed</h2>\n<ul>\n"
  for failure in report.failures {
    body += "<li><span class=\"path\">\(failure.path)</span> \(failure.message)</li>\n"
  }
  return body + "</ul>\n"
}

private func item(_ entry: MorningReport.Entry) -> Escaped<HTML> {
  let call = entry.call
  let facts: [(String, String?)] = [
    ("Customer", call.customer), ("Line", call.line), ("Queue", call.queue), ("Agent", call.agent),
    ("Length", clock(call.duration)), ("Ending", call.ending.phrase),
  ]
  var text: Escaped<HTML> = "<li><h3>\(when(call))</h3>\n<p class=\"path\">\(call.path)</p>\n<dl>"
  for (name, value) in facts {
    if let value { text += "<div><dt>\(name)</dt><dd>\(value)</dd></div>" }
  }
  text += "</dl>\n<ul class=\"reasons\">\n"
  for reason in entry.reasons {
    let place: Escaped<HTML> = reason.start.map { "<b>\(clock($0))</b> " } ?? ""
    let kind: Escaped<HTML> = reason.isAlert ? "<em>Alert</em> " : ""
    text +=
      "<li class=\"\(reason.isAlert ? "alert" : "notice")\">\(kind)\(place)\(reason.message)</li>\n"
  }
  return text + "</ul></li>\n"
}

private func figures(_ groups: [MorningReport.Group], _ kind: MorningReport.Kind) -> Escaped<HTML> {
  guard !groups.isEmpty else { return "" }
  let names = ["Calls", "Alerts", "Of all", "Bad", "Length", "Agent's talk", "Dead air", "Answered after"]
  let heading = String(kind.heading.prefix(1) + kind.heading.dropFirst().lowercased())
  var text: Escaped<HTML> = "<h2>\(heading)</h2>\n<table>\n<thead><tr><th scope=\"col\">Name</th>"
  for name in names { text += "<th scope=\"col\">\(name)</th>" }
  text += "</tr></thead>\n<tbody>\n"
  for group in groups {
    let cells = [
      "\(group.calls)", "\(group.alerts)", shareRange(group.alertShare), "\(group.bad)",
      spread(group.duration, clock), spread(group.agentShare, unit: " %") { fixed($0 * 100, 0) },
      spread(group.deadAir, unit: " s") { fixed($0, 1) }, spread(group.answer, unit: " s") { fixed($0, 1) },
    ]
    let rank = group.rank.map { "\($0). " } ?? ""
    text += "<tr><th scope=\"row\">\(rank)\(group.name)</th>"
    for (name, cell) in zip(names, cells) { text += "<td data-name=\"\(name)\">\(cell)</td>" }
    text += "</tr>\n"
  }
  return text + "</tbody>\n</table>\n"
}

private let styleSheet: Escaped<HTML> = """
  :root { --text: #1b1f24; --soft: #57606a; --line: #d0d7de; --page: #ffffff; --alert: #b42318; }
  @media (prefers-color-scheme: dark) {
    :root { --text: #e6edf3; --soft: #9da7b1; --line: #3a424c; --page: #14181d; --alert: #ff8a80; }
  }
  body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
  main { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
  h3 { font-size: 1rem; margin: 0; display: inline; } p { margin: .25rem 0; max-width: 60rem; }
  .calls { padding-left: 1.6rem; } .calls > li { border-top: 1px solid var(--line); padding: .75rem 0; }
  .path { color: var(--soft); font-size: .85rem; overflow-wrap: anywhere; }
  dl { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; margin: .25rem 0; }
  dl div { display: flex; gap: .4rem; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
  .reasons { list-style: none; margin: .25rem 0 0; padding: 0; }
  .reasons li { border-left: 3px solid var(--line); padding-left: .6rem; margin: .2rem 0; }
  .reasons .alert { border-color: var(--alert); } em { color: var(--alert); font-style: normal; font-weight: 600; }
  .note { color: var(--soft); font-size: .85rem; }
  table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9rem; }
  th, td { border-bottom: 1px solid var(--line); padding: .35rem .5rem; text-align: right; vertical-align: top; }
  th:first-child { text-align: left; overflow-wrap: anywhere; } thead th { color: var(--soft); font-weight: 500; }
  @media (max-width: 50rem) {
    thead { display: none; } table, tbody, tr, th, td { display: block; }
    tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
    th, td { border: 0; padding: .1rem 0; text-align: left; }
    td { display: flex; justify-content: space-between; gap: 1rem; }
    td::before { content: attr(data-name); color: var(--soft); }
  }
  """
