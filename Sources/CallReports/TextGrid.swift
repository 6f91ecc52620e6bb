public import CallModel

/// The call as a TextGrid of Praat, in its long text format: an interval tier with the talkspurts of each
/// party, or `speech` where one channel carries both, and a point tier with the starts of events and
/// findings. Times in seconds; intervals without speech have an empty text, since tiers must not have gaps.
public func textGrid(_ call: CallSummary) -> String {
  let end = call.recording.duration
  var marks: [Double: [String]] = [:]
  for event in call.events { marks[event.start, default: []].append(label(of: event)) }
  for finding in call.findings { marks[finding.start, default: []].append(finding.message) }
  let points = marks.sorted { $0.key < $1.key }
  let voices = call.voices

  var text = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n"
  func add(_ depth: Int, _ lines: String...) {
    for line in lines { text += String(repeating: "    ", count: depth) + line + "\n" }
  }
  func range(_ depth: Int, _ from: Double, _ to: Double) {
    add(depth, "xmin = \(fixed(from, 3))", "xmax = \(fixed(to, 3))")
  }
  range(0, 0, end)
  add(0, "tiers? <exists>", "size = \(voices.count + 1)", "item []:")
  for (index, voice) in voices.enumerated() {
    let intervals = tiling(voice.measures.talkspurts ?? [], until: end)
    add(1, "item [\(index + 1)]:")
    add(2, "class = \"IntervalTier\"", "name = \(quoted(voice.name))")
    range(2, 0, end)
    add(2, "intervals: size = \(intervals.count)")
    for (number, interval) in intervals.enumerated() {
      add(2, "intervals [\(number + 1)]:")
      range(3, interval.range.start, interval.range.end)
      add(3, "text = \(quoted(interval.isSpeech ? voice.name : ""))")
    }
  }
  add(1, "item [\(voices.count + 1)]:")
  add(2, "class = \"TextTier\"", "name = \"events\"")
  range(2, 0, end)
  add(2, "points: size = \(points.count)")
  for (number, point) in points.enumerated() {
    add(2, "points [\(number + 1)]:")
    add(
      3, "number = \(fixed(point.key, 3))", "mark = \(quoted(point.value.joined(separator: "; ")))")
  }
  return text
}

/// The time from 0 to `end` cut at the ends of talkspurts, which are sorted and apart.
private func tiling(_ spurts: [TimeRange], until end: Double) -> [(range: TimeRange, isSpeech: Bool)] {
  var intervals: [(range: TimeRange, isSpeech: Bool)] = []
  var time = 0.0
  for spurt in spurts where min(spurt.end, end) > spurt.start {
    if spurt.start > time { intervals.append((TimeRange(time, spurt.start), false)) }
    time = min(spurt.end, end)
    intervals.append((TimeRange(spurt.start, time), true))
  }
  if time < end || intervals.isEmpty { intervals.append((TimeRange(time, end), false)) }
  return intervals
}

/// A text of the grid, in its quotes.
private func quoted(_ text: String) -> String { ("\"\(text)\"" as Escaped<TextGrid>).text }
