public import CallModel
import Glibc

/// A folder for one test, removed with all it holds when the last reference goes.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let path: RecordingPath

  /// Makes a folder under `TMPDIR` or `/tmp`.
  public init() {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array("\(parent)/talkspurt-test-XXXXXX".utf8CString)
    precondition(mkdtemp(&name) != nil, "no temporary folder could be made")
    path = RecordingPath(bytes: name.dropLast().map(UInt8.init(bitPattern:)))
  }

  deinit {
    TemporaryFolder.removeAll(path)
  }

  /// Removes a folder and what is in it, by bytes: names need not be UTF-8.
  private static func removeAll(_ path: RecordingPath) {
    if let folder = path.withCString({ opendir($0) }) {
      while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
        guard name != Array(".".utf8), name != Array("..".utf8) else { continue }
        let inner = path.appending(name)
        if entry.pointee.d_type == DT_DIR { removeAll(inner) } else { _ = inner.withCString { unlink($0) } }
      }
      closedir(folder)
    }
    _ = path.withCString { rmdir($0) }
  }

  /// Writes a file of these bytes and returns its path. `name` may hold any bytes but `/` and NUL.
  @discardableResult
  public func write(_ bytes: [UInt8], as name: [UInt8]) -> RecordingPath {
    let file = path.appending(name)
    let descriptor = file.withCString { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644) }
    precondition(descriptor >= 0, "\(file.text) could not be made")
    var position = 0
    while position < bytes.count {
      let count = bytes[position...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      precondition(count > 0, "\(file.text) could not be written")
      position += count
    }
    close(descriptor)
    return file
  }

  /// Writes a file of these bytes and returns its path.
  @discardableResult
  public func write(_ bytes: [UInt8], as name: String) -> RecordingPath { write(bytes, as: Array(name.utf8)) }

  /// The bytes of a file.
  public static func read(_ path: RecordingPath) -> [UInt8] {
    let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
    precondition(descriptor >= 0, "\(path.text) could not be opened")
    defer { close(descriptor) }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, size, 0))
    }
  }

  /// Makes a symbolic link inside and returns its path.
  @discardableResult
  public func link(_ name: String, to target: String) -> RecordingPath {
    let link = path.appending(Array(name.utf8))
    precondition(link.withCString { symlink(target, $0) } == 0, "\(link.text) could not be made")
    return link
  }

  /// Makes a folder inside and returns its path.
  @discardableResult
  public func makeFolder(_ name: String) -> RecordingPath {
    let folder = path.appending(Array(name.utf8))
    precondition(folder.withCString { mkdir($0, 0o755) } == 0, "\(folder.text) could not be made")
    return folder
  }
}

extension RecordingPath {
  /// Hands the path to a system call.
  public func withCString<Result>(_ body: (UnsafePointer<CChar>) throws -> Result) rethrows -> Result {
    try (bytes.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer { try body($0.baseAddress!) }
  }
}
