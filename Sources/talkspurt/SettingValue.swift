import FoundationEssentials
import TOMLKit

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
