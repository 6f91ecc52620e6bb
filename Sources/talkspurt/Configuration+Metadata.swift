import CallIngest
import CallModel
import CallRecords
import TOMLKit

extension Configuration {
  /// The keys of a source that say how its recordings are described.
  static let metadataKeys = ["names", "recorder", "time_zone", "region", "sidecars", "keys", "records"]

  /// Takes over what the sources of a document say of names and records; `place` names a key of the source of a
  /// number. Of the other keys only `path` is looked at.
  mutating func setDescriptions(
    to value: any TOMLValueConvertible, place: (_ source: Int?, _ key: String?) -> String
  ) throws(ConfigurationError) {
    guard let list = value.array else {
      throw ConfigurationError(description: "\(place(nil, nil)): expected tables, as in [[sources]].")
    }
    var found: [RecordDescription] = []
    for (index, value) in list.enumerated() {
      func refusal(_ key: String?, _ sentence: String) -> ConfigurationError {
        ConfigurationError(description: "\(place(index, key)): \(sentence).")
      }
      guard let table = value.table else { throw refusal(nil, "expected a table") }
      guard let path = table["path"]?.string, !path.isEmpty else {
        throw refusal("path", "a source needs a path")
      }
      guard table.keys.contains(where: Self.metadataKeys.contains) else {
        // What comes first decides, also that nothing is known.
        found.append(RecordDescription(RecordingPath(path), rules: nil))
        continue
      }
      do throws(SourceRefusal) {
        let rules = try MetadataRules(table)
        found.append(RecordDescription(RecordingPath(path), rules: rules))
      } catch {
        throw refusal(error.key, error.sentence)
      }
    }
    descriptions = found
  }
}

/// What is wrong with a key of a source.
private struct SourceRefusal: Error {
  var key: String
  var sentence: String
}

extension MetadataRules {
  /// The rules in a table of `[[sources]]`.
  fileprivate init(_ table: TOMLTable) throws(SourceRefusal) {
    self.init()
    func text(_ key: String) throws(SourceRefusal) -> String? {
      guard let value = table[key] else { return nil }
      guard let text = value.string else {
        throw SourceRefusal(key: key, sentence: "expected a text in quotes")
      }
      return text
    }
    func texts(_ key: String, _ value: (any TOMLValueConvertible)?) throws(SourceRefusal) -> [String] {
      guard let value else { return [] }
      if let text = value.string { return [text] }
      let list = value.array?.map { $0.string } ?? [nil]
      guard !list.contains(nil) else { throw SourceRefusal(key: key, sentence: "expected a list of texts") }
      return list.compactMap(\.self)
    }
    for name in try texts("names", table["names"]) {
      if let preset = NamePattern.preset(name) {
        names += preset
        continue
      }
      do { names.append(try NamePattern(name)) } catch {
        let presets = NamePattern.presetNames.joined(separator: ", ")
        throw SourceRefusal(key: "names", sentence: "\(error); a name of a recorder is one of \(presets)")
      }
    }
    if let recorder = try text("recorder") {
      let recorder = recorder == "twilio-flex" ? "twilio" : recorder
      guard let preset = NamePattern.preset(recorder) else {
        let names = NamePattern.presetNames.joined(separator: ", ")
        throw SourceRefusal(key: "recorder", sentence: "expected one of \(names)")
      }
      if names.isEmpty { names = preset }
      keys = MetadataRules.presetKeys[recorder] ?? [:]
    }
    if let zone = try text("time_zone") {
      clock = WallClock(zone)
      if clock == nil {
        throw SourceRefusal(
          key: "time_zone", sentence: "there is no zone \(zone); give one as in \"Europe/Berlin\"")
      }
    }
    if let region = try text("region")?.uppercased() {
      guard PhoneNumber.regions.contains(region) else {
        let known = PhoneNumber.regions.joined(separator: ", ")
        throw SourceRefusal(
          key: "region", sentence: "the prefixes of \(region) are not known; known are \(known)")
      }
      self.region = region
    }
    if let value = table["sidecars"] {
      guard let flag = value.bool else {
        throw SourceRefusal(key: "sidecars", sentence: "expected true or false")
      }
      readsSidecars = flag
    }
    records = try texts("records", table["records"])
    guard let value = table["keys"] else { return }
    guard let table = value.table else {
      throw SourceRefusal(key: "keys", sentence: "expected a table, as in { agent = \"agent.name\" }")
    }
    for (key, value) in table {
      guard let field = CallMetadata.Field(rawValue: key) else {
        let fields = CallMetadata.Field.allCases.map(\.rawValue)
        throw SourceRefusal(
          key: "keys", sentence: "\(key) is no field; fields are \(fields.joined(separator: ", "))")
      }
      keys[field] = try texts("keys", value)
    }
  }
}
