public import CallModel
import Crypto
import Glibc

/// Why a recording is refused; the caller adds the path.
struct Refusal: Error {
  let code: CallFailure.Code
  let message: String

  init(_ code: CallFailure.Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// A regular file, open for reading only. Positions are bytes from its start.
///
/// A failed read is kept in `readError`, also one in libsndfile's callbacks: a short read of the file system
/// must not be taken for the end of a recording.
final class RecordingFile {
  /// What changes when a file is written to or replaced.
  struct State: Hashable {
    let size, inode, modified, changed: Int
  }

  private let descriptor: Int32
  /// The state when it was opened.
  let state: State
  /// The errno of the first read that failed; 0 if none has failed.
  private(set) var readError: Int32 = 0
  /// The hash of the bytes up to `hashed`. Bytes that are read in order are hashed at once, so that hardly
  /// any are read twice.
  private var hash = SHA256()
  private var hashed = 0

  /// Bytes in the file when it was opened.
  var size: Int { state.size }

  /// Opens the file at `path`; a symbolic link only if `followingLinks`. Never waits for the other end of a
  /// FIFO and never reads anything but a regular file.
  init(opening path: RecordingPath, followingLinks: Bool) throws(Refusal) {
    guard !path.bytes.isEmpty, !path.bytes.contains(0) else {
      throw Refusal(.unreadable, "The path is empty or holds a NUL byte; give the path of a file.")
    }
    descriptor = openForReading(path, followingLinks: followingLinks)
    guard descriptor >= 0 else {
      throw Refusal(.unreadable, RecordingFile.advice(forOpening: errno))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let reason = errno
      close(descriptor)
      throw Refusal(
        .unreadable, "The file could not be examined (\(describe(reason))); check the file system.")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw Refusal(
        .notAudio,
        "This is \(RecordingFile.kind(of: status.st_mode)), not a file; give the path of a recording.")
    }
    state = State(status)
  }

  deinit { close(descriptor) }

  /// Whether the file has changed since it was opened.
  var hasChanged: Bool {
    var status = stat()
    return fstat(descriptor, &status) != 0 || State(status) != state
  }

  /// Fills `buffer` from `position` on and returns the bytes read: fewer only at the end of the file or where
  /// reading fails, which `readError` keeps.
  func read(into buffer: UnsafeMutableRawBufferPointer, at position: Int) -> Int {
    var count = 0
    while count < buffer.count {
      let got = pread(descriptor, buffer.baseAddress! + count, buffer.count - count, off_t(position + count))
      if got > 0 {
        count += got
      } else if got == 0 {
        break
      } else if errno != EINTR {
        if readError == 0 { readError = errno }
        break
      }
    }
    // The header's reader skips long descriptions before the sound.
    if position > hashed, position - hashed <= 64 << 10 { _ = bytes(at: hashed, count: position - hashed) }
    if position <= hashed, position + count > hashed {
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[hashed - position..<count]))
      hashed = position + count
    }
    return count
  }

  /// Up to `count` bytes from `position` on.
  func bytes(at position: Int, count: Int) -> [UInt8] {
    guard position < size else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = read(into: UnsafeMutableRawBufferPointer(buffer), at: position)
    }
  }

  /// SHA-256 of the whole file, in lower-case hexadecimal; reads the bytes that are not hashed yet.
  func sha256() -> String {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { buffer.deallocate() }
    while hashed < size, read(into: buffer, at: hashed) > 0 {}
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The failure to report, if a read failed.
  func throwReadError() throws(Refusal) {
    guard readError != 0 else { return }
    throw Refusal(
      .unreadable,
      "Reading stopped half-way (\(describe(readError))); check the disk or the mount and try again.")
  }

  private static func advice(forOpening error: Int32) -> String {
    switch error {
    case ENOENT, ENOTDIR: "There is no such file; it may have been moved since it was listed."
    case EACCES, EPERM: "Permission denied; let the account that runs talkspurt read this file."
    case ELOOP: "This is a symbolic link, which is not followed inside a folder; name the file itself."
    default: "The file could not be opened (\(describe(error))); check the file system and try again."
    }
  }

  private static func kind(of mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFDIR: "a folder"
    case S_IFIFO: "a FIFO"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }
}

extension RecordingFile.State {
  init(_ status: stat) {
    size = Int(status.st_size)
    inode = Int(truncatingIfNeeded: status.st_ino)
    modified = status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec
    changed = status.st_ctim.tv_sec &* 1_000_000_000 &+ status.st_ctim.tv_nsec
  }
}

/// SHA-256 of the file at `path`, in lower-case hexadecimal, as `Recording.sha256` has it; nil where it cannot be
/// read to its end, or changes meanwhile. A symbolic link is followed only if `followingLinks`.
public func contentHash(of path: RecordingPath, followingLinks: Bool = true) -> String? {
  do throws(Refusal) {
    let file = try RecordingFile(opening: path, followingLinks: followingLinks)
    let hash = file.sha256()
    try file.throwReadError()
    return file.hasChanged ? nil : hash
  } catch {
    return nil
  }
}

/// The system's words for an errno.
func describe(_ error: Int32) -> String { String(cString: strerror(error)) }
