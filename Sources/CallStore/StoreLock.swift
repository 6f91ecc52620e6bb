import Glibc

extension CallStore {
  /// Runs `body` while no other run can write to the store at `path`, by an advisory lock on the file
  /// `STORE-lock`. The kernel releases the lock when the process ends, however it ends; the empty file stays.
  /// Throws ``StoreError/heldByAnotherRun(path:)`` at once where another process has it.
  @discardableResult
  public static func holding<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    func refusal() -> StoreError {
      .unusable(path: path, reason: "\(path)-lock: " + String(cString: strerror(errno)))
    }
    let descriptor = open(path + "-lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw refusal() }
    defer { Glibc.close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw errno == EWOULDBLOCK ? StoreError.heldByAnotherRun(path: path) : refusal()
    }
    return try body()
  }
}
