import CallModel

/// The call drawn in characters: a row for each party with the density of talk, rows of marks beneath, a time
/// axis and a legend of the marks that occur. Columns share the duration evenly.
struct Timeline {
  /// Columns of the drawing.
  static let width = 66

  let call: CallSummary
  let style: PageStyle

  /// The marks of a row; where two fall in one column, the one listed first is drawn.
  private enum Mark: Hashable {
    case cut, escalation, bothInterrupt, interruption(Party)
    case ringback, hold, tone, deadAir
  }

  /// Seconds in one column.
  var bucket: Double { max(call.recording.duration, 0.001) / Double(Self.width) }

  /// The lines of the drawing, none wider than 80 columns.
  var lines: [String] {
    var lines = call.voices.map { voice in
      row(
        voice.name, voice.measures.talkspurts.map(density) ?? "unknown",
        voice.party.map(style.tint) ?? .plain)
    }
    let rows = [moments, stretches]
    for (name, marks) in zip(["moments", "line"], rows) where marks.contains(where: { $0 != nil }) {
      lines.append(row(name, marks.map { $0.map(glyph) ?? " " }.joined(), .strong))
    }
    return lines + axis + legend(Set(rows.joined().compactMap { $0 }))
  }

  private func row(_ name: String, _ drawing: String, _ tint: PageStyle.Tint) -> String {
    ("  " + name.left(10)) + style.paint(drawing, tint)
  }

  // MARK: Talk

  /// One character a column: blank without talk, then higher with the part of the column that is talk.
  private func density(_ spurts: [TimeRange]) -> String {
    var talk = [Double](repeating: 0, count: Self.width)
    for spurt in spurts {
      for column in columns(of: spurt) { talk[column] += spurt.overlap(with: range(of: column)) }
    }
    let steps = style.unicode ? Array("▁▂▃▄▅▆▇█") : Array(".-=#")
    return String(
      talk.map { seconds -> Character in
        seconds <= 0 ? " " : steps[min(Int(seconds / bucket * Double(steps.count)), steps.count - 1)]
      })
  }

  private func range(of column: Int) -> TimeRange {
    TimeRange(Double(column) * bucket, Double(column + 1) * bucket)
  }

  private func column(at time: Double) -> Int { Int(min(max(0, time / bucket), Double(Self.width - 1))) }

  /// The columns that a stretch touches; the one in which it ends only where it lies within.
  private func columns(of range: TimeRange) -> ClosedRange<Int> {
    let first = column(at: range.start)
    return first...max(first, column(at: range.end.nextDown))
  }

  // MARK: Marks

  /// Marks of one moment: interruptions, escalations, a party that is cut off.
  private var moments: [Mark?] {
    var marks = [Mark?](repeating: nil, count: Self.width)
    for event in call.events where event.type == .interruption {
      guard let by = event.by else { continue }
      let place = column(at: event.start)
      marks[place] =
        marks[place] == nil || marks[place] == .interruption(by) ? .interruption(by) : .bothInterrupt
    }
    for event in call.events where event.type == .escalation { marks[column(at: event.start)] = .escalation }
    if call.ending.abrupt {
      let last = call.ending.cutParty.flatMap { call[$0].talkspurts?.last?.end } ?? call.recording.duration
      marks[column(at: last.nextDown)] = .cut
    }
    return marks
  }

  /// Marks of a stretch; the one that fills most of a column is drawn.
  private var stretches: [Mark?] {
    var fill = [[Mark: Double]](repeating: [:], count: Self.width)
    for event in call.events {
      guard let mark = stretch(event.type) else { continue }
      for column in columns(of: event.range) {
        fill[column][mark, default: 0] += event.range.overlap(with: range(of: column))
      }
    }
    let order: [Mark] = [.ringback, .hold, .tone, .deadAir]
    return fill.map { filled in
      order.filter { filled[$0] != nil }.reduce(nil as Mark?) { best, mark in
        best.map { filled[$0]! >= filled[mark]! ? $0 : mark } ?? mark
      }
    }
  }

  private func stretch(_ type: CallEvent.Kind) -> Mark? {
    switch type {
    case .ringback: .ringback
    case .hold: .hold
    case .deadAir: .deadAir
    case .busyTone, .congestionTone, .dialTone, .sit, .dtmf, .beep, .tone, .fax: .tone
    case .interruption, .backchannel, .escalation, .transfer, .legDead, .prompt: nil
    }
  }

  private func glyph(_ mark: Mark) -> String {
    switch mark {
    case .cut: "X"
    case .escalation: "!"
    case .bothInterrupt: "B"
    case .interruption(.agent): "A"
    case .interruption(.customer): "C"
    case .ringback: "r"
    case .hold: style.unicode ? "♪" : "~"
    case .tone: "t"
    case .deadAir: style.unicode ? "░" : "_"
    }
  }

  private func meaning(_ mark: Mark) -> String {
    switch mark {
    case .cut:
      call.ending.kind == .cutOff
        ? "\(call.ending.cutParty?.rawValue ?? "somebody") cut off" : "ends abruptly"
    case .escalation: "escalation"
    case .bothInterrupt: "both interrupt"
    case .interruption(let party): "\(party.rawValue) interrupts"
    case .ringback: "ringing"
    case .hold: "hold"
    case .tone: "tones"
    case .deadAir: "dead air"
    }
  }

  private func legend(_ marks: Set<Mark>) -> [String] {
    let order: [Mark] = [
      .interruption(.agent), .interruption(.customer), .bothInterrupt, .escalation, .cut, .ringback,
      .hold, .tone, .deadAir,
    ]
    var lines: [String] = []
    for entry in order.filter(marks.contains).map({ "\(glyph($0)) \(meaning($0))" }) {
      if let last = lines.last, last.columns + 3 + entry.columns <= Self.width {
        lines[lines.count - 1] += "   " + entry
      } else {
        lines.append(entry)
      }
    }
    return lines.map { style.paint(String(repeating: " ", count: 12) + $0, .faint) }
  }

  // MARK: Axis

  /// Ticks at round times, at least eight columns apart.
  private var axis: [String] {
    let round = [1.0, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400]
    let step = round.first { $0 / bucket >= 8 } ?? call.recording.duration
    var ticks = "", labels = ""
    var tick = 0.0
    while tick <= call.recording.duration {
      let place = Int(tick / bucket)
      guard place + clock(tick).count <= Self.width + 2 else { break }
      ticks = ticks.left(place) + (style.unicode ? "╵" : "'")
      labels = labels.left(place) + clock(tick)
      tick += step
    }
    return [ticks, labels].map { style.paint(String(repeating: " ", count: 12) + $0, .faint) }
  }
}
