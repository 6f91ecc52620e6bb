import CallModel
import Glibc
import TOMLKit

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
    let table = try Self.table(in: text, from: name)
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

  private static func table(in text: String, from name: String) throws(ConfigurationError) -> TOMLTable {
    func refusal(_ line: Int?, _ reason: String) -> ConfigurationError {
      let place = name + (line.map { ":\($0)" } ?? "")
      return ConfigurationError(description: "\(place): this is not TOML: \(reason).", status: 1)
    }
    if let mistake = TOMLCheck.mistake(in: text) { throw refusal(mistake.line, mistake.sentence) }
    do { return try TOMLTable(string: text) } catch {
      let parse = error as? TOMLParseError
      throw refusal(parse?.source.begin.line, parse?.description ?? "unreadable")
    }
  }

  /// The names of the settings that stand in a TOML document.
  static func names(in toml: String) -> Set<String> {
    func names(_ table: TOMLTable, _ path: String) -> [String] {
      table.flatMap { key, value in
        value.table.map { names($0, path + key + ".") } ?? [path + key]
      }
    }
    return (try? table(in: toml, from: "")).map { Set(names($0, "")) } ?? []
  }

  private mutating func apply(
    _ table: TOMLTable, under path: [String], place: ([String]) -> String
  ) throws(ConfigurationError) {
    for (key, value) in table where !(path.isEmpty && key == "sources") {
      let inner = path + [key]
      let name = inner.joined(separator: ".")
      if let setting = Setting.named[name] {
        try set(setting, to: Setting.Value(value), place: place(inner) + name)
      } else if !Setting.tables.contains(name), let explanation = RetiredSettings.explanation(of: name) {
        let what = value.table == nil ? "line" : "table"
        throw ConfigurationError(
          description: "\(place(inner))\(name) is no longer a setting: \(explanation); remove the \(what).")
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
        if let explanation = RetiredSettings.explanation(ofVariable: variable) {
          throw ConfigurationError(
            description:
              "The environment variable \(variable) is no longer a setting: \(explanation); remove it.")
        }
        let hint = suggestion(for: variable, among: Array(named.keys))
        throw ConfigurationError(description: "The environment variable \(variable) is no setting\(hint).")
      }
      var value = Setting.Value.text(text)
      if case .text = setting.shipped {
      } else if !text.contains(where: \.isNewline),
        let table = try? Self.table(in: "value = \(text)", from: variable), let parsed = table["value"]
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
}
