import CallAudio
import CallModel
import Glibc

/// A plain file that is open for reading: no link, and nothing that could block. It stays readable when its name goes,
/// as when records are rotated.
final class PlainFile: Sendable {
  private let descriptor: CInt
  let path: RecordingPath
  /// In bytes, when it was opened.
  let size: Int

  /// Opens the file at `path`; nil where there is none, it is no plain file, or is larger than `limit` bytes; `errno`
  /// has the reason.
  init?(_ path: RecordingPath, atMost limit: Int = .max) {
    let descriptor = openForReading(path, followingLinks: false)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    let isExamined = fstat(descriptor, &status) == 0
    guard isExamined, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
      let reason = isExamined ? EINVAL : errno
      close(descriptor)
      errno = reason
      return nil
    }
    self.descriptor = descriptor
    self.path = path
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Passes the content to `body`, piece by piece. Returns false where it cannot be read; `errno` has the reason.
  func forEachPiece(_ body: (ArraySlice<UInt8>) -> Void) -> Bool {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count > 0 {
        body(piece[..<count])
      } else if count == 0 {
        return true
      } else if errno != EINTR {
        return false
      }
    }
  }

  /// The bytes from `offset` on; nil where they cannot be read, with the reason in `errno`, which is 0 where there are
  /// not as many.
  func bytes(at offset: Int, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    errno = 0
    return pread(descriptor, &bytes, count, offset) == count ? bytes : nil
  }

  /// Passes the lines from `offset` on to `body`, without their ends, and moves `offset` behind the last that has one. Lines
  /// beyond 64 KiB are left out.
  func forEachLine(from offset: inout Int, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    let longest = 1 << 16
    while offset < size, let piece = bytes(at: offset, count: min(size - offset, 4 * longest)) {
      var rest = piece[...]
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        if end - rest.startIndex <= longest { try body(rest[..<end]) }
        rest = rest[(end + 1)...]
      }
      if rest.count == piece.count {
        guard piece.count == 4 * longest else { return }
        rest = []
      }
      offset += piece.count - rest.count
    }
  }
}
