public import CallModel

/// What the reader's terminal can show.
public struct PageStyle: Sendable, Hashable {
  /// Whether characters outside ASCII may be written.
  public var unicode: Bool
  /// Whether ANSI colours may be written; a colour never carries a meaning alone.
  public var colour: Bool

  /// A page with or without these.
  public init(unicode: Bool, colour: Bool) {
    self.unicode = unicode
    self.colour = colour
  }

  enum Tint: String {
    case plain = ""
    case strong = "1"
    case faint = "2"
    case alert = "1;31"
    case agent = "36"
    case customer = "33"
  }

  func tint(_ party: Party) -> Tint { party == .agent ? .agent : .customer }

  func paint(_ text: String, _ tint: Tint) -> String {
    colour && tint != .plain && !text.isEmpty ? "\u{1B}[\(tint.rawValue)m\(text)\u{1B}[0m" : text
  }

  var ellipsis: String { unicode ? "…" : "..." }
  var dot: String { unicode ? "·" : "-" }
}

/// One call for a person: lines of at most 80 columns, from what deserves a listener to the figures. Ends with a
/// line end.
public func inspectPage(_ call: CallSummary, style: PageStyle) -> String {
  Page(call: call, style: style).lines.map { $0.withoutTrailingBlanks.withPlainBlanks + "\n" }.joined()
}

/// A failed recording for a person: its name and the sentence, on one line without a line end.
public func failureSentence(_ failure: CallFailure, style: PageStyle) -> String {
  "\(visible(failure.path, unicode: style.unicode)): "
    + "\(visible(failure.error.message, unicode: style.unicode)) (\(failure.error.code.rawValue))"
}

private struct Page {
  static let width = 80

  let call: CallSummary
  let style: PageStyle

  private var sentences: CallSentences { CallSentences(call, outside: safe) }

  var lines: [String] {
    header + [""] + findings + ["", heading("TIMELINE") + style.paint("  one column is \(bucket)", .faint)]
      + Timeline(call: call, style: style).lines + [""] + table + [""] + together + [""]
      + section("OPENING", sentences.opening) + section("ENDING", sentences.ending)
      + section("LINE", sentences.line) + notMeasured
  }

  // MARK: What file, and who is who

  private var header: [String] {
    let recording = call.recording
    let duration = clock(recording.duration.rounded())
    let room = Self.width - duration.count - 2
    let name = safe(recording.path).ending(in: room, mark: style.ellipsis).left(room)
    let facts = [recording.startedAt.map(safe) ?? "date unknown", sentences.format, sentences.status]
    return [style.paint(name, .strong) + "  " + style.paint(duration, .strong)]
      + facts.joined(separator: " \(style.dot) ").wrapped(Self.width) + notes
      + sentences.roles.wrapped(Self.width)
  }

  /// What the header has wrong; what is a finding as well stands there.
  private var notes: [String] {
    let faults = (call.recording.faults ?? []).map(\.message)
    return (call.recording.notes ?? []).filter { !faults.contains($0) }.flatMap {
      safe($0).wrapped(Self.width)
    }
  }

  // MARK: What to listen to

  /// At most ten, alerts first, to keep the page short.
  private var findings: [String] {
    guard !call.findings.isEmpty else {
      return [heading("LISTEN TO") + "  nothing: no figure crossed its threshold."]
    }
    let sorted = call.findingsByWeight
    let times = sorted.map { finding in
      let (start, end) = (clock(finding.start), clock(finding.end))
      return start == end ? start : "\(start)-\(end)"
    }
    let width = times.map(\.count).max() ?? 0
    var lines = [heading("LISTEN TO")]
    for (finding, time) in zip(sorted, times).prefix(10) {
      let indent = 4 + width + 2
      for (index, text) in safe(finding.message).wrapped(Self.width - indent).enumerated() {
        let mark = finding.severity == .alert ? "!" : style.dot
        let lead = index > 0 ? "".left(indent) : "  \(mark) \(time.left(width))  "
        lines.append(style.paint(lead, finding.severity == .alert ? .alert : .strong) + text)
      }
    }
    if sorted.count > 10 { lines.append("  and \(sorted.count - 10) more") }
    return lines
  }

