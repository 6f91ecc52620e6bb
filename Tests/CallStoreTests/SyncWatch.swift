import Foundation
import GRDBSQLite
import Synchronization

/// Watches what SQLite puts on the disk in one folder: counts the syncs, and keeps each file as it was at its last
/// sync, which is all that a power cut leaves in the worst case.
///
/// It stands between SQLite and the file system, for the whole process: the default VFS becomes a copy of SQLite's in
/// which files have another `xSync` (sqlite.org/vfs.html).
struct SyncWatch {
  let folder: String

  init(_ folder: String) {
    self.folder = folder
    _ = Self.isInstalled
    Self.watched.withLock { $0[folder] = Record() }
  }

  /// How often files of the folder were synced so far.
  var count: Int { Self.watched.withLock { $0[folder]?.count ?? 0 } }

  /// Writes what a power cut would leave now into another folder: of the files that are still there, what was synced.
  func cutPower(into other: String) throws {
    let files = Self.watched.withLock { $0[folder]?.files ?? [:] }
    for (name, content) in files where FileManager.default.fileExists(atPath: folder + "/" + name) {
      try content.write(to: URL(filePath: other + "/" + name))
    }
  }

  private struct Record: Sendable {
    var count = 0
    var files: [String: Data] = [:]
  }

  private static let watched = Mutex<[String: Record]>([:])
  /// The paths of open files, by the address of SQLite's handle.
  private static let paths = Mutex<[UInt: String]>([:])

  private static func noteSync(of file: UnsafeMutablePointer<sqlite3_file>?) {
    guard let path = paths.withLock({ $0[UInt(bitPattern: file)] }) else { return }
    let url = URL(filePath: path)
    let (folder, name) = (url.deletingLastPathComponent().path, url.lastPathComponent)
    watched.withLock { watched in
      guard watched[folder] != nil, let content = try? Data(contentsOf: url) else { return }
      watched[folder]?.count += 1
      watched[folder]?.files[name] = content
    }
  }

  /// SQLite's own VFS; set once, before any file is opened through the copy.
  nonisolated(unsafe) private static let original = sqlite3_vfs_find(nil)!
  /// SQLite's methods of each kind of file by the address of our copy, and our copy by theirs.
  private static let methods = Mutex<(own: [UInt: UInt], ours: [UInt: UInt])>(([:], [:]))

  private static let isInstalled: Bool = {
    let copy = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    copy.initialize(to: original.pointee)
    copy.pointee.zName = UnsafePointer(strdup("watched"))
    copy.pointee.pNext = nil
    copy.pointee.xOpen = { _, name, file, flags, given in
      let status = SyncWatch.original.pointee.xOpen(SyncWatch.original, name, file, flags, given)
      if status == SQLITE_OK, let name, let file { SyncWatch.watch(file, String(cString: name)) }
      return status
    }
    return sqlite3_vfs_register(copy, 1) == SQLITE_OK
  }()

  private static func watch(_ file: UnsafeMutablePointer<sqlite3_file>, _ path: String) {
    paths.withLock { $0[UInt(bitPattern: file)] = path }
    guard let own = file.pointee.pMethods else { return }
    let ours = methods.withLock { methods in
      if let known = methods.ours[UInt(bitPattern: own)] { return known }
      let copy = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
      copy.initialize(to: own.pointee)
      copy.pointee.xSync = { file, flags in
        let address = UInt(bitPattern: file?.pointee.pMethods)
        let own = SyncWatch.methods.withLock { $0.own[address] ?? 0 }
        let status = UnsafePointer<sqlite3_io_methods>(bitPattern: own)!.pointee.xSync(file, flags)
        if status == SQLITE_OK { SyncWatch.noteSync(of: file) }
        return status
      }
      methods.ours[UInt(bitPattern: own)] = UInt(bitPattern: copy)
      methods.own[UInt(bitPattern: copy)] = UInt(bitPattern: own)
      return UInt(bitPattern: copy)
    }
    file.pointee.pMethods = UnsafePointer(bitPattern: ours)
  }
}
