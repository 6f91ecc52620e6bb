import CallAnalysis
import CallAudio
import CallModel
import Crypto
import FoundationEssentials
import Glibc
import TOMLKit

/// What decides an answer beside the sound. Every property is a key in snake case: `agent`, `[reading]`, and the
/// tables of `AnalysisSettings`. The keys are found by encoding the shipped values, so that a new setting needs
/// no change here; settings are numbers, flags, texts or lists of them, never nil.
struct Configuration: Sendable, Hashable {
  /// The channel the agent is on.
  var agent = ChannelRoles.auto
  /// What is refused before it is analysed.
  var reading = ReadingLimits()
  /// The constants of the analysis.
  var analysis = AnalysisSettings()
  /// Whose recordings lie where, in order. Not part of the hash: what they say of a recording is, as `agent`.
  var sources: [SourceRule] = []
}

/// Why a configuration is refused: one sentence and the exit status.
struct ConfigurationError: Error, Hashable, CustomStringConvertible {
  /// The sentence, with the place and what to give instead.
  var description: String
  /// 64 for a wrong key or value, 1 for a file that cannot be read.
  var status: Int32 = 64
}

// MARK: Where settings come from

extension Configuration {
  /// The settings of this machine.
  static let systemFile = "/etc/talkspurt/config.toml"

  /// The effective settings: shipped, then `systemFile` where there is one, then `file`, then the variables
  /// `TALKSPURT_…`, then `agent`, which goes over the sources too.
  static func load(
    file: String?, agent: ChannelRoles?, environment: [String: String],
    systemFile: String = Configuration.systemFile
  ) throws(ConfigurationError) -> Configuration {
    var configuration = Configuration()
    if let text = try contents(of: systemFile, needed: false) {
      try configuration.apply(toml: text, from: systemFile)
    }
    if let file, let text = try contents(of: file, needed: true) {
      try configuration.apply(toml: text, from: file)
    }
    try configuration.apply(environment: environment)
    if let agent {
      configuration.agent = agent
      for index in configuration.sources.indices { configuration.sources[index].agent = nil }
    }
    return configuration
  }

  /// The text of a file, or nil where it does not exist and is not needed.
  static func contents(of path: String, needed: Bool) throws(ConfigurationError) -> String? {
    func refusal() -> ConfigurationError {
      let why = String(cString: strerror(errno))
      return ConfigurationError(description: "The configuration \(path) cannot be read: \(why).", status: 1)
    }
    guard let file = fopen(path, "re") else {
      if errno == ENOENT, !needed { return nil }
      throw refusal()
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
    if ferror(file) != 0 { throw refusal() }
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw ConfigurationError(description: "The configuration \(path) is not text in UTF-8.", status: 1)
    }
    return text
  }

  /// Overlays the settings of a TOML document; `name` is the file for messages.
  mutating func apply(toml text: String, from name: String) throws(ConfigurationError) {
    let table: TOMLTable
    do { table = try TOMLTable(string: text) } catch {
      let parse = error as? TOMLParseError
      let line = parse.map { ":\($0.source.begin.line)" } ?? ""
      throw ConfigurationError(
        description: "\(name)\(line): this is not TOML: \(parse?.description ?? "unreadable").", status: 1)
    }
    if let sources = table["sources"] {
      try setSources(to: sources) { source, key in
        let line = SettingLines.line(of: source, key, in: text).map { ":\($0)" } ?? ""
        return "\(name)\(line): sources" + (key.map { ".\($0)" } ?? "")
      }
    }
    try apply(table, under: []) { path in
      let line = SettingLines.line(of: path, in: text).map { ":\($0)" } ?? ""
      return "\(name)\(line): "
    }
  }

  /// The names of the settings that stand in a TOML document.
  static func names(in toml: String) -> Set<String> {
    func names(_ table: TOMLTable, _ path: String) -> [String] {
      table.flatMap { key, value in
        value.table.map { names($0, path + key + ".") } ?? [path + key]
      }
    }
    return (try? TOMLTable(string: toml)).map { Set(names($0, "")) } ?? []
  }

  private mutating func apply(
    _ table: TOMLTable, under path: [String], place: ([String]) -> String
  ) throws(ConfigurationError) {
    for (key, value) in table where !(path.isEmpty && key == "sources") {
      let inner = path + [key]
      let name = inner.joined(separator: ".")
      if let setting = Setting.named[name] {
        try set(setting, to: Setting.Value(value), place: place(inner) + name)
      } else if !Setting.tables.contains(name) {
        let known = Array(Setting.named.keys) + Setting.tables + ["sources"]
        throw ConfigurationError(
          description: "\(place(inner))unknown setting \(name)\(suggestion(for: name, among: known)).")
      } else if let table = value.table {
        try apply(table, under: inner, place: place)
      } else {
        throw ConfigurationError(description: "\(place(inner))\(name) is a table of settings, not a value.")
      }
    }
  }

