import CallAudio
import CallModel
import Glibc

/// Gives `body` a function that writes text to the file at `path`, or to standard output where it is nil. The
/// file appears whole or not at all, by default readable for its owner only: it is written under another name
/// in the same folder, then renamed. Never replaces a recording, a database or anything that is no plain
/// file; throws an ``OutputRefusal``.
///
/// - Parameter permissions: of the file; by default others cannot read data about calls.
func writingOutput(
  to path: String?, permissions: mode_t = 0o600, _ body: (_ write: (String) throws -> Void) throws -> Void
) throws {
  func fill(_ buffer: OutputBuffer) throws {
    try body { try buffer.write($0.utf8) }
    try buffer.flush()
  }
  guard let path else { return try fill(OutputBuffer(STDOUT_FILENO, named: "standard output")) }
  try refuseToReplace(path)
  let temporary = "\(path).\(getpid()).tmp"
  let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
  guard descriptor >= 0 else { throw OutputRefusal(named: path) }
  defer { close(descriptor) }
  do {
    try fill(OutputBuffer(descriptor, named: path))
    guard fchmod(descriptor, permissions) == 0, fsync(descriptor) == 0, rename(temporary, path) == 0 else {
      throw OutputRefusal(named: path)
    }
  } catch {
    unlink(temporary)
    throw error
  }
}

/// Gives `body` a function that writes bytes to a new file at `path`, readable for its owner only. The file appears whole
/// or not at all, and never in the place of another: sounds may be named as recordings are. Throws an
/// ``OutputRefusal``.
func writingNewFile(at path: String, _ body: (_ write: ([UInt8]) throws -> Void) throws -> Void) throws {
  let temporary = "\(path).\(getpid()).tmp"
  let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
  guard descriptor >= 0 else { throw OutputRefusal(named: path) }
  defer {
    close(descriptor)
    unlink(temporary)
  }
  let buffer = OutputBuffer(descriptor, named: path)
  try body { try buffer.write($0) }
  try buffer.flush()
  guard fsync(descriptor) == 0 else { throw OutputRefusal(named: path) }
  guard link(temporary, path) == 0 else {
    throw errno == EEXIST
      ? OutputRefusal("\(path) is there already and is not replaced; give the output another name.")
      : OutputRefusal(named: path)
  }
}

/// Why an output is not written, as a sentence.
struct OutputRefusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// The error of the last system call.
  init(named name: String) { description = "Cannot write \(name): \(String(cString: strerror(errno)))." }
}

/// Collects bytes into writes of 64 KiB.
private final class OutputBuffer {
  private let descriptor: CInt
  private let name: String
  private var bytes: [UInt8] = []

  init(_ descriptor: CInt, named name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  func write(_ more: some Sequence<UInt8>) throws {
    bytes += more
    if bytes.count >= 65_536 { try flush() }
  }

  func flush() throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written > 0 { rest.removeFirst(written) } else if errno != EINTR { throw OutputRefusal(named: name) }
    }
    bytes.removeAll(keepingCapacity: true)
  }
}

/// Looks at what is there and not only at its name: a recording may be called anything.
private func refuseToReplace(_ path: String) throws {
  if isNamedLikeRecording(path) {
    throw OutputRefusal("\(path) is named like a recording; give the output another name.")
  }
  var status = stat()
  guard lstat(path, &status) == 0 else { return }
  guard status.st_mode & S_IFMT == S_IFREG else {
    throw OutputRefusal("\(path) is no plain file; leave --output out to write to standard output.")
  }
  var head = [UInt8](repeating: 0, count: 16)
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
  guard descriptor >= 0 else { throw OutputRefusal(named: path) }
  defer { close(descriptor) }
  let length = head.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
  let sqliteLog: [UInt8] = [0x37, 0x7F, 0x06]
  let kept = ["RIFF", "RIFX", "RF64", "riff", "fLaC", "OggS", "ID3", "SQLite format 3"].map { Array($0.utf8) }
  if (kept + [sqliteLog]).contains(where: { head.prefix(max(0, length)).starts(with: $0) }) {
    throw OutputRefusal(
      "\(path) is a recording or a database and is not replaced; give the output another name.")
  }
}

/// Whether a name ends as those of recordings do: such a file is never written to, whatever is in it.
func isNamedLikeRecording(_ path: String) -> Bool {
  let kind = fileExtension(of: RecordingPath(path).name.bytes)
  return ReadingLimits().extensions.contains(kind) || converter(forExtension: kind) != nil
}
