import CallModel
import CallRecords
import TOMLKit

/// What is wrong with a key of a source.
struct SourceRefusal: Error {
  var key: String
  var sentence: String
}

extension MetadataRules {
  /// The keys of a source that say how its recordings are described.
  static let sourceKeys = ["names", "recorder", "time_zone", "region", "sidecars", "keys", "records"]

  /// The rules in a table of `[[sources]]`; nil where it has none.
  init?(_ table: TOMLTable) throws(SourceRefusal) {
    guard table.keys.contains(where: Self.sourceKeys.contains) else { return nil }
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
      guard let preset = NamePattern.preset(recorder) else {
        let names = NamePattern.presetNames.joined(separator: ", ")
        throw SourceRefusal(key: "recorder", sentence: "expected one of \(names)")
      }
      if names.isEmpty { names = preset }
      keys = MetadataRules.presetKeys(recorder)
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
