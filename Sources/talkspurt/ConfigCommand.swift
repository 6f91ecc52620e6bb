import ArgumentParser
import CallModel
import CallReports
import FoundationEssentials

/// `talkspurt config`.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Tells what the settings are.", subcommands: [Show.self])

  /// `talkspurt config show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows every setting in effect and where it comes from.",
      discussion: """
        As text it is a configuration in TOML, with the place beside each value: default, the file with its \
        line, the environment variable, or the flag.

        Exit status: 0 all done; 1 a file cannot be read; 64 a setting or the usage is wrong.
        """)

    enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

    @OptionGroup var common: CommonOptions

    @Option(help: "text, which is TOML, or json.")
    var format = Format.text

    func run() throws {
      let configuration = try common.configuration()
      let effective = try sayingWhyRefused { () throws(ConfigurationError) in
        try configuration.effective(
          file: common.config, agent: common.agent, environment: ProcessInfo.processInfo.environment)
      }
      let text: String
      switch format {
      case .text: text = toml(effective, hash: configuration.hash)
      case .json:
        let page = SettingsPage(
          version: Talkspurt.version, hash: configuration.hash, settings: effective.settings,
          sources: effective.sources)
        text = try jsonText(page, spaced: true) + "\n"
      }
      _ = try StandardStream.output.write(Array(text.utf8))
    }
  }
}

/// The configuration in effect, with origins.
struct EffectiveSettings: Sendable, Hashable {
  /// Every setting, by name.
  var settings: [EffectiveSetting]
  /// The places of recordings, in order.
  var sources: [EffectiveSource]
}

/// A source in effect.
struct EffectiveSource: Sendable, Hashable, Encodable {
  /// Its keys, `path` among them.
  let entries: [String: Setting.Value]
  /// The file that names it.
  var file: String?
  /// Its line there.
  var line: Int?

  /// A source with the agent of a flag, which goes over its own.
  init(_ rule: SourceRule, agent: ChannelRoles?) {
    entries = rule.entries.merging(agent.map { ["agent": .text($0.rawValue)] } ?? [:]) { $1 }
  }

  func encode(to encoder: any Encoder) throws {
    var all = entries
    all["file"] = file.map { .text($0) }
    all["line"] = line.map { .number(Double($0)) }
    try all.encode(to: encoder)
  }
}

/// A setting in effect.
struct EffectiveSetting: Sendable, Hashable {
  /// Which one.
  var setting: Setting
  /// Its value.
  var value: Setting.Value
  /// Its origin.
  var origin: SettingOrigin
}

/// Where the value of a setting comes from.
enum SettingOrigin: Sendable, Hashable, CustomStringConvertible {
  case shipped
  case file(String, line: Int?)
  case environment(variable: String)
  case flag(String)

  var description: String {
    switch self {
    case .shipped: "default"
    case .file(let name, let line): name + (line.map { ":\($0)" } ?? "")
    case .environment(let variable): "environment \(variable)"
    case .flag(let name): "flag \(name)"
    }
  }
}

extension Configuration {
  /// Everything in this configuration, each with its origin: the last of the files, variables and flags, the
  /// same as `load` read, that names it.
  func effective(
    file: String?, agent: ChannelRoles?, environment: [String: String],
    systemFile: String = Configuration.systemFile
  ) throws(ConfigurationError) -> EffectiveSettings {
    var origins: [String: SettingOrigin] = [:]
    var places = sources.map { EffectiveSource($0, agent: agent) }
    for name in [systemFile, file].compactMap({ $0 }) {
      guard let text = try Self.contents(of: name, needed: name == file) else { continue }
      let keys = Self.names(in: text)
      if keys.contains("sources") {
        for index in places.indices {
          places[index].file = name
          places[index].line = SettingLines.line(of: index, nil, in: text)
        }
      }
      for key in keys {
        let line = SettingLines.line(of: key.split(separator: ".").map(String.init), in: text)
        origins[key] = .file(name, line: line)
      }
    }
    for setting in Setting.all where environment[setting.variable] != nil {
      origins[setting.name] = .environment(variable: setting.variable)
    }
    if agent != nil { origins["agent"] = .flag("--agent") }
    guard let values = try? Setting.Value(encoding: self) else {
      preconditionFailure("settings are finite numbers and texts")
    }
    let settings = Setting.all.map { setting in
      EffectiveSetting(
        setting: setting, value: values[setting.path[...]], origin: origins[setting.name] ?? .shipped)
    }
    return EffectiveSettings(settings: settings, sources: places)
  }
}

/// The settings as a configuration in TOML, with their origins in comments. Keys without a table come first,
/// as TOML requires.
private func toml(_ effective: EffectiveSettings, hash: String) -> String {
  let settings = effective.settings
  var text = "# Talkspurt \(Talkspurt.version), settings \(hash)\n"
  var table = ""
  let (bare, inTables) = (
    settings.filter { $0.setting.path.count == 1 }, settings.filter { $0.setting.path.count > 1 }
  )
  for effective in bare + inTables {
    let words = effective.setting.name.split(separator: ".")
    let own = words.dropLast().joined(separator: ".")
    if own != table {
      text += "\n[\(own)]\n"
      table = own
    }
    text += "\(words.last ?? "") = \(effective.value.toml)  # \(effective.origin)\n"
  }
  for source in effective.sources {
    let origin = source.file.map { SettingOrigin.file($0, line: source.line) } ?? .shipped
    text += "\n[[sources]]  # \(origin)\n"
    for (key, value) in source.entries.sorted(by: { $0.key < $1.key }) { text += "\(key) = \(value.toml)\n" }
  }
  return text
}

extension Setting.Value {
  /// The value at `path`; this table where there is none.
  fileprivate subscript(path: ArraySlice<String>) -> Self {
    guard let first = path.first, case .table(let table) = self, let inner = table[first] else { return self }
    return inner[path.dropFirst()]
  }

  /// The value as TOML has it.
  fileprivate var toml: String {
    switch self {
    case .flag(let flag): "\(flag)"
    case .number(let number):
      number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    case .text(let text): Self.quoted(text)
    case .list(let list): "[\(list.map(\.toml).joined(separator: ", "))]"
    case .table(let table):
      "{ \(table.sorted { $0.key < $1.key }.map { "\(snakeCase($0.key)) = \($0.value.toml)" }.joined(separator: ", ")) }"
    }
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case _ where scalar.properties.generalCategory == .control:
        "\\U" + String(String(UInt64(scalar.value) + 0x1_0000_0000, radix: 16).dropFirst())
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}

/// What `config show --format json` writes.
private struct SettingsPage: Encodable {
  let version: String
  let hash: String
  let settings: [EffectiveSetting]
  let sources: [EffectiveSource]

  enum CodingKeys: String, CodingKey {
    case version, settings, sources
    case hash = "settings_hash"
  }
}

extension EffectiveSetting: Encodable {
  private enum CodingKeys: String, CodingKey {
    case key, value, shipped = "default", source, file, line, variable, flag
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(setting.name, forKey: .key)
    try container.encode(value, forKey: .value)
    try container.encode(setting.shipped, forKey: .shipped)
    switch origin {
    case .shipped: try container.encode("default", forKey: .source)
    case .file(let name, let line):
      try container.encode("file", forKey: .source)
      try container.encode(name, forKey: .file)
      try container.encode(line, forKey: .line)
    case .environment(let variable):
      try container.encode("environment", forKey: .source)
      try container.encode(variable, forKey: .variable)
    case .flag(let name):
      try container.encode("flag", forKey: .source)
      try container.encode(name, forKey: .flag)
    }
  }
}
