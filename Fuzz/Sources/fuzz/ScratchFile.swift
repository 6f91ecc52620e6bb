import Glibc

/// A file in memory that can hold one input after the other.
struct ScratchFile {
  let path: String
  let descriptor: CInt

  init(named name: String = "input") {
    path = "/dev/shm/talkspurt-fuzz-\(getpid())-\(name).wav"
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { fatalError("\(path) cannot be written") }
  }

  /// Replaces the content; the next read or write of the descriptor is at the start.
  func hold(_ bytes: UnsafeRawBufferPointer) {
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes.baseAddress, bytes.count, 0) == bytes.count,
      lseek(descriptor, 0, SEEK_SET) == 0
    else {
      fatalError("\(path) cannot be written")
    }
  }

  /// What was written to the descriptor.
  var content: [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { fatalError("\(path) cannot be read") }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    guard pread(descriptor, &bytes, bytes.count, 0) == bytes.count else {
      fatalError("\(path) cannot be read")
    }
    return bytes
  }
}
