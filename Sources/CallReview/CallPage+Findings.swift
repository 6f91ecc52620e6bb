import CallModel
import CallReports

extension CallPage {
  /// What deserves a listener, numbered as `clip --finding` takes it.
  var findings: Escaped<HTML> {
    let findings = call.findingsByWeight
    var text: Escaped<HTML> = "<section class=\"card\" id=\"findings\">\n<h2>Listen to</h2>\n"
    if findings.isEmpty {
      text += "<p class=\"calm\">Nothing: no figure of this call crossed its threshold.</p>\n"
    }
    text += "<ol class=\"findings\">\n"
    for (index, finding) in findings.enumerated() { text += item(finding, number: index + 1) }
    return text + "</ol>\n<div id=\"notes\" hidden><h3>Notes</h3><ul></ul></div>\n</section>\n"
  }

  private func item(_ finding: Finding, number: Int) -> Escaped<HTML> {
    let (start, end) = (clock(finding.start), clock(finding.end))
    let isAlert = finding.severity == .alert
    return """
      <li class="finding \(finding.severity.rawValue)" data-finding="\(number - 1)">
      <a class="jump" href="#t=\(fixed(finding.start, 1))-\(fixed(finding.end, 1))"><span class="number">\(number)\
      </span><span class="unseen">\(isAlert ? "Alert" : "Notice"), </span><span class="when">\
      \(start == end ? start : "\(start)–\(end)")</span></a>
      <div><p class="message"><span aria-hidden="true" class="sign">\(isAlert ? "!" : "i")</span>\(finding.message)</p>
      <p class="basis">\(basis(of: finding))</p></div>
      </li>

      """
  }

  /// What a finding rests on: its figure, its threshold, its kind.
  private func basis(of finding: Finding) -> String {
    let kind = finding.code.rawValue.replacing("_", with: " ").capitalised
    let party = finding.party.map { ", \($0.rawValue)" } ?? ""
    guard let value = finding.value, let threshold = finding.threshold else { return "\(kind)\(party)" }
    func number(_ value: Double) -> String { fixed(value, value == value.rounded() ? 0 : 2) }
    return "\(kind)\(party): measured \(number(value)), threshold \(number(threshold))"
  }
}
