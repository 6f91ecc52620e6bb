import CFiles
public import CallModel
import Glibc

/// Opens the file at `path` for reading; -1 where it cannot, with the reason in `errno`. Without `followingLinks`,
/// what a walk found in a folder is opened below that folder and through no symbolic link, whatever has been put in
/// the place of a folder on the way since; the folder itself may be a link, as the operator gave it.
public func openForReading(_ path: RecordingPath, followingLinks: Bool) -> CInt {
  let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
  if followingLinks { return cString(path.bytes) { open($0, flags) } }
  let found = path.bytes.dropFirst(path.givenLength).drop { $0 == UInt8(ascii: "/") }
  guard path.givenLength > 0, !found.isEmpty else {
    return cString(path.bytes) { open($0, flags | O_NOFOLLOW) }
  }
  let folder = cString(path.bytes.prefix(path.givenLength)) {
    open($0, open_as_place | O_DIRECTORY | O_CLOEXEC)
  }
  guard folder >= 0 else { return -1 }
  defer { closeKeepingError(folder) }
  let descriptor = cString(found) { open_beneath(folder, $0, flags) }
  // A filter of system calls that does not know it answers with EPERM.
  guard descriptor < 0, errno == ENOSYS || errno == EPERM else { return descriptor }
  return openPartByPart(found, in: folder, flags: flags)
}

/// The same by openat(2) alone, one folder after the other.
func openPartByPart(_ path: ArraySlice<UInt8>, in folder: CInt, flags: CInt) -> CInt {
  let parts = path.split(separator: UInt8(ascii: "/"))
  var parent = folder
  defer { if parent != folder { closeKeepingError(parent) } }
  for (index, part) in parts.enumerated() {
    if part.elementsEqual("..".utf8) {
      errno = EXDEV
      return -1
    }
    let isLast = index == parts.count - 1
    let next = cString(part) {
      openat(parent, $0, (isLast ? flags : open_as_place | O_DIRECTORY | O_CLOEXEC) | O_NOFOLLOW)
    }
    if isLast || next < 0 { return next }
    if parent != folder { close(parent) }
    parent = next
  }
  errno = ENOENT
  return -1
}

private func closeKeepingError(_ descriptor: CInt) {
  let reason = errno
  close(descriptor)
  errno = reason
}

private func cString<Result>(_ bytes: some Sequence<UInt8>, _ body: (UnsafePointer<CChar>) -> Result)
  -> Result
{
  (bytes.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer { body($0.baseAddress!) }
}
