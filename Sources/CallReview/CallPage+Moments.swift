import CallModel
import CallReports

extension CallPage {
  /// Everything that the picture shows as a table, by start, for who cannot see it or wants to search.
  var moments: Escaped<HTML> {
    var text: Escaped<HTML> = """
      <section class="card" id="moments">
      <h2>All moments</h2>
      <p class="found" role="status"></p>
      <div class="scroll" tabindex="0" role="region" aria-label="All moments">
      <table>
      <thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">Lasts</th><th scope="col">What</th>\
      </tr></thead>
      <tbody>

      """
    for row in rows { text += cells(row) }
    if rows.isEmpty { text += "<tr><td colspan=\"4\">Nothing but talk.</td></tr>\n" }
    return text + """
      </tbody>
      </table>
      </div>
      <details id="talk"><summary>Who talks when</summary>
      <table>
      <thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">Lasts</th><th scope="col">Who</th>\
      </tr></thead>
      <tbody></tbody>
      </table>
      </details>
      </section>

      """
  }

  private func cells(_ row: Moment) -> Escaped<HTML> {
    let link = "#t=\(fixed(row.range.start, 1))-\(fixed(row.range.end, 1))"
    return """
      <tr data-mark="\(row.mark)"><td><a class="jump" href="\(link)">\(clock(row.range.start))</a></td>\
      <td>\(clock(row.range.end))</td><td>\(length(row.range.duration))</td><td>\(row.words)</td></tr>

      """
  }

  /// A line of the table. Its mark is the number by which the picture finds the words: `event-3`.
  private struct Moment {
    let mark: String
    let range: TimeRange
    let words: String
  }

  private var rows: [Moment] {
    var rows = call.events.enumerated().map { index, event in
      Moment(mark: "event-\(index)", range: event.range, words: words(for: event))
    }
    for voice in call.voices {
      guard let line = voice.measures.line else { continue }
      for (name, span) in [("lost packets", line.dropoutSpan), ("repeated packets", line.repeatSpan)] {
        guard let span else { continue }
        let id = "\(name.split(separator: " ")[0])-\(voice.name)"
        rows.append(Moment(mark: id, range: span, words: "\(name.capitalised), \(voice.name)'s line"))
      }
    }
    for (index, range) in (call.conversation.sameSound ?? []).enumerated() {
      rows.append(Moment(mark: "same-\(index)", range: range, words: "Both channels carry the same sound"))
    }
    let end = call.recording.duration
    let last = call.ending.cutParty.flatMap { call[$0].talkspurts?.last?.end } ?? end
    rows.append(
      Moment(
        mark: "ending", range: TimeRange(min(last, end), end),
        words: "The end: \(CallSentences(call).endingVerdict ?? "how is unknown")"))
    return rows.sorted { ($0.range.start, $0.range.end) < ($1.range.start, $1.range.end) }
  }

  private func words(for event: CallEvent) -> String {
    let sure = event.confidence.map { ", \(percent($0)) sure" } ?? ""
    let moved = (event.features ?? []).map { feature in
      "\(feature.name) \(fixed(feature.before, 1)) to \(fixed(feature.after, 1))"
    }
    return label(of: event).capitalised + sure + (moved.isEmpty ? "" : ": " + moved.joined(separator: ", "))
  }
}
