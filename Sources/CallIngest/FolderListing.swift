import CallModel
import Glibc
import Synchronization

/// Which names are in folders, each read once: to ask for a file beside every recording costs as many look-ups on a
/// share as there are recordings.
final class FolderListing: Sendable {
  /// Hashes of the names by folder: 8 bytes a name. Two names with one hash only cost a look-up.
  private let folders = Mutex<[RecordingPath: Set<Int>]>([:])

  /// So many folders are remembered: those in which the threads of a run are, and those of records.
  private static let maximumFolders = 16

  /// Whether there may be such a file.
  func mayHave(_ file: RecordingPath) -> Bool {
    guard let slash = file.bytes.lastIndex(of: UInt8(ascii: "/")) else { return true }
    let folder = RecordingPath(bytes: Array(file.bytes[..<slash]))
    return folders.withLock { folders in
      if folders[folder] == nil {
        if folders.count >= Self.maximumFolders { folders.removeAll() }
        folders[folder] = Self.names(in: folder)
      }
      return folders[folder]?.contains(file.bytes[(slash + 1)...].hashValue) ?? true
    }
  }

  /// The hashes of the names in a folder; nil where it cannot be read to its end.
  private static func names(in folder: RecordingPath) -> Set<Int>? {
    guard let stream = withCString(folder.bytes, { opendir($0) }) else { return nil }
    defer { closedir(stream) }
    var names: Set<Int> = []
    errno = 0
    while let entry = readdir(stream) {
      names.insert(
        withUnsafeBytes(of: &entry.pointee.d_name) { $0.prefix { $0 != 0 }.map(\.self)[...].hashValue })
    }
    return errno == 0 ? names : nil
  }
}
