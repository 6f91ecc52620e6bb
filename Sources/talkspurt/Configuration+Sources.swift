import CallIngest
import CallModel
import TOMLKit

/// One of `[[sources]]`: who is on which channel of the recordings whose paths match.
struct SourceRule: Sendable, Hashable {
  /// The pattern; `RecordingSource.matches` tells its rules.
  var path: String
  /// The agent's channel.
  var agent: ChannelRoles
}

extension Configuration {
  /// Takes the list of a document over; `place` names a key of the source of a number.
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
      for key in table.keys.sorted() where !["path", "agent", "recorder"].contains(key) {
        let near = suggestion(for: key, among: ["path", "agent", "recorder"])
        throw refusal(key, "a source has no such key\(near)")
      }
      func text(_ key: String) throws(ConfigurationError) -> String? {
        guard let value = table[key] else { return nil }
        guard let text = value.string else { throw refusal(key, "expected a text in quotes") }
        return text
      }
      guard let path = try text("path"), !path.isEmpty else { throw refusal(nil, "a source needs a path") }
      var roles: ChannelRoles?
      if let name = try text("recorder") {
        guard let recorder = Recorder(rawValue: name) else {
          let names = Recorder.allCases.map(\.rawValue).joined(separator: ", ")
          throw refusal("recorder", "expected one of \(names)")
        }
        roles = recorder.roles
      }
      if let name = try text("agent") {
        guard let given = ChannelRoles(rawValue: name) else {
          throw refusal("agent", "expected left, right or auto")
        }
        roles = given
      }
      guard let roles else { throw refusal(nil, "a source needs an agent or a recorder") }
      rules.append(SourceRule(path: path, agent: roles))
    }
    sources = rules
  }

  /// The sources for the analysis, each with the hash of the settings it comes to.
  func recordingSources(version: String) -> [RecordingSource] {
    sources.map { rule in
      var effective = self
      effective.agent = rule.agent
      return RecordingSource(
        RecordingPath(rule.path), roles: rule.agent,
        analysis: Analysis(version: version, settingsHash: effective.hash))
    }
  }
}
