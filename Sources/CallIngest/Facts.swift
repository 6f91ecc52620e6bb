import CallModel
import CallRecords
import CallReports
import CallStore
import Crypto
import FoundationEssentials

/// Facts about calls besides their sound, kept by source: a source replaces what it said of a call, and silence takes
/// nothing away, whether the source has forgotten the call, cannot be read or is not configured any more.
struct Facts: Sendable {
  let sources: [RecordingSource]
  let book: RecordBook
  let presence: Presence
  /// The rules of each source as text.
  private let rules: [String]

  init(_ sources: [RecordingSource], presence: Presence) {
    self.sources = sources
    self.presence = presence
    rules = sources.map { $0.rules.map(Self.text) ?? "" }
    book = RecordBook(sources: sources)
  }

  /// What is written of one file, by the first source that matches it.
  struct Asked: Sendable {
    /// The number of the source; nil where none matches.
    let source: Int?
    let rules: MetadataRules?
    let writings: RecordBook.Writings

    /// Whether the source has records of the exchange; nil where it has no rules.
    var expectsRecord: Bool? { rules.map { !$0.records.isEmpty } }
  }

  /// What the sources say of one file.
  struct Said: Sendable {
    let asked: Asked
    let evidence: [Evidence]

    /// How well it is described.
    var description: Description { evidence.isEmpty ? (asked.source == nil ? .not : .matched) : .told }
  }

  /// Asks the sources about the file at `path`; reads the files beside it.
  func ask(_ path: RecordingPath) -> Asked {
    let source = sources.firstIndex { $0.matches(path) }
    let rules = source.flatMap { sources[$0].rules }
    return Asked(
      source: source, rules: rules, writings: rules.map { book.writings(of: path, $0) } ?? .init())
  }

  /// Understands what is written.
  func said(_ asked: Asked) -> Said {
    Said(asked: asked, evidence: asked.rules.map { RecordBook.evidence(in: asked.writings, $0) } ?? [])
  }

  /// Asks the sources about the file at `path`, and understands what they say.
  func said(of path: RecordingPath) -> Said { said(ask(path)) }

  /// When the call at a file that is not known yet began, by its sources, in seconds since 1970.
  func begin(of file: RecordingFile) -> Seconds? {
    let said = said(of: file.path)
    // What is not known of the sound decides nothing here.
    let heard = HeardCall(
      duration: 0, channels: 2, ending: .unknown, cutParty: nil, firstLegGone: nil, isConversation: false)
    let metadata = metadata(said, of: file, heard)
    guard case .exact(let moment)? = metadata?[.startedAt].flatMap(CallTime.init) else { return nil }
    return moment
  }

  /// What follows from what the sources say of a file; nil where they say nothing.
  func metadata(_ said: Said, of file: RecordingFile, _ heard: HeardCall) -> CallMetadata? {
    said.asked.rules.flatMap { rules in
      CallMetadata(
        said.evidence, rules: rules, modified: file.modified.map { Double($0) / 1e9 }, call: heard)
    }
  }

  /// What has to be written after the sources were asked about a file with the call.
  struct Change: Sendable {
    let path: RecordingPath
    var statements: [Statement] = []
    /// Nil where it stays as it is.
    var metadata: CallMetadata?
    /// Of what all this follows from; nil where the sources have nothing to say.
    var hash: Int64?
    /// The sources that know something of the call and say nothing of this file, which is the one for which they spoke.
    var silent: [CallMetadata.Source] = []
    /// Whether the source has records of the exchange; nil where that stays as it is.
    var expectsRecord: Bool?

    /// Writes it.
    func write(_ call: Int64, to writer: StoreWriter) throws {
      for statement in statements { try writer.keep(statement, of: call) }
      if let metadata { try writer.take(metadata, of: call) }
      if let hash { try writer.note(facts: hash, silent: silent, of: path) }
      if let expectsRecord { try writer.note(expectsRecord: expectsRecord, of: path) }
    }
  }

