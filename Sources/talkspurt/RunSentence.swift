import CallAudio
import CallIngest
import CallStore

/// What a run tells an operator at its end.
extension IngestResult {
  /// The counts of a run; they add up to all files that were seen.
  var sentence: String {
    var parts = counts.seen == 0 ? ["No recordings found"] : recordings
    if counts.lost > 0 { parts.append("\(calls(counts.lost)) without a file from now on") }
    let known = notes.passedOver.filter { converter(forExtension: $0.key) != nil }
    if !known.isEmpty { parts.append("passed over " + Self.passedOver(known)) }
    let others = notes.passedOver.values.reduce(0, +) - known.values.reduce(0, +)
    if others > 0 { parts.append(others == 1 ? "1 other file" : "\(others) other files") }
    let forgotten = notes.keptFacts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    for (source, count) in forgotten {
      parts.append(
        source == "none"
          ? "facts kept of \(calls(count)) that no source of the configuration matches"
          : "facts kept of \(calls(count)) that \(source) has no more")
    }
    return parts.joined(separator: ", ")
      + (stopped && notes.missingShares.isEmpty ? "; stopped by a signal, run again to go on" : "")
      + (counts.seen == 0 && parts.count == 1 ? "." : "")
  }

  private var recordings: [String] {
    var parts = ["\(counts.analysed) analysed", "\(counts.unchanged) unchanged"]
    if counts.failed > 0 { parts.append("\(counts.failed) failed") }
    if counts.failedBefore > 0 { parts.append("\(counts.failedBefore) failed before") }
    if counts.copies > 0 { parts.append(counts.copies == 1 ? "1 copy" : "\(counts.copies) copies") }
    if counts.waiting > 0 { parts.append("\(counts.waiting) too young") }
    if counts.gone > 0 { parts.append("\(counts.gone) gone before their turn") }
    return parts
  }

  private func calls(_ count: Int) -> String { count == 1 ? "1 call" : "\(count) calls" }

  /// The three most frequent kinds of recordings that are not read, and what turns them into WAV.
  private static func passedOver(_ counts: [String: Int]) -> String {
    let kinds = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let told = kinds.prefix(3).map {
      "\($0.value) .\($0.key) (\(converter(forExtension: $0.key) ?? "") reads it)"
    }
    let rest = kinds.dropFirst(3).reduce(0) { $0 + $1.value }
    return (told + (rest > 0 ? ["\(rest) of other kinds"] : [])).joined(separator: ", ")
  }

  /// Whether all that was seen are recordings that are not read.
  var isBlind: Bool {
    counts.seen == 0 && notes.passedOver.contains { converter(forExtension: $0.key) != nil }
  }

  /// What there is to label; empty where nothing is new.
  var promptSentence: String {
    switch newPrompts {
    case 0: ""
    case 1: "; 1 recorded prompt found; label it with `talkspurt prompts`."
    default: "; \(newPrompts) recorded prompts found; label them with `talkspurt prompts`."
    }
  }

  /// The same for a log collector.
  var logLine: LogLine {
    var line = LogLine(.info, sentence)
    line.counts = counts
    return line
  }
}
