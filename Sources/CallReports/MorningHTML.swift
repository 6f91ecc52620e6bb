public import CallFollowUp
import CallModel

/// The morning's report as one self-contained page of HTML: no script, no font, no picture. Text from outside
/// is escaped.
public func morningHTML(_ report: MorningReport, title: String, limit: Int) -> String {
  var body = "<h1>\(htmlEscaped(title))</h1>\n"
  body += report.sentences.map { "<p>\(htmlEscaped($0))</p>\n" }.joined()
  body += "<h2>Listen to</h2>\n"
  if report.list.isEmpty { body += "<p>Nothing: no figure crossed its threshold.</p>\n" }
  body += "<ol class=\"calls\">\n"
  for entry in report.list.prefix(limit) { body += item(entry) }
  body += "</ol>\n"
  if report.list.count > limit { body += "<p>And \(report.list.count - limit) more.</p>\n" }
  for kind in MorningReport.Kind.allCases { body += figures(report.groups.filter { $0.kind == kind }, kind) }
  if !report.groups.isEmpty { body += "<p class=\"note\">\(htmlEscaped(morningLegend))</p>\n" }
  if !report.failures.isEmpty {
    body += "<h2>Not analysed</h2>\n<ul>\n"
    for failure in report.failures {
      body +=
        "<li><span class=\"path\">\(htmlEscaped(failure.path))</span> \(htmlEscaped(failure.message))</li>\n"
    }
    body += "</ul>\n"
  }
  return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <title>\(htmlEscaped(title))</title>
    <style>\(styleSheet)</style>
    </head>
    <body>
    <main>
    \(body)</main>
    </body>
    </html>

    """
}

private func item(_ entry: MorningReport.Entry) -> String {
  let call = entry.call
  let facts: [(String, String?)] = [
    ("Customer", call.customer), ("Line", call.line), ("Queue", call.queue), ("Agent", call.agent),
    ("Length", clock(call.duration)), ("Ending", call.ending.phrase),
  ]
  var text = "<li><h3>\(htmlEscaped(when(call)))</h3>\n<p class=\"path\">\(htmlEscaped(call.path))</p>\n<dl>"
  for (name, value) in facts {
    if let value { text += "<div><dt>\(name)</dt><dd>\(htmlEscaped(value))</dd></div>" }
  }
  text += "</dl>\n<ul class=\"reasons\">\n"
  for reason in entry.reasons {
    let place = reason.start.map { "<b>\(clock($0))</b> " } ?? ""
    let kind = reason.isAlert ? "<em>Alert</em> " : ""
    text +=
      "<li class=\"\(reason.isAlert ? "alert" : "notice")\">\(kind)\(place)\(htmlEscaped(reason.message))</li>\n"
  }
  return text + "</ul></li>\n"
}

private func figures(_ groups: [MorningReport.Group], _ kind: MorningReport.Kind) -> String {
  guard !groups.isEmpty else { return "" }
  let names = ["Calls", "Alerts", "Of all", "Bad", "Length", "Agent's talk", "Dead air", "Answered after"]
  let heading = kind.heading.prefix(1) + kind.heading.dropFirst().lowercased()
  var text = "<h2>\(heading)</h2>\n<table>\n<thead><tr><th scope=\"col\">Name</th>"
  text += names.map { "<th scope=\"col\">\($0)</th>" }.joined() + "</tr></thead>\n<tbody>\n"
  for group in groups {
    let cells = [
      "\(group.calls)", "\(group.alerts)", shareRange(group.alertShare), "\(group.bad)",
      spread(group.duration, clock), spread(group.agentShare, unit: " %") { fixed($0 * 100, 0) },
      spread(group.deadAir, unit: " s") { fixed($0, 1) }, spread(group.answer, unit: " s") { fixed($0, 1) },
    ]
    let rank = group.rank.map { "\($0). " } ?? ""
    text += "<tr><th scope=\"row\">\(rank)\(htmlEscaped(group.name))</th>"
    text += zip(names, cells).map { "<td data-name=\"\($0)\">\(htmlEscaped($1))</td>" }.joined() + "</tr>\n"
  }
  return text + "</tbody>\n</table>\n"
}

/// Text as HTML shows it, in elements and in quoted attributes; controls and invisible characters are made visible.
func htmlEscaped(_ text: String) -> String {
  var out = ""
  for character in visible(text) {
    switch character {
    case "&": out += "&amp;"
    case "<": out += "&lt;"
    case ">": out += "&gt;"
    case "\"": out += "&quot;"
    case "'": out += "&#39;"
    default: out.append(character)
    }
  }
  return out
}

private let styleSheet = """
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
