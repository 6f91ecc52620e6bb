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
  /// not be negative unless it is a level in decibels; a share is at most 1.
  func complaint(about value: Value) -> String? {
    switch (shipped, value) {
    case (.number(let shipped), .number(let number)):
      let words = name.split { $0 == "_" || $0 == "." }
      if !number.isFinite { return "expected a finite number" }
      if number < 0, shipped >= 0, !words.contains(where: { ["db", "dbov"].contains($0) }) {
        return "expected a number of at least 0"
      }
      if words.last == "share", number > 1 { return "expected a share from 0 to 1" }
      return number.magnitude > 1e9 ? "expected a number of at most 1000000000" : nil
    case (.flag, .flag), (.text, .text): return nil
    case (.list(let shipped), .list(let values)):
      guard let first = shipped.first else { return nil }
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
