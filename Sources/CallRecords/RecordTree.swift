import Foundation

/// A record of JSON or XML, as texts under names.
enum RecordTree: Decodable, Hashable {
  case text(String), object([String: RecordTree]), list([RecordTree]), none

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let object = try? container.decode([String: RecordTree].self) {
      self = .object(object)
    } else if let list = try? container.decode([RecordTree].self) {
      self = .list(list)
    } else if let flag = try? container.decode(Bool.self) {
      self = .text("\(flag)")
    } else if let number = try? container.decode(Int.self) {
      self = .text("\(number)")
    } else if let number = try? container.decode(Double.self) {
      self = .text("\(number)")
    } else {
      self = .none
    }
  }

  /// The object in JSON or in XML; nil where `bytes` are neither. Quotes that a word processor made curly, as Genesys'
  /// archives have them, are taken for straight ones where the text is no JSON otherwise.
  init?(record bytes: [UInt8]) {
    if bytes.first(where: { $0 > 32 }) == UInt8(ascii: "<") {
      guard let tree = RecordTree(xml: bytes) else { return nil }
      self = tree
      return
    }
    let decoder = JSONDecoder()
    func read(_ data: Data) -> RecordTree? { try? decoder.decode(RecordTree.self, from: data) }
    func straight() -> Data {
      Data(String(decoding: bytes, as: UTF8.self).replacing(/[\u{201C}\u{201D}\u{201E}]/, with: "\"").utf8)
    }
    guard let tree = read(Data(bytes)) ?? read(straight()), case .object = tree else { return nil }
    self = tree
  }

  /// The text at a path of keys; of a list, that of its first entry that has one.
  subscript(path: [Substring]) -> String? {
    switch self {
    case .text(let text): path.isEmpty ? text : nil
    case .object(let object): path.first.flatMap { object[String($0)]?[Array(path.dropFirst())] }
    case .list(let list): list.lazy.compactMap { $0[path] }.first
    case .none: nil
    }
  }

  /// The text at a path of keys that are joined by dots.
  func text(_ path: String) -> String? { self[path.split(separator: ".")] }

  /// The entries under a key: those of a list, or the one that is none.
  func entries(_ key: String) -> [RecordTree] {
    guard case .object(let object) = self, let value = object[key] else { return [] }
    if case .list(let list) = value { return list }
    return [value]
  }
}
