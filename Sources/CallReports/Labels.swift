public import CallModel

/// Talkspurts as RTTM (NIST, Rich Transcription 2009 evaluation plan): one `SPEAKER` line a talkspurt, by start
/// time, with the channel from 1 and the speakers `agent` and `customer`, or `speech` where one channel carries
/// both. The file id is the name without its extension, with `_` for blanks and controls. Ends with a line end;
/// empty for a call without speech.
public func rttm(_ call: CallSummary) -> String {
  let name = RecordingPath(call.recording.path).name.bytes
  let stem = name.lastIndex(of: UInt8(ascii: ".")).flatMap { $0 == 0 ? nil : name[..<$0] } ?? name[...]
  let id = String(decoding: stem, as: UTF8.self)
  let lines: [Escaped<RTTM>] = spurts(of: call).map { spurt in
    let (start, length) = (fixed(spurt.range.start, 3), fixed(spurt.range.duration, 3))
    return "SPEAKER \(id) \(spurt.channel + 1) \(start) \(length) <NA> <NA> \(spurt.speaker) <NA> <NA>\n"
  }
  return lines.joined().text
}

/// Talkspurts and events as an Audacity label track: start and end in seconds and label, separated by tabs,
/// by start time. Ends with a line end; empty for a call without either.
public func audacityLabels(_ call: CallSummary) -> String {
  let labels =
    spurts(of: call).map { ($0.range, $0.speaker) } + call.events.map { ($0.range, label(of: $0)) }
  let lines: [Escaped<LabelTrack>] =
    labels.sorted { ($0.0.start, $0.0.end, $0.1) < ($1.0.start, $1.0.end, $1.1) }
    .map { "\(fixed($0.0.start, 6))\t\(fixed($0.0.end, 6))\t\($0.1)\n" }
  return lines.joined().text
}

/// An event in words, as in `interruption by agent, successful`.
package func label(of event: CallEvent) -> String {
  var words = event.type.rawValue.replacing("_", with: " ")
  if let kind = event.kind { words += " (\(kind.rawValue))" }
  if let by = event.by { words += " by \(by.rawValue)" }
  if let owner = event.owner { words += ", turn of \(owner.rawValue)" }
  if let leg = event.leg { words += ", leg of \(leg.rawValue)" }
  if let outcome = event.outcome { words += ", \(outcome.rawValue)" }
  return words
}

/// Every talkspurt with its speaker and channel, by start time.
func spurts(of call: CallSummary) -> [(range: TimeRange, channel: Int, speaker: String)] {
  call.voices.flatMap { voice in
    (voice.measures.talkspurts ?? []).map {
      (range: $0, channel: voice.measures.channel ?? 0, speaker: voice.name)
    }
  }.sorted { ($0.range.start, $0.range.end, $0.speaker) < ($1.range.start, $1.range.end, $1.speaker) }
}

extension CallSummary {
  /// Whom a report has a row for: both parties, or `speech` where one channel carries both and they were not
  /// separated.
  package var voices: [(name: String, party: Party?, measures: PartySummary)] {
    if let mixed, parties.agent.talkspurts == nil, parties.customer.talkspurts == nil {
      return [("speech", nil, mixed)]
    }
    return Party.allCases.map { ($0.rawValue, $0, self[$0]) }
  }
}
