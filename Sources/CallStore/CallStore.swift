public import CallModel
import GRDB
import Glibc

/// The calls of a business in one SQLite file: what was analysed, what failed, and when. What was written is in the
/// write-ahead log and on the disk (`synchronous = FULL`) when a function returns: neither a killed process nor a
/// power cut loses a call that was reported as finished.
public struct CallStore: Sendable {
  /// `PRAGMA synchronous` of what writes: the log is synced at each commit (sqlite.org/pragma.html).
  public static let synchronous = "FULL"

  /// Where it is.
  public let path: String
  let database: DatabaseQueue
  /// The file's state when it was opened as immutable; nil where it was not.
  private let still: Stillness?

  /// Opens the store at `path` for writing; makes it, readable for its owner only, where there is none, and
  /// brings an older one up to date: a copy of it, `STORE.version-N`, N being its version, is put beside it first. Refuses
  /// any other file, untouched, with a ``StoreError``.
  public init(at path: String) throws {
    try Self.makeFile(at: path)
    try self.init(path: path, as: .writer)
    try StoreError.translating(at: path) {
      // First, so that a store whose creation is interrupted is recognised as one.
      try database.writeWithoutTransaction { db in
        guard try Int.fetchOne(db, sql: "PRAGMA application_id") != Schema.applicationID else { return }
        try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
      }
      let version = try database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
      if 1..<Schema.version ~= version { try backUp(to: "\(path).version-\(version)") }
      try Schema.migrator.migrate(database)
    }
    // SQLite removes the journal of the first transaction without this: after a power cut it would come back.
    Self.syncFolder(of: path)
  }

  /// Opens the store at `path` for reading only; a run may write to it meanwhile. Leaves no files beside it.
  /// The folder may be read-only, unless a killed run has left its log there.
  public init(reading path: String) throws {
    guard unsafe access(path, F_OK) == 0 else { throw StoreError.missing(path: path) }
    // SQLite keeps an index of the log beside the store even for readers, and only a process that may write
    // can remove it. A process that may not write opens the file as immutable where there is no log: then
    // there is no run.
    let mayWrite = unsafe access(path, W_OK) == 0 && access(Self.folder(of: path), W_OK) == 0
    var log = stat()
    let hasLog = unsafe stat(path + "-wal", &log) == 0 && log.st_size > 0
    try self.init(path: path, as: mayWrite ? .reader : hasLog ? .guest : .readerOfStill)
  }

  private enum Access: Hashable {
    case writer, reader
    /// Reads while a run writes; read-only.
    case guest
    /// Reads a file that nobody writes; read-only.
    case readerOfStill
  }

  private init(path: String, as access: Access) throws {
    var configuration = Configuration()
    configuration.label = "talkspurt.store"
    configuration.readonly = access == .guest || access == .readerOfStill
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      try Self.checkIdentity(of: db, path: path, readonly: access != .writer)
      guard access == .writer else { return }
      // GRDB's own set-up of the log would set `synchronous` to NORMAL: then nothing is synced at a commit. Deleted
      // and replaced data are overwritten, so that they cannot be read from the file afterwards.
      try db.execute(
        sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = \(Self.synchronous); PRAGMA secure_delete = ON")
    }
    self.path = path
    still = access == .readerOfStill ? Stillness(of: path) : nil
    let name = access == .readerOfStill ? Self.still(path) : path
    database = try StoreError.translating(at: path) { [configuration] in
      try DatabaseQueue(path: name, configuration: configuration)
    }
  }

  /// Makes an empty file, for its owner only, where there is none.
  static func makeFile(at path: String) throws {
    if let kind = networkFileSystem(of: path) {
      throw StoreError.unusable(
        path: path,
        reason: "it would lie on \(kind), on which SQLite's log does not work; give a folder of a local disk")
    }
    let descriptor = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { return }
      throw StoreError.unusable(path: path, reason: unsafe String(cString: strerror(errno)))
    }
    Glibc.close(descriptor)
  }

  /// Puts the names in the folder of `path` on the disk.
  static func syncFolder(of path: String) {
    let folder = unsafe Glibc.open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    Glibc.close(folder)
  }

  /// Closes the file; it must not be used afterwards. The last process to close it empties and removes its
  /// log. Without this call the file is closed some time after the last use, or at the end of the process,
  /// which leaves the log.
  public func close() { try? database.close() }

  /// Throws where a file that was opened as immutable has changed: what was read may be wrong.
  func checkStillness() throws {
    guard let still, still != Stillness(of: path) else { return }
    throw StoreError.unusable(path: path, reason: "a run wrote to it while it was read; read it again")
  }

  /// The parts of a file's state that show a change.
  private struct Stillness: Hashable {
    let number: ino_t
    let size, seconds, nanoseconds: Int

    init?(of path: String) {
      var status = stat()
      guard unsafe stat(path, &status) == 0 else { return nil }
      number = status.st_ino
      size = Int(status.st_size)
      (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
  }

  /// The folder that holds the file at `path`.
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The URI with which SQLite opens an immutable file: without locks, and without a log.
  private static func still(_ path: String) -> String {
    let escaped = path.utf8.map { byte in
      "?#%".utf8.contains(byte) ? "%" + String(byte, radix: 16) : String(decoding: [byte], as: UTF8.self)
    }
    return (path.first == "/" ? "file://" : "file:") + escaped.joined() + "?immutable=1"
  }

  /// Refuses what is not a store before anything is written. A file without tables is a store that is being
  /// created.
  private static func checkIdentity(of db: Database, path: String, readonly: Bool) throws {
    let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    if application != Schema.applicationID, readonly || application != 0 || tables > 0 {
      throw StoreError.notAStore(path: path)
    }
    if version > Schema.version { throw StoreError.newer(path: path, version: version) }
    if readonly, version < Schema.version { throw StoreError.older(path: path, version: version) }
  }
}

/// A recording as the file system has it: with the same size and time, it is taken for unchanged.
public struct RecordingFile: Sendable, Hashable {
  /// Where it is.
  public var path: RecordingPath
  /// Its size in bytes; nil where the file system does not tell.
  public var size: Int?
  /// When it was last written to, in ns since 1970; nil where the file system does not tell.
  public var modified: Int?

  /// The recording at `path`, of `size` bytes, last `modified` so many ns after 1970.
  public init(path: RecordingPath, size: Int?, modified: Int?) {
    self.path = path
    self.size = size
    self.modified = modified
  }
}
