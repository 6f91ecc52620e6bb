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
    try takeNames(from: table)
    try takePlace(from: table)
    if let value = table["sidecars"] {
      guard let flag = value.bool else {
        throw SourceRefusal(key: "sidecars", sentence: "expected true or false")
      }
      readsSidecars = flag
    }
    records = try Self.texts("records", table["records"])
    try takeKeys(from: table)
  }

  /// Takes the patterns of names, and the presets of a recorder.
  private mutating func takeNames(from table: TOMLTable) throws(SourceRefusal) {
    let presets = NamePattern.presetNames.joined(separator: ", ")
    for name in try Self.texts("names", table["names"]) {
      if let preset = NamePattern.preset(name) {
        names += preset
        continue
      }
      do { names.append(try NamePattern(name)) } catch {
        throw SourceRefusal(key: "names", sentence: "\(error); a name of a recorder is one of \(presets)")
      }
    }
    guard let recorder = try Self.text("recorder", in: table) else { return }
    guard let preset = NamePattern.preset(recorder) else {
      throw SourceRefusal(key: "recorder", sentence: "expected one of \(presets)")
    }
    if names.isEmpty { names = preset }
    keys = MetadataRules.presetKeys(recorder)
    folderSidecar = MetadataRules.presetFolderSidecar(recorder)
  }

  /// Takes the time zone and the region.
  private mutating func takePlace(from table: TOMLTable) throws(SourceRefusal) {
    if let zone = try Self.text("time_zone", in: table) {
      clock = WallClock(zone)
      if clock == nil {
        throw SourceRefusal(
          key: "time_zone", sentence: "there is no zone \(zone); give one as in \"Europe/Berlin\"")
      }
    }
    guard let region = try Self.text("region", in: table)?.uppercased() else { return }
    guard PhoneNumber.regions.contains(region) else {
      let known = PhoneNumber.regions.joined(separator: ", ")
      throw SourceRefusal(
        key: "region", sentence: "the prefixes of \(region) are not known; known are \(known)")
    }
    self.region = region
  }

  /// Takes the keys under which records have the fields.
  private mutating func takeKeys(from table: TOMLTable) throws(SourceRefusal) {
    guard let value = table["keys"] else { return }
    guard let fields = value.table else {
      throw SourceRefusal(key: "keys", sentence: "expected a table, as in { agent = \"agent.name\" }")
    }
    for (key, value) in fields {
      guard let field = CallMetadata.Field(rawValue: key) else {
        let known = CallMetadata.Field.allCases.map(\.rawValue)
        throw SourceRefusal(
          key: "keys", sentence: "\(key) is no field; fields are \(known.joined(separator: ", "))")
      }
      keys[field] = try Self.texts("keys", value)
    }
  }

  /// The text at a key; nil where there is none.
  private static func text(_ key: String, in table: TOMLTable) throws(SourceRefusal) -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else {
      throw SourceRefusal(key: key, sentence: "expected a text in quotes")
    }
    return text
  }

  /// The texts of a value that is a text or a list of them.
  private static func texts(
    _ key: String, _ value: (any TOMLValueConvertible)?
  ) throws(SourceRefusal) -> [String] {
    guard let value else { return [] }
    if let text = value.string { return [text] }
    let list = value.array?.map { $0.string } ?? [nil]
    guard !list.contains(nil) else { throw SourceRefusal(key: key, sentence: "expected a list of texts") }
    return list.compactMap(\.self)
  }
}