  private var bucket: String {
    let seconds = Timeline(call: call, style: style).bucket
    return seconds < 1 ? "\(fixed(seconds * 1000, 0)) ms" : length(seconds)
  }

  // MARK: The figures

  private var table: [String] {
    typealias Figure = (head: String, unit: String, width: Int, value: (PartySummary, Party?) -> String?)
    let figures: [Figure] = [
      ("talk", "", 9, { voice, _ in voice.talk.map(length) }),
      ("share", "", 6, { voice, _ in voice.talkShare.map(percent) }),
      ("turns", "", 6, { voice, _ in voice.turns.map(String.init) }),
      ("longest", "turn", 10, { voice, _ in voice.longestTurn.map(length) }),
      ("answers", "in, s", 9, { voice, _ in voice.responseLatency?.median.map { fixed($0, 1) } }),
      ("level", "dBov", 7, { voice, _ in voice.level.map { fixed($0, 1) } }),
      ("noise", "dBov", 7, { voice, _ in voice.noise.map { fixed($0, 1) } }),
      ("inter-", "rupts", 8, { _, party in count(call.conversation.interruptions, party) }),
      ("back-", "chan.", 7, { _, party in count(call.conversation.backchannels, party) }),
    ]
    func line(_ name: String, _ cells: [String]) -> String {
      "  " + name.left(9) + zip(figures, cells).map { $1.right($0.width) }.joined()
    }
    return [line("", figures.map(\.head)), line("", figures.map(\.unit))].map { style.paint($0, .faint) }
      + call.voices.map { voice in
        style.paint(
          line(voice.name, figures.map { $0.value(voice.measures, voice.party) ?? "-" }),
          voice.party.map(style.tint) ?? .plain)
      }
  }

  private func count(_ counts: CountByParty, _ party: Party?) -> String? {
    switch party {
    case .agent?: counts.agent.map(String.init)
    case .customer?: counts.customer.map(String.init)
    case nil: nil
    }
  }

  private var together: [String] {
    let talk = call.conversation
    let silences = talk.deadAirCounts["5"].map { " (\($0) of 5 s or more)" } ?? ""
    return [
      "Both spoke \(talk.overlap.map(length) ?? "-"), nobody spoke \(length(talk.mutualSilence)), "
        + "dead air \(length(talk.deadAir))\(talk.deadAir > 0 ? silences : ""), hold \(length(talk.hold))."
    ].flatMap { $0.wrapped(Self.width - 2) }.map { "  " + $0 }
  }

  // MARK: What is unknown

  /// Each reason once; the figures by name where they are few.
  private var notMeasured: [String] {
    var figures: [String: [String]] = [:]
    for item in call.notMeasured {
      let words = item.field.split { $0 == "." || $0 == "_" }.drop { $0 == "parties" }
      figures[item.reason, default: []].append(safe(words.joined(separator: " ")))
    }
    let reasons = figures.sorted { $0.key < $1.key }.map { reason, names in
      "\(names.count > 4 ? "\(names.count) figures" : names.joined(separator: ", ")) (\(safe(reason)))"
    }
    return section("UNKNOWN", reasons.isEmpty ? "" : reasons.joined(separator: "; ") + ".")
  }

  // MARK: Parts

  private func safe(_ text: String) -> String { visible(text, unicode: style.unicode) }

  private func heading(_ text: String) -> String { style.paint(text, .strong) }

  /// A heading with sentences beside it; nothing without any.
  private func section(_ name: String, _ text: String) -> [String] {
    guard !text.isEmpty else { return [] }
    return text.wrapped(Self.width - 9).enumerated().map { index, line in
      (index == 0 ? heading(name.left(9)) : "".left(9)) + line
    }
  }
}