  /// Overlays the variables whose names begin with `TALKSPURT_`.
  mutating func apply(environment: [String: String]) throws(ConfigurationError) {
    let named = Dictionary(uniqueKeysWithValues: Setting.named.values.map { ($0.variable, $0) })
    for (variable, text) in environment.sorted(by: { $0.key < $1.key }) where variable.hasPrefix("TALKSPURT_")
    {
      guard let setting = named[variable] else {
        let hint = suggestion(for: variable, among: Array(named.keys))
        throw ConfigurationError(description: "The environment variable \(variable) is no setting\(hint).")
      }
      var value = Setting.Value.text(text)
      if case .text = setting.shipped {
      } else if !text.contains(where: \.isNewline), let table = try? TOMLTable(string: "value = \(text)"),
        let parsed = table["value"]
      {
        value = Setting.Value(parsed)
      }
      try set(setting, to: value, place: "environment: \(variable)")
    }
  }

  private mutating func set(
    _ setting: Setting, to value: Setting.Value, place: String
  ) throws(ConfigurationError) {
    if let complaint = setting.complaint(about: value) {
      throw ConfigurationError(description: "\(place): \(complaint).")
    }
    do {
      let rules = sources
      self = try Setting.Value(encoding: self).setting(setting.path[...], to: value).decoded()
      sources = rules
    } catch {
      let expected =
        if case .number = setting.shipped { "a whole number" } else { "left, right, auto, first or second" }
      throw ConfigurationError(description: "\(place): expected \(expected).")
    }
  }

  /// The first 12 hexadecimal digits of SHA-256 over the effective settings as JSON with sorted keys. Equal
  /// hashes and versions give equal answers for equal files.
  var hash: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(self) else {
      preconditionFailure("settings are finite numbers and texts")
    }
    return SHA256.hash(data: json).prefix(6).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}

// MARK: As one object

extension Configuration: Codable {
  enum CodingKeys: String, CodingKey { case agent, reading }

  /// The tables of the analysis stand beside `agent` and `reading`.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    agent = try container.decode(ChannelRoles.self, forKey: .agent)
    reading = try container.decode(ReadingLimits.self, forKey: .reading)
    analysis = try AnalysisSettings(from: decoder)
  }

  func encode(to encoder: any Encoder) throws {
    try analysis.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(agent, forKey: .agent)
    try container.encode(reading, forKey: .reading)
  }
}

// MARK: One setting

/// One key of the configuration.
struct Setting: Sendable, Hashable {
  /// A value of a setting, whatever document it comes from.
  enum Value: Sendable, Hashable {
    case flag(Bool), number(Double), text(String), list([Value]), table([String: Value])
  }

  /// Where it lies among the properties, as in `["activity", "bridgeMs"]`.
  let path: [String]
  /// The value that Talkspurt ships with.
  let shipped: Value

  /// The key with its tables, as in `activity.bridge_ms`.
  var name: String { path.map(snakeCase).joined(separator: ".") }

  /// The environment variable, as in `TALKSPURT_ACTIVITY_BRIDGE_MS`.
  var variable: String { "TALKSPURT_" + path.map { snakeCase($0).uppercased() }.joined(separator: "_") }

  /// Every setting there is.
  static let all: [Setting] = {
    func leaves(_ value: Value, _ path: [String]) -> [Setting] {
      guard case .table(let table) = value else { return [Setting(path: path, shipped: value)] }
      return table.sorted { $0.key < $1.key }.flatMap { leaves($1, path + [$0]) }
    }
    guard let shipped = try? Value(encoding: Configuration()) else {
      preconditionFailure("the shipped settings are numbers, flags, texts and lists of them")
    }
    return leaves(shipped, [])
  }()

  /// Every setting by its name.
  static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The tables that hold them, as in `activity`.
  static let tables = Set(
    all.flatMap { setting in
      let words = setting.path.map(snakeCase)
      return words.indices.dropFirst().map { words[..<$0].joined(separator: ".") }
    })

  /// What is wrong with `value` for this setting; nil where nothing is. A number that ships as zero or more may
  /// not be negative unless it is a level in decibels; a share is at most 1, a percentile 100.
  func complaint(about value: Value) -> String? {
    switch (shipped, value) {
    case (.number(let usual), .number(let number)):
      let words = name.split { $0 == "_" || $0 == "." }
      if !number.isFinite { return "expected a finite number" }
      if number < 0, usual >= 0, !words.contains(where: { ["db", "dbov"].contains($0) }) {
        return "expected a number of at least 0"
      }
      if words.last == "share", number > 1 { return "expected a share from 0 to 1" }
      if words.last == "percentile", number > 100 { return "expected a percentile from 0 to 100" }
      return number.magnitude > 1e9 ? "expected a number of at most 1000000000" : nil
    case (.flag, .flag), (.text, .text): return nil
    case (.list(let usual), .list(let values)):
      guard let first = usual.first else { return nil }
      return values.compactMap { Setting(path: path, shipped: first).complaint(about: $0) }.first
    case (.flag, _): return "expected true or false"
    case (.number, _): return "expected a number"
    case (.text, _): return "expected a text in quotes"
    case (.list, _): return "expected a list"
    case (.table, _): return "expected a table"
    }
  }
}

