import CallModel
import CallStore
import Glibc

/// A file or folder as the file system has it at a moment.
struct FileState: Hashable {
  /// Device and inode number.
  struct Identity: Hashable {
    let device: dev_t
    let number: ino_t
  }

  let identity: Identity
  /// In bytes.
  let size: Int
  /// When it was last written to, in ns since 1970.
  let modified: Int
  /// Whether it has more than one name.
  let isLinked: Bool

  /// What is at `path`; nil where it cannot be read, with the reason in `errno`. A symbolic link is followed
  /// only if `followingLinks`.
  init?(of path: RecordingPath, followingLinks: Bool) {
    guard !path.bytes.contains(0) else { return nil }
    var status = stat()
    let flags = followingLinks ? 0 : AT_SYMLINK_NOFOLLOW
    guard withCString(path.bytes, { fstatat(AT_FDCWD, $0, &status, flags) }) == 0 else { return nil }
    identity = Identity(device: status.st_dev, number: status.st_ino)
    size = Int(status.st_size)
    modified = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    isLinked = status.st_nlink > 1
  }

  /// Whether this is the same file with the same content, by device, inode, size and time.
  func isSame(as other: FileState) -> Bool {
    identity == other.identity && size == other.size && modified == other.modified
  }

  /// Size and time, as the store keeps them of a second leg.
  var text: String { "\(size) \(modified)" }

  /// Whether nothing is at `path` any more; false where that is not known.
  static func isGone(_ path: RecordingPath) -> Bool {
    FileState(of: path, followingLinks: false) == nil && (errno == ENOENT || errno == ENOTDIR)
  }
}

extension RecordingFile {
  /// The file at `path`, as the file system has it; `state` is nil where it cannot be read.
  init(_ path: RecordingPath, _ state: FileState?) {
    self.init(path: path, size: state?.size, modified: state?.modified)
  }
}
