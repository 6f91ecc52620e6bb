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
      let known = ["path", "agent"] + MetadataRules.sourceKeys
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
      do throws(SourceRefusal) { metadata = try MetadataRules(table) } catch {
        throw refusal(error.key, error.sentence)
      }
      if roles == nil, metadata == nil { throw refusal(nil, "a source needs an agent, a recorder or names") }
      let entries = table.keys.map { ($0, table[$0].map { Setting.Value($0) } ?? .text("")) }
      rules.append(
        SourceRule(
          path: path, agent: roles, rules: metadata, entries: Dictionary(uniqueKeysWithValues: entries)))
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
        analysis: Analysis(version: version, settingsHash: effective.hash), rules: rule.rules)
    }
  }
}
