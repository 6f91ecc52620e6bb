import Glibc

/// Reads a descriptor line by line.
struct LineReader {
  /// A line without its end.
  enum Line: Hashable {
    case bytes([UInt8])
    /// It has more bytes than are kept.
    case tooLong
  }

  /// The longest line that is kept, in bytes: a path of 4096 bytes takes 32 KiB where each is escaped.
  static let maximumLength = 256 << 10

  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var isTooLong = false

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Waits for the next line; nil at the end, or with the reason in `errno` where reading fails. The last line needs no
  /// end.
  mutating func next() -> Line? {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        defer { (buffer, isTooLong) = (Array(buffer[(end + 1)...]), false) }
        return isTooLong || end > Self.maximumLength ? .tooLong : .bytes(Array(buffer[..<end]))
      }
      if buffer.count > Self.maximumLength { (buffer, isTooLong) = ([], true) }
      let count = unsafe read(descriptor, &piece, piece.count)
      if count > 0 {
        buffer += piece[..<count]
      } else if count == 0 || errno != EINTR {
        errno = count == 0 ? 0 : errno
        defer { (buffer, isTooLong) = ([], false) }
        return isTooLong ? .tooLong : buffer.isEmpty ? nil : .bytes(buffer)
      }
    }
  }
}
