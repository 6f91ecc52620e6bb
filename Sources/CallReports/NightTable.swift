public import CallModel

/// The night's calls for a person, one line each, what deserves a listener first: alerts before notices
/// before the rest, then by path; at the end what could not be analysed, with its reason. It keeps a line of
/// text per call, not the summaries.
public struct NightTable: Sendable {
  private let style: PageStyle
  private let width: Int
  private var calls: [Line] = []
  private var failures: [Line] = []

  private struct Line: Sendable {
    var name: String
    var path: RecordingPath
    var cells: [String] = []
    var note: String
    var alerts = 0
    var notices = 0
  }

  /// An empty table of lines of at most `width` columns; below 80 it takes 80.
  public init(style: PageStyle, width: Int) {
    self.style = style
    self.width = max(80, width)
  }

  /// Takes one recording.
  public mutating func add(_ outcome: CallOutcome) {
    switch outcome {
    case .analysed(let call):
      let interruptions = call.conversation.interruptions
      let by = [interruptions.agent, interruptions.customer].map { $0.map(String.init) ?? "-" }
      calls.append(
        Line(
          name: name(call.recording.path), path: RecordingPath(call.recording.path),
          cells: [
            clock(call.recording.duration), call.parties.agent.talkShare.map(percent) ?? "-",
            by == ["-", "-"] ? "-" : by.joined(separator: "/"), clock(call.conversation.deadAir),
            clock(call.conversation.hold), call.ending.words,
          ],
          note: note(call.findings), alerts: call.findings.count { $0.severity == .alert },
          notices: call.findings.count { $0.severity == .notice }))
    case .failed(let failure):
      failures.append(
        Line(
          name: name(failure.path), path: RecordingPath(failure.path),
          note: visible(failure.error.message, unicode: style.unicode)))
    }
  }

  /// The table, ending with a line end.
  public var text: String {
    let nameWidth = nameWidth
    var lines: [String] = []
    if !calls.isEmpty {
      let head = ["Length", "Agent", "Intr", "Dead", "Hold", "Ending"]
      lines.append(line("Recording", nameWidth, head, "Listen to"))
      let sorted = calls.sorted { ($1.alerts, $1.notices, $0.path) < ($0.alerts, $0.notices, $1.path) }
      lines += sorted.map { line($0.name, nameWidth, $0.cells, $0.note) }
      lines += ["", "Agent: share of talk. Intr: interruptions by agent/customer. -: not measured."]
    }
    if !failures.isEmpty {
      lines += (calls.isEmpty ? [] : [""]) + ["Not analysed"]
      lines += failures.sorted { $0.path < $1.path }.map { failure in
        let name = middle(failure.name, nameWidth).left(nameWidth)
        return name + "  " + beginning(failure.note, width - nameWidth - 2)
      }
    }
    let alerts = calls.count { $0.alerts > 0 }
    lines.append("")
    lines.append(
      count(calls.count, "call", "calls") + ", \(alerts) with an alert, \(failures.count) not analysed.")
    return lines.map { $0.withPlainBlanks.withoutTrailingBlanks + "\n" }.joined()
  }

  /// The columns between the name and the finding: a length, `100 %`, `12/34`, two times, an ending. Wider
  /// text takes room from the finding.
  private static let widths = [7, 5, 5, 6, 6, 12]
  private static let fixedWidth = widths.reduce(0, +) + widths.count + 2

  /// The width of the longest name, at most half of what is left.
  private var nameWidth: Int {
    let longest = (calls + failures).reduce("Recording".columns) { max($0, $1.name.columns) }
    return min(longest, (width - Self.fixedWidth) / 2)
  }

  private func line(_ name: String, _ nameWidth: Int, _ cells: [String], _ note: String) -> String {
    var line = middle(name, nameWidth).left(nameWidth)
    for (index, cell) in cells.enumerated() {
      let width = Self.widths[index]
      line += index == cells.count - 1 ? "  " + cell.left(width) : " " + cell.right(width)
    }
    line += " "
    return line + beginning(note, width - line.columns)
  }

  private func name(_ path: String) -> String {
    visible(RecordingPath(path).name.text, unicode: style.unicode)
  }

  /// The first alert, or else the first notice, with its place and how many more there are.
  private func note(_ findings: [Finding]) -> String {
    guard let first = findings.first(where: { $0.severity == .alert }) ?? findings.first else { return "" }
    let code = first.code.rawValue.replacing("_", with: " ")
    let more = findings.count > 1 ? " +\(findings.count - 1)" : ""
    return (first.severity == .alert ? "! " : "") + "\(clock(first.start)) \(code)\(more)"
  }

  /// `text` in at most `width` columns, its end cut away.
  private func beginning(_ text: String, _ width: Int) -> String {
    text.columns <= width ? text : text.prefix(columns: width - style.ellipsis.columns) + style.ellipsis
  }

  /// `text` in at most `width` columns, its middle cut away, because names differ at the end.
  private func middle(_ text: String, _ width: Int) -> String {
    guard text.columns > width else { return text }
    let kept = width - style.ellipsis.columns
    let end = String(String(text.reversed()).prefix(columns: kept - kept / 3).reversed())
    return text.prefix(columns: kept / 3) + style.ellipsis + end
  }
}

extension Ending {
  /// The kind in at most 12 columns.
  fileprivate var words: String {
    switch kind {
    case .natural: "natural"
    case .cutOff: cutParty.map { $0 == .agent ? "agent cut" : "customer cut" } ?? "cut off"
    case .abandonedOnHold: "left on hold"
    case .abandonedInQueue: "left queue"
    case .systemPrompt: "after prompt"
    case .voicemail: "voicemail"
    case .fax: "fax"
    case .noConversation: "no talk"
    case .truncatedRecording: "truncated"
    case .unknown: "unknown"
    }
  }
}

extension String {
  /// As many characters from the beginning as fit into `limit` columns.
  fileprivate func prefix(columns limit: Int) -> String {
    var kept = "", used = 0
    for character in self {
      let columns = String(character).columns
      guard used + columns <= limit else { break }
      kept.append(character)
      used += columns
    }
    return kept
  }
}
