import CallFollowUp
import CallModel
import CallRecords
import CallStore
import Crypto

/// Keeps the calls that a telephone answered by Asterisk's records and of which there is no recording. Of each file only
/// what follows the lines of the last run is looked at; calls from before the first recording are left out, and old ones.
/// - Throws: `CancellationError` where `shouldStop` returns true; the next run begins where this one did.
/// - Complexity: in the lines that are new, and in the calls without a recording.
func keepUnrecordedCalls(of facts: Facts, in store: CallStore, shouldStop: () -> Bool) throws {
  guard !facts.book.files.isEmpty, let first = try store.beginOfAudit() else { return }
  for (path, number) in facts.book.files.sorted(by: { $0.key < $1.key }) {
    guard let rules = facts.sources.lazy.compactMap(\.rules).first(where: { $0.records.contains(path) }),
      case let file = facts.book.recordFiles[number]
    else { continue }
    var read = 0
    if let known = try store.mark(ofRecords: path), known.hash == file.hash(before: known.read) {
      read = known.read
    }
    var calls: [(call: UnrecordedCall, ids: [String])] = []
    var recorded: [String] = []
    func write() throws {
      try store.commit { writer in
        for (call, ids) in calls { try writer.keep(call, ids: ids) }
        for key in recorded { try writer.forgetUnrecorded(key) }
      }
      calls.removeAll()
      recorded.removeAll()
    }
    try facts.book.forEachAnsweredCall(in: number, since: &read, notBefore: first) { key in
      if shouldStop() { throw CancellationError() }
      let lines = facts.book.records.places(ofCall: key).compactMap(facts.book.line)
      let ids = AsteriskRecords.ids(in: lines)
      if try store.hasRecording(ofRecorderCalls: ids) {
        recorded.append(key)
      } else if let call = UnrecordedCall(key, lines, rules), call.start >= Double(first) {
        calls.append((call, ids))
      }
      if calls.count + recorded.count >= 1000 { try write() }
    }
    try write()
    if let hash = file.hash(before: read) {
      try store.commit { try $0.keep(RecordMark(path: path, hash: hash, read: read)) }
    }
  }
  try store.commit { try $0.forgetRecorded() }
}

extension RecordBook {
  /// Passes the key of each answered call in a file of Asterisk's records from a byte on, once; moves that behind the last
  /// whole line. Most calls that began before a moment are passed over: local time is up to 14 hours away from UTC.
  fileprivate func forEachAnsweredCall(
    in file: Int, since offset: inout Int, notBefore moment: Int, _ body: (String) throws -> Void
  ) throws {
    guard let layout = records.answered(in: file) else {
      offset = recordFiles[file].size
      return
    }
    // Of two calls with one hash one may be missing.
    var seen: Set<Int> = []
    try recordFiles[file].forEachLine(from: &offset) { line in
      guard let row = layout.answered(line), row.start.map({ $0 >= moment - 14 * 3600 }) ?? false,
        seen.insert(row.key.hashValue).inserted
      else { return }
      try body(row.key)
    }
  }
}

extension UnrecordedCall {
  /// What lines say of a call; nil where it is internal, or nothing tells when it was.
  fileprivate init?(_ key: String, _ lines: [AsteriskRecords.Line], _ rules: MetadataRules) {
    // Nothing is heard of it.
    let heard = HeardCall(
      duration: 0, channels: 2, ending: .unknown, cutParty: nil, firstLegGone: nil, isConversation: false)
    guard let evidence = AsteriskRecords.evidence(ofCall: key, in: lines),
      let known = CallMetadata([evidence], rules: rules, modified: nil, call: heard),
      known[.direction] != "internal", let startedAt = known[.startedAt],
      case .exact(let start)? = CallTime(startedAt)
    else { return nil }
    self.init(
      callID: key, startedAt: startedAt, start: start, talk: known[.talk].flatMap(Double.init),
      direction: known[.direction], line: known[.line], queue: known[.queue], agent: known[.agent])
  }
}

extension PlainFile {
  /// A hash of its first bytes and of those before an offset, by which it is known again after lines were added; nil where it
  /// is shorter. Lines that are written anew in another order, or rotated under the same header, have another one.
  fileprivate func hash(before offset: Int) -> Int64? {
    guard offset <= size, let first = bytes(at: 0, count: min(offset, 1024)),
      let last = bytes(at: max(0, offset - 1024), count: min(offset, 1024))
    else { return nil }
    return SHA256.hash(data: first + last).prefix(8).reduce(0) { $0 << 8 | Int64($1) }
  }
}
