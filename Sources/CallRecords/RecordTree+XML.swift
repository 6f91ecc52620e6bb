/// Reads the XML that exchanges write: elements, attributes and text. It knows no document types and no entities but the
/// five of XML and those of numbers, so that a record can name no other file.
extension RecordTree {
  /// The content of the outermost element: texts under the names of elements and attributes, lists where a name occurs
  /// again. Nil where `bytes` are no such XML, or elements stand more than 32 deep.
  init?(xml bytes: [UInt8]) {
    var scanner = XMLScanner(rest: bytes[...])
    guard let tree = scanner.outermost() else { return nil }
    self = tree
  }

  /// Adds a value under a name.
  fileprivate static func add(_ value: RecordTree, _ name: String, to object: inout [String: RecordTree]) {
    switch object[name] {
    case nil: object[name] = value
    case .list(let list)?: object[name] = .list(list + [value])
    case let one?: object[name] = .list([one, value])
    }
  }
}

private struct XMLScanner {
  var rest: ArraySlice<UInt8>

  /// Elements lie in each other so deep at most: each level takes a call of a function, and the stack
  /// has an end (our judgement).
  private static let maximumDepth = 32
  /// No record has more of one name; longer lists would be copied too often.
  private static let mostElements = 2000
  private var elements = 0

  init(rest: ArraySlice<UInt8>) { self.rest = rest }

  mutating func outermost() -> RecordTree? {
    while let tag = nextTag() {
      if case .opens(let name, let attributes, let isEmpty) = tag.kind, !name.hasPrefix("?"),
        !name.hasPrefix("!")
      {
        return isEmpty ? .object(attributes) : content(of: name, attributes, depth: 1)
      }
    }
    return nil
  }

  private enum Tag {
    case opens(String, [String: RecordTree], isEmpty: Bool)
    case closes(String)
  }

  /// The next tag, with the text before it.
  private mutating func nextTag() -> (text: String, kind: Tag)? {
    guard let open = rest.firstIndex(of: UInt8(ascii: "<")),
      let close = rest[open...].firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    let text = Self.plain(rest[..<open])
    var inside = rest[(open + 1)..<close]
    rest = rest[(close + 1)...]
    if inside.first == UInt8(ascii: "/") {
      return (text, .closes(String(decoding: inside.dropFirst(), as: UTF8.self)))
    }
    let isEmpty = inside.last == UInt8(ascii: "/")
    if isEmpty { inside = inside.dropLast() }
    let name = inside.prefix { $0 > 32 }
    var attributes: [String: RecordTree] = [:]
    var left = inside.dropFirst(name.count)
    while let equals = left.firstIndex(of: UInt8(ascii: "=")), let quote = left[(equals + 1)...].first,
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      let end = left[(equals + 2)...].firstIndex(of: quote), attributes.count < 100
    {
      let key = left[..<equals].filter { $0 > 32 }
      attributes[String(decoding: key, as: UTF8.self)] = .text(Self.plain(left[(equals + 2)..<end]))
      left = left[(end + 1)...]
    }
    return (text, .opens(String(decoding: name, as: UTF8.self), attributes, isEmpty: isEmpty))
  }

  /// What stands in an element until it is closed.
  private mutating func content(of name: String, _ attributes: [String: RecordTree], depth: Int)
    -> RecordTree?
  {
    guard depth <= Self.maximumDepth else { return nil }
    var object = attributes
    var text = ""
    while let tag = nextTag() {
      text += tag.text
      switch tag.kind {
      case .closes(let closed):
        guard closed.filter({ !$0.isWhitespace }) == name else { return nil }
        return object.isEmpty ? .text(text) : .object(object)
      case .opens(let inner, let attributes, let isEmpty):
        if inner.hasPrefix("!") || inner.hasPrefix("?") { continue }
        elements += 1
        guard elements <= Self.mostElements else { return nil }
        guard let value = isEmpty ? .object(attributes) : content(of: inner, attributes, depth: depth + 1)
        else {
          return nil
        }
        RecordTree.add(value, inner, to: &object)
      }
    }
    return nil
  }

  /// Text without its references.
  private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.contains("&") else { return text.trimmed }
    return text.replacing(/&(#x?[0-9A-Fa-f]{1,6}|lt|gt|amp|quot|apos);/) { match in
      let name = match.1
      if let known = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"][name] { return known }
      let number = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
      return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? ""
    }.trimmed
  }
}

extension String {
  /// Without blanks at its ends.
  fileprivate var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else {
      return ""
    }
    return String(self[first...last])
  }
}
