import Glibc

extension CallStore {
  /// Runs `body` while no other run can write to the store at `path`, by an advisory lock on the file itself: every
  /// name of it, a link too, has the same lock. The file is made, empty, where there is none. The kernel releases the
  /// lock when the process ends, however it ends. Throws ``StoreError/heldByAnotherRun(path:)`` at once where another
  /// process has it.
  ///
  /// `flock` does not interfere with the locks of SQLite, which are those of `fcntl`; these end where a process closes
  /// the file, so that `body` has to close the store.
  @discardableResult
  public static func holding<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    func refusal() -> StoreError { .unusable(path: path, reason: unsafe String(cString: strerror(errno))) }
    try makeFile(at: path)
    let descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw refusal() }
    defer { Glibc.close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw errno == EWOULDBLOCK ? StoreError.heldByAnotherRun(path: path) : refusal()
    }
    return try body()
  }

  /// Runs `body` with the store at `path`, held and open for writing, and closes it.
  @discardableResult
  public static func writing<Result>(to path: String, _ body: (CallStore) throws -> Result) throws -> Result {
    try holding(path) {
      let store = try CallStore(at: path)
      defer { store.close() }
      return try body(store)
    }
  }

  /// Whether a run holds the store at `path` now.
  public static func isHeld(_ path: String) -> Bool {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { Glibc.close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0
  }
}
