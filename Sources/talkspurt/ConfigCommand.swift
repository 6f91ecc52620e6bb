import ArgumentParser
import CallModel
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
      let settings = try sayingWhyRefused { () throws(ConfigurationError) in
        try configuration.settings(
          file: common.config, agent: common.agent, environment: ProcessInfo.processInfo.environment)
      }
      let text: String
      switch format {
      case .text: text = toml(settings, hash: configuration.hash)
      case .json:
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let page = SettingsPage(version: Talkspurt.version, hash: configuration.hash, settings: settings)
        text = String(decoding: try encoder.encode(page), as: UTF8.self) + "\n"
      }
      _ = try StandardStream.output.write(Array(text.utf8))
    }
  }
}

/// A setting in effect.
struct EffectiveSetting: Sendable, Hashable {
  /// Which one.
  var setting: Setting
  /// Its value.
  var value: Setting.Value
  /// Who said so.
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
  /// Every setting as it is in this configuration, which `load` made of the same sources, with the last source
  /// that names it.
  func settings(
    file: String?, agent: ChannelRoles?, environment: [String: String],
    systemFile: String = Configuration.systemFile
  ) throws(ConfigurationError) -> [EffectiveSetting] {
    var origins: [String: SettingOrigin] = [:]
    for name in [systemFile, file].compactMap({ $0 }) {
      guard let text = try Self.contents(of: name, needed: name == file) else { continue }
      for key in Self.names(in: text) {
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
    return Setting.all.map { setting in
      EffectiveSetting(
        setting: setting, value: values[setting.path[...]], origin: origins[setting.name] ?? .shipped)
    }
  }
}

/// The settings as a configuration in TOML, with their origins in comments. Keys without a table come first, as
/// TOML wants them.
private func toml(_ settings: [EffectiveSetting], hash: String) -> String {
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
  return text
}

extension Setting.Value {
  /// What is at `path`; this itself where there is nothing.
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

  enum CodingKeys: String, CodingKey {
    case version, settings
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
