import CallModel
import CallRecords

/// Reads a record in JSON or XML: the first byte chooses whose.
func readSidecar(_ bytes: UnsafeRawBufferPointer) {
  guard let choice = bytes.first else { return }
  let keys: [CallMetadata.Field: [String]] = [.agent: ["agent.name"], .queue: ["q", "Queue.Name", "a.0.b"]]
  _ = evidence(inRecord: Array(bytes.dropFirst()), form: choice & 1 == 0 ? .plain : .freeswitch, keys: keys)
}

/// Reads a file of Asterisk's records in two pieces, and the lines that are about some calls.
func readAsteriskRecords(_ bytes: UnsafeRawBufferPointer) {
  let calls = ["1792888200.42", "1.2", ""]
  let file = Array(bytes)
  var records = AsteriskRecords(callIDs: Set(calls))
  records.consume(file[..<(file.count / 2)])
  records.consume(file[(file.count / 2)...])
  records.endFile()
  for id in calls {
    let lines = records.places(ofCall: id).map { place in
      records.line(Array(file[place.offset..<place.offset + Int(place.length)]), at: place)
    }
    _ = AsteriskRecords.evidence(ofCall: id, in: lines)
  }
}

private let patterns: [NamePattern] =
  NamePattern.presetNames.compactMap { NamePattern.preset($0) }.flatMap { $0 }
  + [
    #"(?<from>\+?\d+)-(?<to>\d+)-(?<date>\d{4}.\d\d.\d\d).(?<time>\d\d.\d\d.\d\d)"#,
    #"(?<agent>[^/]+)/(?<queue>.*)_.*"#,
  ]
  .compactMap { try? NamePattern($0) }

/// Reads a name by every pattern; one that begins with NUL is a pattern itself.
func readName(_ bytes: UnsafeRawBufferPointer) {
  // Longer names no file system gives.
  let name = RecordingPath(bytes: Array(bytes.prefix(255)))
  guard bytes.first == 0 else {
    for pattern in patterns { _ = pattern.evidence(of: name) }
    return
  }
  let text = String(decoding: bytes.dropFirst().prefix(120), as: UTF8.self)
  _ = (try? NamePattern(text))?.evidence(
    of: RecordingPath("q-600-01701234567-20261025-023000-1792888200.42.wav"))
}
