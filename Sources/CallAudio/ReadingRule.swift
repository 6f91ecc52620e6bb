public import CallModel
import Glibc

/// How recordings of one place are read, where their files alone do not tell.
public struct ReadingRule: Sendable, Hashable {
  /// Which paths; see ``CallModel/RecordingPath/matches(_:)``.
  public var pattern: RecordingPath
  /// What their samples are where they have no header; nil where they have one.
  public var raw: RawFormat?
  /// Whether `X-in.wav` and `X-out.wav` are the legs of one call.
  public var hasLegs: Bool

  /// What is at paths like `pattern`.
  public init(_ pattern: RecordingPath, raw: RawFormat? = nil, hasLegs: Bool = false) {
    self.pattern = pattern
    self.raw = raw
    self.hasLegs = hasLegs
  }
}

extension ReadingLimits {
  /// The first rule that matches a path.
  func rule(for path: RecordingPath) -> ReadingRule? { rules.first { path.matches($0.pattern) } }

  /// What the samples at `path` are; nil where they need a header.
  public func rawFormat(of path: RecordingPath) -> RawFormat? { rule(for: path)?.raw }
}

extension RecordingPath {
  /// Whether this is a path like `pattern`. In that, `*` stands for any bytes, slashes too, `?` for one byte, `[…]` for
  /// one of some (POSIX `fnmatch`, bytes as the program sets no locale). One that begins with a slash is matched against
  /// the whole path from the root, with links and `..` as they are; another one against the end of the path, from any
  /// folder on.
  public func matches(_ pattern: RecordingPath) -> Bool {
    let slash = UInt8(ascii: "/")
    let isWhole = pattern.bytes.first == slash
    let whole = bytes.first == slash ? self : Self.workingFolder.appending(bytes)
    return cString((isWhole ? [] : Array("*/".utf8)) + pattern.bytes) { pattern in
      cString(whole.bytes) { fnmatch(pattern, $0, 0) == 0 }
    }
  }

  /// The folder in which relative paths begin.
  private static let workingFolder: RecordingPath = {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    guard getcwd(&bytes, bytes.count) != nil else { return RecordingPath("/") }
    return RecordingPath(bytes: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)))
  }()
}

private func cString<Result>(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  (bytes.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer { body($0.baseAddress!) }
}
