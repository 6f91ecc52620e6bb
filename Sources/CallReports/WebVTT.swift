public import CallModel

/// The call as captions of the W3C's WebVTT, for a player: who speaks, what happens, what deserves a listener, by
/// start time. Speech and what a party does name the party as their voice.
public func webVTT(_ call: CallSummary) -> String {
  typealias Cue = (range: TimeRange, text: Escaped<WebVTT>)
  var cues: [Cue] = spurts(of: call).map { ($0.range, "<v \($0.speaker)>\($0.speaker) speaks") }
  cues += call.events.map { event in
    let voice: Escaped<WebVTT> = event.by.map { "<v \($0.rawValue)>" } ?? ""
    return (event.range, "\(voice)\(label(of: event))")
  }
  cues += call.findings.map { (TimeRange($0.start, $0.end), "\($0.severity.rawValue): \($0.message)") }
  return "WEBVTT\n"
    + cues.filter { $0.range.end > $0.range.start }
    .sorted { ($0.range.start, $0.range.end, $0.text.text) < ($1.range.start, $1.range.end, $1.text.text) }
    .map { "\n\(timestamp($0.range.start)) --> \(timestamp($0.range.end))\n\($0.text.text)\n" }.joined()
}

/// `hh:mm:ss.ttt`, rounded to the millisecond.
private func timestamp(_ seconds: Double) -> String {
  let milliseconds = Int((seconds * 1000).rounded())
  func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
  let (minutes, rest) = milliseconds.quotientAndRemainder(dividingBy: 60_000)
  let clock = [minutes / 60, minutes % 60, rest / 1000].map { digits($0, 2) }.joined(separator: ":")
  return clock + "." + digits(rest % 1000, 3)
}
