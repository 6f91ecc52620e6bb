public import CallAnalysis
import CallAudio
public import CallModel
public import CallRecords
import Glibc

/// Finds what is known of recordings besides their sound: in their names, in files beside them, in the records of
/// the exchange.
public struct RecordBook: Sendable {
  private let rules: @Sendable (RecordingPath) -> MetadataRules?
  let records: AsteriskRecords
  /// Those whose lines are in `records`, by the number that they have there.
  let recordFiles: [PlainFile]
  /// The numbers in `records` of its files, by path.
  let files: [String: Int]
  /// The folders of FreeSWITCH by path.
  private let folders: [String: RecordFolders]
  /// Which files there are beside recordings; nil where a few are asked for.
  private var listing: FolderListing?
  /// Records of the exchange that could not be read, each with the reason.
  private var unread: [String] = []
  private let matches: RecordMatches
  /// What could not be read since.
  private let troubles = UnreadRecords()

  /// A book by these rules. Records of the exchange are looked up here, once.
  ///
  /// - Parameters:
  ///   - paths: files of Asterisk, of which it is noted here where lines are, and folders of FreeSWITCH.
  ///   - callIDs: the calls whose records are wanted; nil for all.
  ///   - rules: how the metadata of a recording are read; nil where that is not configured.
  public init(
    records paths: Set<String> = [], of callIDs: Set<String>? = nil,
    rules: @escaping @Sendable (RecordingPath) -> MetadataRules?
  ) {
    self.rules = rules
    var records = AsteriskRecords(callIDs: callIDs)
    var open: [PlainFile] = []
    var files: [String: Int] = [:]
    var folders: [String: RecordFolders] = [:]
    for path in paths.sorted() {
      if isFolder(path) {
        folders[path] = RecordFolders(RecordingPath(path), troubles)
        continue
      }
      let file = PlainFile(RecordingPath(path))
      if file?.forEachPiece({ records.consume($0) }) != true {
        unread.append("\(path): \(String(cString: strerror(errno))).")
      }
      guard let file else { continue }
      files[path] = open.count
      records.endFile()
      open.append(file)
    }
    self.records = records
    recordFiles = open
    self.files = files
    self.folders = folders
    matches = RecordMatches(files: open.count)
  }

  /// What is wrong with records of the exchange, one sentence each: that they, or files beside recordings, could not be
  /// read, or that none of their lines belongs to one of the recordings so far.
  public var complaints: [String] {
    unread + [troubles.complaint].compactMap(\.self)
      + files.sorted { $0.key < $1.key }.compactMap { path, file in
        guard !unread.contains(where: { $0.hasPrefix("\(path): ") }) else { return nil }
        return matches.complaint(about: file, records.files[file]).map { "\(path): \($0)" }
      }
  }

  /// The files of Asterisk's records of which the lines can be matched, each with what it is.
  public var legible: [(path: String, description: String)] {
    files.sorted { $0.key < $1.key }.filter { records.files[$0.value].complaint == nil }
      .map { ($0.key, records.files[$0.value].description) }
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
    /// Records in JSON or XML by their form; of the alternatives the first counts that is one.
    var records: [(form: SidecarForm, alternatives: [[UInt8]])] = []
    /// The lines of Asterisk's records.
    var lines: [AsteriskRecords.Line] = []
  }

  /// What is written of the recording at `path`; reads the files beside it.
  func writings(of path: RecordingPath, _ rules: MetadataRules) -> Writings {
    var writings = Writings(name: Self.name(path, rules))
    let id = writings.name?.fields[.callID]
    if rules.readsSidecars {
      let stem = path.bytes.lastIndex(of: UInt8(ascii: ".")).map { Array(path.bytes[..<$0]) } ?? path.bytes
      let slash = path.bytes.lastIndex(of: UInt8(ascii: "/"))
      let givenLength = min(path.givenLength, slash ?? 0)
      for (ending, form) in [
        (".json", SidecarForm.plain), (".cdr.json", .freeswitch), (".cdr.xml", .freeswitch),
      ] {
        let files = [stem, path.bytes].map {
          RecordingPath(bytes: $0 + Array(ending.utf8), givenLength: givenLength)
        }
        writings.records.append((form, files.compactMap(sidecar)))
      }
      if let name = rules.folderSidecar, let slash {
        let folder = RecordingPath(bytes: Array(path.bytes[..<slash]), givenLength: givenLength)
        writings.records.append((.plain, [folder.appending(Array(name.utf8))].compactMap(sidecar)))
      }
    }
    if let id { writings.records.append((.freeswitch, freeswitch(id, rules))) }
    for file in rules.records.compactMap({ files[$0] }) {
      let places = id.map(records.places)?.filter { Int($0.file) == file } ?? []
      matches.note(id, in: file, isThere: !places.isEmpty)
      writings.lines += places.compactMap(line)
    }
    return writings
  }

