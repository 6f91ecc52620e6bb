import CallAudio
public import CallModel
public import CallRecords
import Glibc

/// Finds what is known of recordings besides their sound: in their names, in files beside them, in the records of
/// the exchange.
public struct RecordBook: Sendable {
  private let rules: @Sendable (RecordingPath) -> MetadataRules?
  private let records: AsteriskRecords
  /// Which files there are beside recordings; nil where a few are asked for.
  private var listing: FolderListing?
  /// Records of the exchange that could not be read, each with the reason.
  public private(set) var complaints: [String] = []

  /// A book by these rules. Records of Asterisk are read here, once.
  ///
  /// - Parameters:
  ///   - records: files of Asterisk, folders of FreeSWITCH; the former are read here.
  ///   - callIDs: the calls whose records are wanted; nil for all.
  ///   - rules: how the metadata of a recording are read; nil where that is not configured.
  public init(
    records files: Set<String> = [], of callIDs: Set<String>? = nil,
    rules: @escaping @Sendable (RecordingPath) -> MetadataRules?
  ) {
    self.rules = rules
    var records = AsteriskRecords(callIDs: callIDs)
    for file in files.sorted() where !isFolder(file) {
      let isRead = reading(RecordingPath(file)) { records.consume($0) }
      records.endLine()
      if !isRead { complaints.append("\(file): \(String(cString: strerror(errno))).") }
    }
    self.records = records
  }

  /// A book by the first source that matches a recording; for `paths`, or for any where that is nil.
  public init(of paths: (some Sequence<RecordingPath>)?, sources: [RecordingSource]) {
    let rules: @Sendable (RecordingPath) -> MetadataRules? = { path in
      sources.first { $0.matches(path) }?.rules
    }
    let files = Set(sources.flatMap { $0.rules?.records ?? [] })
    let callIDs =
      files.isEmpty
      ? []
      : paths.map { paths in
        Set(paths.compactMap { path in rules(path).flatMap { Self.name(path, $0)?.fields[.callID] } })
      }
    self.init(records: files, of: callIDs, rules: rules)
  }

  /// A book for any recording.
  public init(sources: [RecordingSource]) {
    self.init(of: nil as [RecordingPath]?, sources: sources)
    listing = FolderListing()
  }

  /// What each source says of the recording at `path`, the most trusted first, one entry a source. Reads the files
  /// beside it.
  func evidence(for path: RecordingPath, _ rules: MetadataRules) -> [Evidence] {
    let name = Self.name(path, rules)
    let id = name?.fields[.callID]
    var evidence: [Evidence] = []
    func add(_ found: Evidence?) {
      if let found, !evidence.contains(where: { $0.source == found.source }) { evidence.append(found) }
    }
    if rules.readsSidecars {
      let stem = path.bytes.lastIndex(of: UInt8(ascii: ".")).map { Array(path.bytes[..<$0]) } ?? path.bytes
      for (ending, form) in [(".json", SidecarForm.plain), (".cdr.json", .freeswitch)] {
        let folderLength = path.bytes.lastIndex(of: UInt8(ascii: "/")) ?? 0
        let files = [stem, path.bytes].map {
          RecordingPath(
            bytes: $0 + Array(ending.utf8), givenLength: min(path.givenLength, folderLength))
        }
        add(files.lazy.compactMap { json($0, form, rules) }.first)
      }
    }
    // The id becomes part of a file name: it must have the form of FreeSWITCH's ids.
    if let id, id.utf8.allSatisfy({ $0 == 45 || 48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 }) {
      for folder in rules.records where isFolder(folder) {
        let files = ["\(id).cdr.json", "a_\(id).cdr.json"].map {
          RecordingPath(folder).appending(Array($0.utf8))
        }
        add(files.lazy.compactMap { json($0, .freeswitch, rules) }.first)
      }
    }
    add(id.flatMap(records.evidence))
    add(name)
    return evidence
  }

  /// The same for what was found under a path, as the file system has it now.
  public func describe(_ outcome: CallOutcome, _ entry: ShareEntry) -> CallOutcome {
    guard rules(entry.path) != nil else { return outcome }
    let state = FileState(of: entry.path, followingLinks: true)
    return describe(outcome, at: entry.path, modified: state?.modified)
  }

  /// Adds to a summary what is known besides its sound.
  public func describe(_ outcome: CallOutcome, at path: RecordingPath, modified: Int?) -> CallOutcome {
    guard case .analysed(var call) = outcome, let rules = rules(path) else { return outcome }
    call.take(
      CallMetadata(
        evidence(for: path, rules), rules: rules, modified: modified.map { Double($0) / 1e9 },
        call: HeardCall(call)))
    return .analysed(call)
  }

  private static func name(_ path: RecordingPath, _ rules: MetadataRules) -> Evidence? {
    rules.names.lazy.compactMap { $0.evidence(of: path) }.first
  }

  private func json(_ path: RecordingPath, _ form: SidecarForm, _ rules: MetadataRules) -> Evidence? {
    guard listing?.mayHave(path) ?? true else { return nil }
    var bytes: [UInt8] = []
    guard reading(path, atMost: 1 << 20, { bytes += $0 }) else { return nil }
    return CallRecords.evidence(fromJSON: bytes, form: form, keys: rules.keys)
  }
}

private func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Passes a plain file to `body`, piece by piece. Returns false where it does not exist, is no plain file, is
/// a link, or is larger than `limit` bytes; `errno` has the reason.
private func reading(_ path: RecordingPath, atMost limit: Int = .max, _ body: (ArraySlice<UInt8>) -> Void)
  -> Bool
{
  let descriptor = openForReading(path, followingLinks: false)
  guard descriptor >= 0 else { return false }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
    errno = EINVAL
    return false
  }
  var piece = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &piece, piece.count)
    if count > 0 {
      body(piece[..<count])
    } else if count == 0 {
      return true
    } else if errno != EINTR {
      return false
    }
  }
}
