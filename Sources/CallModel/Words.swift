/// A duration or a position from the start of the recording, in seconds.
public typealias Seconds = Double

/// Who speaks: the business's agent or its customer.
public enum Party: String, Codable, Sendable, Hashable, CaseIterable {
  case agent, customer
}

/// A stretch of time, in seconds from the start of the recording; in JSON `[start, end]`.
public struct TimeRange: Sendable, Hashable {
  /// Where it begins, in seconds.
  public var start: Seconds
  /// Where it ends, in seconds; never before `start`.
  public var end: Seconds

  /// A stretch from `start` to `end`, in seconds.
  public init(_ start: Seconds, _ end: Seconds) {
    self.start = start
    self.end = end
  }

  /// Its length in seconds.
  public var duration: Seconds { end - start }

  /// The part that both ranges share, in seconds; 0 where they do not meet.
  public func overlap(with other: TimeRange) -> Seconds {
    max(0, min(end, other.end) - max(start, other.start))
  }
}

extension TimeRange: Codable {
  /// Reads `[start, end]`.
  public init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    self.init(try list.decode(Double.self), try list.decode(Double.self))
  }

  /// Writes `[start, end]`.
  public func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    try list.encode(start)
    try list.encode(end)
  }
}

extension Double {
  /// Rounded half away from zero to a number of decimals. Every measured number in a summary is, so that the
  /// same sound gives the same bytes.
  public func rounded(decimals: Int) -> Double {
    let scale = [1.0, 10, 100, 1000, 10_000, 100_000, 1_000_000][decimals]
    return (self * scale).rounded() / scale
  }

  /// A time as a summary carries it: to the millisecond.
  public var milliseconds: Double { rounded(decimals: 3) }
}

/// Which channel of a recording with two the agent is on, or who speaks first.
public enum ChannelRoles: String, Codable, Sendable, Hashable, CaseIterable {
  /// The agent is on channel 0.
  case left
  /// The agent is on channel 1.
  case right
  /// The agent is who speaks first, on whatever channel.
  case first
  /// The agent is who does not speak first.
  case second
  /// Not given: the roles are inferred from the sound, and marked as inferred.
  case auto
}

/// The path of a recording as the file system has it: bytes, which need not be UTF-8.
public struct RecordingPath: Sendable, Hashable, Comparable {
  /// The bytes that the system calls take, without the final NUL.
  public var bytes: [UInt8]

  /// How many bytes of it were given; what follows was found in the folder that they name. No part of the identity of
  /// the path.
  public let givenLength: Int

  /// A path from the bytes that the file system gave, of which so many were given; all, where that is nil.
  public init(bytes: [UInt8], givenLength: Int? = nil) {
    self.bytes = bytes
    self.givenLength = givenLength ?? bytes.count
  }

  /// A path from text.
  public init(_ text: String) { self.init(bytes: Array(text.utf8)) }

  /// The path for people: bytes that are not UTF-8 become U+FFFD.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The path for machines where `text` cannot give it back: base64 of the bytes; nil for a path that is UTF-8.
  public var base64: String? {
    String(validating: bytes, as: UTF8.self) == nil ? Base64.encode(bytes) : nil
  }

  /// The last component.
  public var name: RecordingPath {
    RecordingPath(bytes: Array(bytes.split(separator: UInt8(ascii: "/")).last ?? []))
  }

  /// The path of an entry of this folder.
  public func appending(_ name: [UInt8]) -> RecordingPath {
    RecordingPath(
      bytes: bytes.last == UInt8(ascii: "/") ? bytes + name : bytes + [UInt8(ascii: "/")] + name,
      givenLength: givenLength)
  }

  /// Equality of the bytes.
  public static func == (a: RecordingPath, b: RecordingPath) -> Bool { a.bytes == b.bytes }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

  /// The order of the bytes.
  public static func < (a: RecordingPath, b: RecordingPath) -> Bool {
    a.bytes.lexicographicallyPrecedes(b.bytes)
  }
}

/// RFC 4648 base64, for names that are not UTF-8; here because this module imports nothing.
enum Base64 {
  static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<Swift.min(start + 3, bytes.count)]
      let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for index in 0..<4 {
        out.append(index <= group.count ? alphabet[word >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
