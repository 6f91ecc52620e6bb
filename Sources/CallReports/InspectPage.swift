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

  var lines: [String] {
    header + [""] + findings + ["", heading("TIMELINE") + style.paint("  one column is \(bucket)", .faint)]
      + Timeline(call: call, style: style).lines + [""] + table + [""] + together + [""]
      + section("OPENING", opening) + section("ENDING", ending) + section("LINE", line) + notMeasured
  }

  // MARK: What file, and who is who

  private var header: [String] {
    let recording = call.recording
    let duration = clock(recording.duration.rounded())
    let room = Self.width - duration.count - 2
    let name = safe(recording.path).ending(in: room, mark: style.ellipsis).left(room)
    let format = "\(layout) \(safe(recording.container)), \(encoding), \(rate)"
    let facts = [recording.startedAt.map(safe) ?? "date unknown", format, status]
    return [style.paint(name, .strong) + "  " + style.paint(duration, .strong)]
      + facts.joined(separator: " \(style.dot) ").wrapped(Self.width) + notes + roles.wrapped(Self.width)
  }

  /// What the header has wrong; what is a finding as well stands there.
  private var notes: [String] {
    let faults = (call.recording.faults ?? []).map(\.message)
    return (call.recording.notes ?? []).filter { !faults.contains($0) }.flatMap {
      safe($0).wrapped(Self.width)
    }
  }

  private var layout: String {
    switch call.recording.channels {
    case 1: "mono"
    case 2: "stereo"
    case let channels: "\(channels)-channel"
    }
  }

  private var encoding: String {
    let names = [
      "ULAW": "G.711 mu-law", "ALAW": "G.711 A-law", "GSM610": "GSM 6.10", "PCM_16": "16-bit PCM",
      "PCM_24": "24-bit PCM", "PCM_32": "32-bit PCM", "PCM_U8": "8-bit PCM",
    ]
    return names[call.recording.encoding] ?? safe(call.recording.encoding)
  }

  private var rate: String {
    let rate = Double(call.recording.sampleRate) / 1000
    return "\(fixed(rate, rate == rate.rounded() ? 0 : 2)) kHz"
  }

  private var status: String {
    switch call.recording.status {
    case .ok: "whole file"
    case .truncated: "file cut short"
    case .recovered: "unfinished header, recovered"
    }
  }

  private var roles: String {
    guard call.voices.count == 2 else {
      return switch call.separation?.voices {
      case 1?: "One channel, and one voice is heard on it: whose it is is not known."
      case nil where call.separation != nil:
        "One channel, and one voice or two are heard on it: too little to tell."
      case 3?: "One channel, and more than two voices are heard on it: they are not told apart."
      default: "One channel carries both parties: who spoke is not told apart."
      }
    }
    let places = [call.parties.agent.channel, call.parties.customer.channel]
    let who =
      switch (places[0], places[1]) {
      case (0, 1): "Agent on the left channel, customer on the right"
      case (1, 0): "Agent on the right channel, customer on the left"
      case (let agent?, let customer?) where agent != customer:
        "Agent on channel \(agent), customer on channel \(customer)"
      case (_?, _?):
        "Both parties on one channel, told apart by their voices"
          + (call.separation?.confidence.map { " (\(sure($0)))" } ?? "")
      default: "Agent and customer"
      }
    if call.mixed != nil, call.roles.source == .inferred {
      return "\(who). Which of them is the agent is inferred from the talk, \(sure(call.roles.confidence))."
    }
    return switch call.roles.source {
    case .given: "\(who), as given."
    case .inferred: "\(who): inferred from the sound, \(sure(call.roles.confidence))."
    case .assumed: "\(who): assumed, without evidence."
    }
  }

  // MARK: What to listen to

  /// At most ten, alerts first, to keep the page short.
  private var findings: [String] {
    guard !call.findings.isEmpty else {
      return [heading("LISTEN TO") + "  nothing: no figure crossed its threshold."]
    }
    let sorted = [Finding.Severity.alert, .notice].flatMap { severity in
      call.findings.filter { $0.severity == severity }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    }
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

  // MARK: Sentences

  private var opening: String {
    let opening = call.opening
    var sentences: [String] = []
    if let ring = opening.ring {
      let answer = opening.answeredAt.map { "answered at \(clock($0))" } ?? "not answered"
      let times = CallReports.count(opening.ringCount, "time", "times")
      sentences.append("Rang \(times) in \(length(ring)), \(answer).")
    } else {
      sentences.append("No ringing is recorded, so when it was answered is unknown.")
    }
    switch opening.firstSpeaker {
    case let first?: sentences.append("The \(first.rawValue) spoke first.")
    case nil: sentences.append(call.conversation.speech > 0 ? "Who spoke first is unknown." : "Nobody spoke.")
    }
    if let greeting = opening.greeting {
      let latency = opening.greetingLatency.map { ", \(length($0)) after the answer" } ?? ""
      sentences.append("The agent's first turn lasted \(length(greeting))\(latency).")
    }
    return sentences.joined(separator: " ")
  }

  private var ending: String {
    let ending = call.ending
    let cut = ending.cutParty.map { "the \($0.rawValue)" }
    let verdict: String? =
      switch ending.kind {
      case .natural: "the call came to its natural end"
      case .cutOff: "\(cut ?? "one party") was cut off in mid-word"
      case .abandonedOnHold: "the customer left while on hold"
      case .abandonedInQueue: "the customer left the queue before anybody answered"
      case .systemPrompt: "a recorded message was played and the line closed, without a person on it"
      case .voicemail: "voicemail answered"
      case .fax: "a fax was sent or a fax machine called"
      case .noConversation: "no conversation took place"
      case .truncatedRecording: "the recording stops before the call does"
      case .unknown: nil
      }
    var sentences = [
      verdict.map { "Evidence suggests that \($0) (\(sure(ending.confidence)))." }
        ?? "How the call ended is unknown."
    ]
    if let leg = ending.firstLegGone { sentences.append("The \(leg.rawValue)'s leg was gone first.") }
    if !ending.evidence.isEmpty {
      sentences.append("Evidence: \(ending.evidence.map(safe).joined(separator: "; ")).")
    }
    return sentences.joined(separator: " ")
  }

  /// The quality of each line in words; figures that were not measured are left out.
  private var line: String {
    call.voices.compactMap { voice -> String? in
      guard let line = voice.measures.line else { return nil }
      func rate(_ value: Double?, _ what: String) -> String? {
        value.flatMap { $0 > 0 ? "\(fixed($0, 1)) \(what) a minute" : nil }
      }
      let faults = [
        line.oneWay == true ? "not heard by the other" : nil,
        rate(line.dropoutsPerMinute, "dropouts"), rate(line.repeatsPerMinute, "repeated packets"),
        rate(line.clippingPerMinute, "clippings"),
        line.leakage.map { "the other's voice leaks in at \(fixed($0, 0)) dB" },
      ].compactMap { $0 }
      let measured = line.oneWay != nil || line.dropoutsPerMinute != nil || line.clippingPerMinute != nil
      guard measured || !faults.isEmpty else { return nil }
      return
        "\(voice.name.capitalised): \(faults.isEmpty ? "no faults found" : faults.joined(separator: ", "))."
    }.joined(separator: " ")
  }

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

  private func sure(_ confidence: Double) -> String { "\(percent(confidence)) sure" }

  private func heading(_ text: String) -> String { style.paint(text, .strong) }

  /// A heading with sentences beside it; nothing without any.
  private func section(_ name: String, _ text: String) -> [String] {
    guard !text.isEmpty else { return [] }
    return text.wrapped(Self.width - 9).enumerated().map { index, line in
      (index == 0 ? heading(name.left(9)) : "".left(9)) + line
    }
  }
}

extension String {
  fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
