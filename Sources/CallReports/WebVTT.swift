public import CallModel

/// The call as captions of the W3C's WebVTT, for a player: who speaks, what happens, what deserves a listener, by
/// start time. Speech and what a party does name the party as their voice.
public func webVTT(_ call: CallSummary) -> String {
  var cues = spurts(of: call).map { ($0.range, "<v \($0.speaker)>\($0.speaker) speaks") }
  cues += call.events.map { ($0.range, ($0.by.map { "<v \($0.rawValue)>" } ?? "") + escaped(label(of: $0))) }
  cues += call.findings.map {
    (TimeRange($0.start, $0.end), "\($0.severity.rawValue): \(escaped($0.message))")
  }
  return "WEBVTT\n"
    + cues.filter { $0.0.end > $0.0.start }
    .sorted { ($0.0.start, $0.0.end, $0.1) < ($1.0.start, $1.0.end, $1.1) }
    .map { "\n\(timestamp($0.0.start)) --> \(timestamp($0.0.end))\n\($0.1)\n" }.joined()
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

/// Text of a cue: on one line, with the characters of tags escaped.
private func escaped(_ text: String) -> String {
  visible(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
}
