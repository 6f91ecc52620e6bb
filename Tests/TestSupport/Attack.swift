import FoundationEssentials

/// Text from outside that was made to do something to its reader; `scripts/check-attacks` takes the same list.
public struct Attack: Sendable, Decodable, CustomStringConvertible {
  /// What it is.
  public let name: String
  private let start: String
  private let repeated: String
  private let times: Int

  /// The text.
  public var text: String { start + String(repeating: repeated, count: times) }

  /// Its name.
  public var description: String { name }

  private enum CodingKeys: String, CodingKey { case name, text, `repeat`, times }

  /// Reads an entry of the list.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    start = try values.decode(String.self, forKey: .text)
    repeated = try values.decodeIfPresent(String.self, forKey: .repeat) ?? ""
    times = try values.decodeIfPresent(Int.self, forKey: .times) ?? 0
  }

  /// All of `attacks.json`, which lies beside this file.
  public static let all: [Attack] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "attacks.json")
    guard let data = try? Data(contentsOf: file),
      let list = try? JSONDecoder().decode([Attack].self, from: data)
    else { return [] }
    return list
  }()
}