  /// A line of Asterisk's records; nil where it cannot be read any more.
  func line(at place: AsteriskRecords.Place) -> AsteriskRecords.Line? {
    let file = recordFiles[Int(place.file)]
    guard let line = file.bytes(at: place.offset, count: Int(place.length)) else {
      troubles.note(file.path, errno)
      return nil
    }
    return records.line(line, at: place)
  }

  /// What each source says in `writings`, the most trusted first, one entry a source.
  static func evidence(in writings: Writings, _ rules: MetadataRules) -> [Evidence] {
    var evidence: [Evidence] = []
    func add(_ found: Evidence?) {
      if let found, !evidence.contains(where: { $0.source == found.source }) { evidence.append(found) }
    }
    for (form, alternatives) in writings.records {
      add(
        alternatives.lazy.compactMap { CallRecords.evidence(inRecord: $0, form: form, keys: rules.keys) }
          .first)
    }
    if let id = writings.name?.fields[.callID] {
      add(AsteriskRecords.evidence(ofCall: id, in: writings.lines))
    }
    add(writings.name)
    return evidence
  }

  /// What each source says of the recording at `path`.
  func evidence(for path: RecordingPath, _ rules: MetadataRules) -> [Evidence] {
    Self.evidence(in: writings(of: path, rules), rules)
  }

  /// The record of a call in FreeSWITCH's folders; of several folders the first. The id becomes part of a file name: it
  /// must have the form of FreeSWITCH's ids.
  private func freeswitch(_ id: String, _ rules: MetadataRules) -> [[UInt8]] {
    guard id.utf8.allSatisfy({ $0 == 45 || 48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 }) else {
      return []
    }
    let names = ["\(id).cdr.json", "a_\(id).cdr.json", "\(id).cdr.xml", "a_\(id).cdr.xml"]
    return rules.records.compactMap { folders[$0]?.file(named: names) }.compactMap(content)
  }

  /// The same for what was found under a path, as the file system has it now.
  public func describe(
    _ outcome: CallOutcome, _ entry: ShareEntry, settings: AnalysisSettings
  ) -> CallOutcome {
    guard rules(entry.path) != nil else { return outcome }
    let state = FileState(of: entry.path, followingLinks: true)
    return describe(outcome, at: entry.path, modified: state?.modified, settings: settings)
  }

  /// Adds to a summary what is known besides its sound, and finds again what follows from who called.
  public func describe(
    _ outcome: CallOutcome, at path: RecordingPath, modified: Int?, settings: AnalysisSettings
  ) -> CallOutcome {
    guard case .analysed(var call) = outcome, let rules = rules(path) else { return outcome }
    var metadata = CallMetadata(
      evidence(for: path, rules), rules: rules, modified: modified.map { Double($0) / 1e9 },
      call: HeardCall(call))
    for file in rules.records {
      guard let complaint = files[file].flatMap({ records.files[$0].complaint }) else { continue }
      metadata?.notKnown.append(NotMeasured(field: "records", reason: "\(file): \(complaint)"))
    }
    call.take(metadata)
    return .analysed(call.knowing(metadata?.callDirection, settings: settings))
  }

  private static func name(_ path: RecordingPath, _ rules: MetadataRules) -> Evidence? {
    rules.names.lazy.compactMap { $0.evidence(of: path) }.first
  }

  private func sidecar(_ path: RecordingPath) -> [UInt8]? {
    listing?.mayHave(path) ?? true ? content(path) : nil
  }

  private func content(_ path: RecordingPath) -> [UInt8]? {
    let content = PlainFile(path, atMost: 1 << 20).flatMap { $0.bytes(at: 0, count: $0.size) }
    if content == nil { troubles.note(path, errno) }
    return content
  }
}

private func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
