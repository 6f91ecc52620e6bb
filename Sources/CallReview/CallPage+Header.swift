import CallModel
import CallReports

extension CallPage {
  /// The verdict in plain words, who is who, and what is known of the call.
  var header: Escaped<HTML> {
    let worst = call.findingsByWeight.first
    let verdict = worst?.message ?? "Nothing in this call asks for a listener."
    let more = call.findings.count - 1
    let kicker =
      switch worst?.severity {
      case .alert?: "Listen to this"
      case .notice?: "Worth knowing"
      case nil: "No figure crossed its threshold"
      }
    let others: Escaped<HTML> =
      more > 0 ? " <a class=\"more\" href=\"#findings\">and \(more) more</a>" : ""
    return """
      <header>
      <p class="kicker">\(kicker)</p>
      <h1 class="verdict \(worst?.severity.rawValue ?? "calm")">\(verdict)\(others)</h1>
      <p class="roles">\(CallSentences(call).roles)</p>
      <dl class="facts">\(facts.joined() as Escaped<HTML>)</dl>
      \(conflicts)</header>

      """
  }

  private var facts: [Escaped<HTML>] {
    let sound = "Measured in the recording."
    var facts: [(name: String, value: String?, source: String)] = [
      ("Recording", RecordingPath(call.recording.path).name.text, "The name of the file."),
      ("Length", length(call.recording.duration), sound),
      ("Ending", CallSentences(call).endingVerdict?.capitalised, CallSentences(call).ending),
    ]
    let fields: [(CallMetadata.Field, String)] = [
      (.startedAt, "Began"), (.direction, "Direction"), (.queue, "Queue"), (.agent, "Agent"),
      (.customer, "Customer"), (.line, "Line"), (.endedBy, "Hung up"), (.disposition, "Exchange says"),
    ]
    for (field, name) in fields {
      guard let value = call.metadata?.fields[field] else { continue }
      facts.append((name, value.value, value.source.words))
    }
    if call.recording.startedAt == nil { facts.append(("Began", nil, "No name and no record tells.")) }
    return facts.enumerated().map { index, fact in
      "<div><dt>\(fact.name)</dt><dd>\(explained(fact.value, fact.source, id: "fact-\(index)"))</dd></div>"
    }
  }

  private var conflicts: Escaped<HTML> {
    guard let conflicts = call.metadata?.conflicts, !conflicts.isEmpty else { return "" }
    let items: [Escaped<HTML>] = conflicts.map { "<li>\($0.message)</li>" }
    return "<ul class=\"conflicts\">\(items.joined() as Escaped<HTML>)</ul>\n"
  }
}

/// A value that says on hover and focus how it is known; an unknown one is a dash, and the words say why.
func explained(_ value: String?, _ words: String, id: String) -> Escaped<HTML> {
  let shown: Escaped<HTML> =
    value.map { "\($0)" } ?? "<span aria-hidden=\"true\">–</span><span class=\"unseen\">unknown</span>"
  return """
    <span class="explained" tabindex="0" aria-describedby="\(id)">\(shown)<span class="tip" role="tooltip" \
    id="\(id)">\(words)</span></span>
    """
}

extension CallMetadata.Source {
  /// Where a value comes from, as a sentence.
  fileprivate var words: String {
    switch self {
    case .name: "From the name of the recording."
    case .sidecar: "From the file beside the recording."
    case .asterisk: "From Asterisk's records."
    case .freeswitch: "From FreeSWITCH's record."
    case .sound: "Heard in the recording."
    }
  }
}
