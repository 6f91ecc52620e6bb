import CallModel
import CallReports

extension CallPage {
  /// The figures of both parties beside each other, then those of the call. Each says how it is measured, how sure it is,
  /// or why it is unknown.
  var figures: Escaped<HTML> {
    let voices = call.voices.map { Voice(call: call, party: $0.party, measures: $0.measures) }
    let heads: [Escaped<HTML>] = call.voices.map { voice in
      "<th scope=\"col\"><span class=\"who \(voice.name)\">\(voice.name.capitalised)</span></th>"
    }
    var text: Escaped<HTML> = """
      <section class="card" id="figures">
      <h2>Figures</h2>
      <table>
      <thead><tr><th scope="col"><span class="unseen">Figure</span></th>\(heads.joined() as Escaped<HTML>)</tr></thead>
      <tbody>

      """
    for figure in Figure<Voice>.ofVoice { text += row(figure, voices) }
    text += "</tbody>\n<tbody>\n"
    for figure in Figure<CallSummary>.ofCall { text += row(figure) }
    return text + "</tbody>\n</table>\n</section>\n"
  }

  private func row(_ figure: Figure<Voice>, _ voices: [Voice]) -> Escaped<HTML> {
    let cells: [Escaped<HTML>] = voices.map { voice in
      let path = voice.path(of: figure.field)
      return
        "<td>\(cell(figure.value(voice), figure.measured + doubt(about: figure.field, voice), path))</td>"
    }
    return "<tr><th scope=\"row\">\(figure.name)</th>\(cells.joined() as Escaped<HTML>)</tr>\n"
  }

  private func row(_ figure: Figure<CallSummary>) -> Escaped<HTML> {
    """
    <tr><th scope="row">\(figure.name)</th><td colspan="\(call.voices.count)">\
    \(cell(figure.value(call), figure.measured, figure.field))</td></tr>

    """
  }

  private func cell(_ value: String?, _ measured: String, _ path: String) -> Escaped<HTML> {
    let words = value == nil ? "Unknown: \(reason(for: path)). \(measured)" : measured
    return explained(value, words, id: "figure-\(path.replacing(".", with: "-"))")
  }

  /// Why a field is nil; that of the object it belongs to where the whole object is.
  private func reason(for path: String) -> String {
    call.notMeasured.first { path == $0.field || path.hasPrefix($0.field + ".") }?.reason
      ?? "it was not measured"
  }

  /// How sure a figure is, and how it is spread, where that is known.
  private func doubt(about field: String, _ voice: Voice) -> String {
    let measures = voice.measures
    switch field {
    case "talk_share":
      return switch measures.talkConfidence {
      case .high?: " Sure: it moves by less than 5 points when the threshold of speech moves by 3 dB."
      case .low?: " Not sure: it depends on the threshold of speech, or on who was taken for whom."
      case nil: ""
      }
    case "response_latency_s":
      guard let spread = measures.responseLatency, let low = spread.p10, let high = spread.p90 else {
        return ""
      }
      return " Of \(spread.count) answers, eight in ten lie between \(fixed(low, 1)) and \(fixed(high, 1)) s."
    case "pitch_hz":
      return measures.pitch.map {
        " Eight in ten values lie between \(fixed($0.p10, 0)) and \(fixed($0.p90, 0)) Hz."
      } ?? ""
    case "talk_s":
      return measures.talkRatio.map { " It is \(percent($0)) of the recording." } ?? ""
    default: return ""
    }
  }

  /// How it began and ended and what the lines were like, in sentences.
  var sentences: Escaped<HTML> {
    let words = CallSentences(call)
    var text: Escaped<HTML> = "<section class=\"card\">\n<h2>In words</h2>\n<dl class=\"words\">\n"
    for (name, sentence) in [("Opening", words.opening), ("Ending", words.ending), ("Line", words.line)]
    where !sentence.isEmpty {
      text += "<dt>\(name)</dt><dd>\(sentence)</dd>\n"
    }
    return text + "</dl>\n</section>\n"
  }

  /// What could not be measured, each reason once.
  var unknown: Escaped<HTML> {
    guard !call.notMeasured.isEmpty else { return "" }
    let reasons = Dictionary(grouping: call.notMeasured, by: \.reason).sorted { $0.key < $1.key }
    let items: [Escaped<HTML>] = reasons.map { reason, fields in
      "<li>\(reason.capitalised): \(fields.map(\.field).joined(separator: ", "))</li>\n"
    }
    return """
      <details class="card" id="unknown"><summary>Not measured: \(call.notMeasured.count)</summary>
      <ul>
      \(items.joined() as Escaped<HTML>)</ul></details>

      """
  }
}
