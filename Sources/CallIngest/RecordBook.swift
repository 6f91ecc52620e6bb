public import CallModel
public import CallRecords
import Glibc

/// Finds what is known of recordings besides their sound: in their names, in files beside them, in the records of
/// the exchange.
public struct RecordBook: Sendable {
  private let rules: @Sendable (RecordingPath) -> MetadataRules?
  private let records: AsteriskRecords
  /// Those whose lines are in `records`, by the number that they have there.
  private let recordFiles: [PlainFile]
  /// Which files there are beside recordings; nil where a few are asked for.
  private var listing: FolderListing?
  /// Records of the exchange that could not be read, each with the reason.
  public private(set) var complaints: [String] = []

  /// A book by these rules. Records of Asterisk are read here, once.
  ///
  /// - Parameters:
  ///   - records: files of Asterisk, folders of FreeSWITCH; where the lines of the former are is noted here.
  ///   - callIDs: the calls whose records are wanted; nil for all.
  ///   - rules: how the metadata of a recording are read; nil where that is not configured.
  public init(
    records files: Set<String> = [], of callIDs: Set<String>? = nil,
    rules: @escaping @Sendable (RecordingPath) -> MetadataRules?
  ) {
    self.rules = rules
    var records = AsteriskRecords(callIDs: callIDs)
    var open: [PlainFile] = []
    for name in files.sorted() where !isFolder(name) {
      let file = PlainFile(RecordingPath(name))
      if file?.forEachPiece({ records.consume($0) }) != true {
        complaints.append("\(name): \(String(cString: strerror(errno))).")
      }
      guard let file else { continue }
      records.endFile()
      open.append(file)
    }
    self.records = records
    recordFiles = open
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

  /// What is written of a recording in its name, beside it and in the records of the exchange.
  struct Writings: Sendable {
    /// What the name says.
    var name: Evidence?
    /// Records in JSON by their form; of the alternatives the first counts that is JSON.
    var json: [(form: SidecarForm, alternatives: [[UInt8]])] = []
    /// The line of Asterisk's records.
    var line: [UInt8]?
  }

  /// What is written of the recording at `path`; reads the files beside it.
  func writings(of path: RecordingPath, _ rules: MetadataRules) -> Writings {
    var writings = Writings(name: Self.name(path, rules))
    let id = writings.name?.fields[.callID]
    if rules.readsSidecars {
      let stem = path.bytes.lastIndex(of: UInt8(ascii: ".")).map { Array(path.bytes[..<$0]) } ?? path.bytes
      for (ending, form) in [(".json", SidecarForm.plain), (".cdr.json", .freeswitch)] {
        let files = [stem, path.bytes].map { RecordingPath(bytes: $0 + Array(ending.utf8)) }
        writings.json.append((form, files.compactMap(content)))
      }
    }
    // The id becomes part of a file name: it must have the form of FreeSWITCH's ids.
    if let id, id.utf8.allSatisfy({ $0 == 45 || 48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 }) {
      for folder in rules.records where isFolder(folder) {
        let files = ["\(id).cdr.json", "a_\(id).cdr.json"].map {
          RecordingPath(folder).appending(Array($0.utf8))
        }
        writings.json.append((.freeswitch, files.compactMap(content)))
      }
    }
    if let place = id.flatMap(records.place) {
      writings.line = recordFiles[Int(place.file)].bytes(at: place.offset, count: Int(place.length))
    }
    return writings
  }

  /// What each source says in `writings`, the most trusted first, one entry a source.
  static func evidence(in writings: Writings, _ rules: MetadataRules) -> [Evidence] {
    var evidence: [Evidence] = []
    func add(_ found: Evidence?) {
      if let found, !evidence.contains(where: { $0.source == found.source }) { evidence.append(found) }
    }
    for (form, alternatives) in writings.json {
      add(
        alternatives.lazy.compactMap { CallRecords.evidence(fromJSON: $0, form: form, keys: rules.keys) }
          .first)
    }
    if let id = writings.name?.fields[.callID], let line = writings.line {
      add(AsteriskRecords.evidence(ofCall: id, in: line))
    }
    add(writings.name)
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
        Self.evidence(in: writings(of: path, rules), rules), rules: rules,
        modified: modified.map { Double($0) / 1e9 },
        call: HeardCall(call)))
    return .analysed(call)
  }

  private static func name(_ path: RecordingPath, _ rules: MetadataRules) -> Evidence? {
    rules.names.lazy.compactMap { $0.evidence(of: path) }.first
  }

  private func content(_ path: RecordingPath) -> [UInt8]? {
    guard listing?.mayHave(path) ?? true, let file = PlainFile(path, atMost: 1 << 20) else { return nil }
    return file.bytes(at: 0, count: file.size)
  }
}

private func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
