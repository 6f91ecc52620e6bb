public import CallModel
import FoundationEssentials

/// The figures of a summary by their path in it, as in `parties.agent.talk_s`. Left out are the file's name and hash,
/// the program's version, and sentences for people.
public func figures(of summary: CallSummary) throws -> [String: Figure] {
  let tree = try JSONDecoder().decode(JSONTree.self, from: JSONEncoder().encode(summary))
  var result: [String: Figure] = [:]
  tree.flatten(into: &result, path: "")
  return result
}

/// A JSON value.
private indirect enum JSONTree: Decodable {
  case object([String: JSONTree])
  case list([JSONTree])
  case leaf(Figure)

  /// What is no figure: names, versions and sentences.
  private static let leftOut: Set<String> = [
    "recording", "analysis", "schema", "message", "evidence", "reason",
  ]

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let object = try? value.decode([String: JSONTree].self) {
      self = .object(object)
    } else if let list = try? value.decode([JSONTree].self) {
      self = .list(list)
    } else {
      self = .leaf(try value.decode(Figure.self))
    }
  }

  /// Puts the leaves below `path` into `result`; lists of numbers, and of pairs of numbers, are one figure.
  func flatten(into result: inout [String: Figure], path: String) {
    switch self {
    case .object(let members):
      for (key, member) in members where !Self.leftOut.contains(key) {
        member.flatten(into: &result, path: path.isEmpty ? key : "\(path).\(key)")
      }
    case .list(let items):
      if let numbers {
        result[path] = .numbers(numbers)
      } else {
        for (index, item) in items.enumerated() { item.flatten(into: &result, path: "\(path).\(index)") }
      }
    case .leaf(let figure): result[path] = figure
    }
  }

  /// The numbers in a list of nothing else.
  private var numbers: [Double]? {
    switch self {
    case .leaf(.number(let number)): return [number]
    case .list(let items):
      let numbers = items.map(\.numbers)
      return numbers.contains(nil) ? nil : numbers.flatMap { $0 ?? [] }
    default: return nil
    }
  }
}
