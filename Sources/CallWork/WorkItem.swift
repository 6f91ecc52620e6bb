public import CallModel
import FoundationEssentials

/// A recording to analyse: a line of JSON that a worker reads. Other keys are the sender's own.
public struct WorkItem: Sendable, Hashable, Codable {
  /// What the row repeats.
  public var id: ItemID?
  /// The recording.
  public var path: RecordingPath
  /// Whether a symbolic link is followed, as for a file that the user named.
  public var followsLinks = false

  /// The recording at `path`.
  public init(id: ItemID?, path: RecordingPath, followsLinks: Bool = false) {
    self.id = id
    self.path = path
    self.followsLinks = followsLinks
  }

  private enum CodingKeys: String, CodingKey {
    case id, path
    case pathBase64 = "path_b64"
    case givenLength = "given_length"
    case followsLinks = "follow_links"
  }

  /// Reads an item; `path_b64`, for paths that are not UTF-8, goes before `path`. `given_length` is how many bytes of the
  /// path were given; what follows is opened below the folder that they name.
  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    id = try keys.decodeIfPresent(ItemID.self, forKey: .id)
    followsLinks = try keys.decodeIfPresent(Bool.self, forKey: .followsLinks) ?? false
    let bytes =
      if let encoded = try keys.decodeIfPresent(Data.self, forKey: .pathBase64) { Array(encoded) } else {
        Array(try keys.decode(String.self, forKey: .path).utf8)
      }
    let givenLength = try keys.decodeIfPresent(Int.self, forKey: .givenLength)
    path = RecordingPath(bytes: bytes, givenLength: givenLength.map { min(max($0, 0), bytes.count) })
  }

  /// Writes an item.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encodeIfPresent(id, forKey: .id)
    try keys.encode(path.text, forKey: .path)
    try keys.encodeIfPresent(path.base64, forKey: .pathBase64)
    if path.givenLength < path.bytes.count { try keys.encode(path.givenLength, forKey: .givenLength) }
    if followsLinks { try keys.encode(true, forKey: .followsLinks) }
  }
}

/// The number or the text by which a sender knows an item.
public enum ItemID: Sendable, Hashable, Codable {
  case number(Int)
  case text(String)

  /// Reads either.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let number = try? value.decode(Int.self) {
      self = .number(number)
    } else {
      self = .text(try value.decode(String.self))
    }
  }

  /// Writes it as it was read.
  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .number(let number): try value.encode(number)
    case .text(let text): try value.encode(text)
    }
  }
}
