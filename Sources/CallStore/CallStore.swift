public import CallModel
import GRDB
import Glibc

/// The calls of a business in one SQLite file: what was analysed, what failed, and when. Every write is a
/// transaction of its own, in the write-ahead log and on the disk (`synchronous = FULL`) before it returns:
/// beside the analysis of a call it costs nothing, and neither a killed process nor a power cut loses a call
/// that was reported as finished.
public struct CallStore: Sendable {
  /// Where it is.
  public let path: String
  let database: DatabaseQueue

  /// Opens the store at `path` for writing; makes it, readable for its owner only, where there is none, and
  /// brings an older one up to date. Refuses any other file, untouched, with a ``StoreError``.
  public init(at path: String) throws {
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError.unusable(path: path, reason: String(cString: strerror(errno)))
    }
    close(descriptor)
    try self.init(path: path, readonly: false)
    try StoreError.telling(of: path) {
      try Schema.migrator.migrate(database)
      try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    }
  }

  /// Opens the store at `path` for reading only; a run may write to it meanwhile.
  public init(reading path: String) throws {
    guard access(path, F_OK) == 0 else { throw StoreError.missing(path: path) }
    try self.init(path: path, readonly: true)
  }

  private init(path: String, readonly: Bool) throws {
    var configuration = Configuration()
    configuration.label = "talkspurt.store"
    configuration.readonly = readonly
    configuration.journalMode = readonly ? .default : .wal
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { try Self.checkIdentity(of: $0, path: path, readonly: readonly) }
    self.path = path
    database = try StoreError.telling(of: path) { [configuration] in
      try DatabaseQueue(path: path, configuration: configuration)
    }
  }

  /// Refuses what is not a store before anything is written. A file without tables is one that is being made.
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

/// A recording as the file system has it: when neither size nor time changed, it is taken for the same.
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
