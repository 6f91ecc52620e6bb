import CallAudio
import CallIngest
import CallModel
import CallRecords
import TOMLKit

/// One of `[[sources]]`: who is on which channel of the recordings whose paths match, and how they are described.
struct SourceRule: Sendable, Hashable {
  /// The pattern; `RecordingSource.matches` has its rules.
  var path: String
  /// The agent's channel; nil where the source is only about names and records.
  var agent: ChannelRoles?
  /// How names and records are read; nil where it is not configured.
  var rules: MetadataRules?
  /// What the samples are where recordings have no header.
  var raw: RawFormat?
  /// The keys as they are written.
  var entries: [String: Setting.Value]
}

extension Configuration {
  /// Takes the list of a document; `place` names a key of the source of a number.
  mutating func setSources(
    to value: any TOMLValueConvertible, place: (_ source: Int?, _ key: String?) -> String
  ) throws(ConfigurationError) {
    guard let list = value.array else {
      throw ConfigurationError(description: "\(place(nil, nil)): expected tables, as in [[sources]].")
    }
    var rules: [SourceRule] = []
    for (index, value) in list.enumerated() {
      func refusal(_ key: String?, _ sentence: String) -> ConfigurationError {
        ConfigurationError(description: "\(place(index, key)): \(sentence).")
      }
      guard let table = value.table else { throw refusal(nil, "expected a table") }
      let known = ["path", "agent", "raw"] + MetadataRules.sourceKeys
      for key in table.keys.sorted() where !known.contains(key) {
        let near = suggestion(for: key, among: known)
        throw refusal(key, "a source has no such key\(near)")
      }
      func text(_ key: String) throws(ConfigurationError) -> String? {
        guard let value = table[key] else { return nil }
        guard let text = value.string else { throw refusal(key, "expected a text in quotes") }
        return text
      }
      guard let path = try text("path"), !path.isEmpty else { throw refusal(nil, "a source needs a path") }
      var roles: ChannelRoles?
      if let name = try text("recorder") { roles = Recorder(rawValue: name)?.roles }
      if let name = try text("agent") {
        guard let given = ChannelRoles(rawValue: name) else {
          throw refusal("agent", "expected left, right, auto, first or second")
        }
        roles = given
      }
      let metadata: MetadataRules?
      let raw: RawFormat?
      do throws(SourceRefusal) {
        metadata = try MetadataRules(table)
        raw = try table["raw"].map { value throws(SourceRefusal) in try RawFormat(value) }
      } catch {
        throw refusal(error.key, error.sentence)
      }
      if roles == nil, metadata == nil, raw == nil {
        throw refusal(nil, "a source needs an agent, a recorder, names or raw")
      }
      let entries = table.keys.map { ($0, table[$0].map { Setting.Value($0) } ?? .text("")) }
      rules.append(
        SourceRule(
          path: path, agent: roles, rules: metadata, raw: raw,
          entries: Dictionary(uniqueKeysWithValues: entries)))
    }
    sources = rules
  }

  /// The sources for the analysis, each with the hash of its settings.
  func recordingSources(version: String) -> [RecordingSource] {
    sources.map { rule in
      var effective = self
      effective.agent = rule.agent ?? agent
      return RecordingSource(
        RecordingPath(rule.path), roles: effective.agent,
        analysis: Analysis(version: version, settingsHash: effective.hash(of: rule.raw)), rules: rule.rules)
    }
  }

  /// The limits of reading, with what the sources say of their recordings.
  var readingLimits: ReadingLimits {
    var limits = reading
    limits.rules = sources.map {
      ReadingRule(RecordingPath($0.path), raw: $0.raw, hasLegs: $0.rules?.hasLegs == true)
    }
    return limits
  }
}

extension RawFormat {
  /// The format in a table of a source, as in `{ encoding = "s16le", sample_rate_hz = 8000, channels = 1 }`.
  init(_ value: any TOMLValueConvertible) throws(SourceRefusal) {
    func refusal(_ sentence: String) -> SourceRefusal { SourceRefusal(key: "raw", sentence: sentence) }
    let encodings = Encoding.allCases.map(\.rawValue).joined(separator: ", ")
    guard let table = value.table, let name = table["encoding"]?.string,
      let encoding = Encoding(rawValue: name)
    else {
      throw refusal(
        "expected { encoding = \"s16le\", sample_rate_hz = 8000 }, with an encoding of \(encodings)")
    }
    for key in table.keys.sorted() where !["encoding", "sample_rate_hz", "channels"].contains(key) {
      throw refusal("\(key) is none of encoding, sample_rate_hz, channels")
    }
    func number(_ key: String, _ range: ClosedRange<Int>, otherwise: Int) throws(SourceRefusal) -> Int {
      guard let value = table[key] else { return otherwise }
      guard let number = value.int, range ~= number else {
        throw refusal("\(key) is a number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
    self.init(
      encoding, sampleRate: try number("sample_rate_hz", 4000...192_000, otherwise: 8000),
      channels: try number("channels", 1...8, otherwise: 1))
    if encoding == .gsm, channels != 1 { throw refusal("GSM 6.10 has one channel") }
  }
}