/// `bridgeMs` as `bridge_ms`.
func snakeCase(_ name: String) -> String {
  var out = ""
  var previous: Character?
  for character in name {
    if character.isUppercase, let previous, !previous.isUppercase { out += "_" }
    out += character.lowercased()
    previous = character
  }
  return out
}

extension Setting.Value: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([Self].self) {
      self = .list(list)
    } else {
      self = .table(try container.decode([String: Self].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .flag(let flag): try container.encode(flag)
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .list(let list): try container.encode(list)
    case .table(let table): try container.encode(table)
    }
  }

  /// The properties of `value` by name.
  init(encoding value: some Encodable) throws {
    self = try JSONDecoder().decode(Self.self, from: JSONEncoder().encode(value))
  }

  /// What has these properties.
  func decoded<Value: Decodable>() throws -> Value {
    try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(self))
  }

  /// This with another value at `path`.
  func setting(_ path: ArraySlice<String>, to value: Self) -> Self {
    guard let first = path.first else { return value }
    guard case .table(var table) = self, let inner = table[first] else { return self }
    table[first] = inner.setting(path.dropFirst(), to: value)
    return .table(table)
  }

  /// A value of a TOML document; dates are text.
  init(_ toml: any TOMLValueConvertible) {
    if let flag = toml.bool {
      self = .flag(flag)
    } else if let integer = toml.int {
      self = .number(Double(integer))
    } else if let number = toml.double {
      self = .number(number)
    } else if let list = toml.array {
      self = .list(list.map { Self($0) })
    } else if let table = toml.table {
      self = .table(Dictionary(uniqueKeysWithValues: table.map { ($0, Self($1)) }))
    } else {
      self = .text(toml.string ?? toml.debugDescription)
    }
  }
}

// MARK: Messages

/// Finds the lines of a TOML document on which keys stand, which the parser does not tell.
enum SettingLines {
  /// The line, from 1, on which the key at `path` or the table that begins with it stands.
  static func line(of path: [String], in text: String) -> Int? {
    var table: [String] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let line = line.drop(while: \.isWhitespace)
      if line.first == "[" {
        table = words(line.prefix { $0 != "]" }.drop { $0 == "[" })
        if table.starts(with: path) { return index + 1 }
      } else if line.first != "#", let equals = line.firstIndex(of: "=") {
        let key = table + words(line[..<equals])
        if key.starts(with: path) || path.starts(with: key) { return index + 1 }
      }
    }
    return nil
  }

  /// The line, from 1, on which a key of the source of this number, from 0, stands, or else the source, or else
  /// the list.
  static func line(of source: Int?, _ key: String?, in text: String) -> Int? {
    guard let source else { return line(of: ["sources"], in: text) }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let heads = lines.indices.filter {
      let line = lines[$0].drop(while: \.isWhitespace)
      return line.hasPrefix("[[") && words(line.prefix { $0 != "]" }.drop { $0 == "[" }) == ["sources"]
    }
    guard heads.indices.contains(source) else { return line(of: ["sources"], in: text) }
    let body = lines[(heads[source] + 1)...].prefix { $0.drop(while: \.isWhitespace).first != "[" }
    let place = body.indices.first { line in
      guard let key, let equals = lines[line].firstIndex(of: "=") else { return false }
      return words(lines[line][..<equals]) == [key]
    }
    return (place ?? heads[source]) + 1
  }

  private static func words(_ key: Substring) -> [String] {
    key.split(separator: ".").map { String($0.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }) }
  }
}

/// `; the nearest is …` with the nearest of `known`, also where only the table is missing; empty where none is
/// near.
func suggestion(for name: String, among known: [String]) -> String {
  func last(_ key: String) -> Substring { key.split(separator: ".").last ?? "" }
  let near = known.sorted().map { key in
    (key, min(editDistance(name, key), editDistance(String(last(name)), String(last(key))) + 1))
  }.min { $0.1 < $1.1 }
  guard let near, near.1 <= max(2, name.count / 4) else { return "" }
  return "; the nearest is \(near.0)"
}

/// The insertions, deletions and replacements that make `a` of `b` (Levenshtein).
func editDistance(_ a: String, _ b: String) -> Int {
  let b = Array(b)
  var row = Array(0...b.count)
  for (i, left) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, right) in b.enumerated() {
      let above = row[j + 1]
      row[j + 1] = min(above + 1, row[j] + 1, diagonal + (left == right ? 0 : 1))
      diagonal = above
    }
  }
  return row[b.count]
}