  /// What changes by what was said of `file`. Of several files with the content the first by path is believed that is
  /// there: so it does not matter in which order they are finished.
  func change(_ known: KnownFacts, _ said: Said, of file: RecordingFile) throws -> Change {
    guard let rules = said.asked.rules else { return Change(path: file.path) }
    var change = Change(path: file.path, expectsRecord: said.asked.expectsRecord)
    var statements = Dictionary(known.statements.map { ($0.source, $0) }, uniquingKeysWith: { a, _ in a })
    for evidence in said.evidence {
      let statement = Statement(evidence.source, of: file.path, said: try Self.json(evidence))
      if let before = statements[evidence.source] {
        guard before != statement,
          file.path <= before.path || presence.isGone(before.path)
        else { continue }
      }
      statements[evidence.source] = statement
      change.statements.append(statement)
    }
    let evidence = Self.order.compactMap { statements[$0] }.compactMap { try? Self.evidence($0.said) }
    let metadata = CallMetadata(
      evidence, rules: rules, modified: file.modified.map { Double($0) / 1e9 }, call: known.heard)
    if let metadata, try metadataJSON(metadata) != known.metadata { change.metadata = metadata }
    var after = known
    after.statements = statements.values.sorted { $0.source.rawValue < $1.source.rawValue }
    change.hash = hash(of: said.asked, after, file)
    change.silent = known.statements.filter { statement in
      statement.path == file.path && !said.evidence.contains { $0.source == statement.source }
    }.map(\.source)
    return change
  }

  /// A hash of all that the metadata of a call follow from: what is written of a file, the rules, what is known, and whether
  /// the files are there for which that was said. Where it is that of the last time, nothing has to be understood and
  /// merged again.
  func hash(of asked: Asked, _ known: KnownFacts, _ file: RecordingFile) -> Int64 {
    var parts: [[UInt8]] = [
      Array("\(Self.revision)".utf8), Array((asked.source.map { rules[$0] } ?? "").utf8), file.path.bytes,
      Array("\(file.modified ?? -1)".utf8), Array(Self.text(known.heard).utf8),
    ]
    parts += asked.writings.records.flatMap { [[$0.form == .plain ? 0 : 1]] + $0.alternatives }
    parts += asked.writings.lines.flatMap { [[$0.isUTC ? 1 : 0], $0.bytes] }
    parts += known.statements.flatMap {
      // Another file with the content is believed while it is there.
      let isGone = $0.path != file.path && presence.isGone($0.path)
      return [Array("\($0.source.rawValue) \(isGone)".utf8), $0.path.bytes, Array($0.said.utf8)]
    }
    var hash = SHA256()
    for part in parts {
      withUnsafeBytes(of: part.count) { hash.update(bufferPointer: $0) }
      hash.update(data: part)
    }
    return hash.finalize().prefix(8).reduce(0) { $0 << 8 | Int64($1) }
  }

  /// Raised where the same writings give other metadata; `FactsTests` forces it.
  static let revision = 1

  /// All of the rules that decides how writings are understood and merged.
  private static func text(_ rules: MetadataRules) -> String {
    let keys = rules.keys.map { "\($0.key.rawValue)=\($0.value.joined(separator: ","))" }.sorted()
    let names = rules.names.map { "\($0.text) \($0.recorder ?? "")" }
    return
      ([rules.clock?.name ?? "", rules.region ?? "", "\(rules.readsSidecars)", rules.folderSidecar ?? ""]
      + keys
      + names)
      .joined(separator: "\n")
  }

  /// All that is heard.
  private static func text(_ heard: HeardCall) -> String {
    let parties = [heard.cutParty, heard.firstLegGone].map { $0?.rawValue ?? "" }.joined(separator: " ")
    return "\(heard.duration) \(heard.channels) \(heard.ending.rawValue) \(parties) \(heard.isConversation)"
  }

  /// The most trusted first.
  private static let order: [CallMetadata.Source] = [.sidecar, .freeswitch, .asterisk, .name]

  private static func json(_ evidence: Evidence) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(evidence), as: UTF8.self)
  }

  private static func evidence(_ json: String) throws -> Evidence {
    try JSONDecoder().decode(Evidence.self, from: Data(json.utf8))
  }
}
