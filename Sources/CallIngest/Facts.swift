import CallModel
import CallRecords
import CallReports
import CallStore
import FoundationEssentials

/// Facts about calls besides their sound, kept by source: a source replaces what it said of a call, and silence takes
/// nothing away, whether the source has forgotten the call, cannot be read or is not configured any more.
struct Facts: Sendable {
  let sources: [RecordingSource]
  let book: RecordBook
  let presence: Presence

  init(_ sources: [RecordingSource], presence: Presence) {
    self.sources = sources
    self.presence = presence
    book = RecordBook(sources: sources)
  }

  /// What the sources say of one file.
  struct Said: Sendable {
    let isMatched: Bool
    let rules: MetadataRules?
    let evidence: [Evidence]

    /// How well it is described.
    var description: Description { evidence.isEmpty ? (isMatched ? .matched : .not) : .told }
  }

  /// Asks the sources about the file at `path`; reads the files beside it.
  func said(of path: RecordingPath) -> Said {
    let source = sources.first { $0.matches(path) }
    return Said(
      isMatched: source != nil, rules: source?.rules,
      evidence: source?.rules.map { book.evidence(for: path, $0) } ?? [])
  }

  /// When the call at a file that is not known yet began, by its sources, in seconds since 1970.
  func begin(of file: RecordingFile) -> Seconds? {
    let said = said(of: file.path)
    guard let rules = said.rules else { return nil }
    // What is not known of the sound decides nothing here.
    let heard = HeardCall(
      duration: 0, channels: 2, ending: .unknown, cutParty: nil, firstLegGone: nil, isConversation: false)
    let metadata = CallMetadata(
      said.evidence, rules: rules, modified: file.modified.map { Double($0) / 1e9 }, call: heard)
    guard case .exact(let moment)? = metadata?[.startedAt].flatMap(CallTime.init) else { return nil }
    return moment
  }

  /// What has to be written after the sources were asked about a file with the call.
  struct Change: Sendable {
    var statements: [Statement] = []
    /// Nil where it stays as it is.
    var metadata: CallMetadata?

    var isEmpty: Bool { statements.isEmpty && metadata == nil }

    /// Writes it.
    func write(_ call: Int64, to writer: StoreWriter) throws {
      for statement in statements { try writer.keep(statement, of: call) }
      if let metadata { try writer.take(metadata, of: call) }
    }
  }

  /// What changes by what was said of `file`. Of several files with the content the first by path is believed that is
  /// there: so it does not matter in which order they are finished.
  func change(_ known: KnownFacts, _ said: Said, of file: RecordingFile) throws -> Change {
    guard let rules = said.rules else { return Change() }
    var change = Change()
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
    return change
  }

  /// The sources that know something of the call, and say nothing of this file, which is the one for which they spoke.
  func silent(_ known: KnownFacts, _ said: Said, at path: RecordingPath) -> [CallMetadata.Source] {
    known.statements.filter { statement in
      statement.path == path && !said.evidence.contains { $0.source == statement.source }
    }.map(\.source)
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
