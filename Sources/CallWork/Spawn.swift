import CProcess
import Glibc

/// A process and our ends of its streams.
struct Spawned: Sendable {
  let process: pid_t
  let input, output, errors: Int32

  /// Starts a program, by its path and with its arguments, on the thread that lasts.
  static func start(_ command: [[UInt8]], environment: [[UInt8]]) throws(WorkerFailure) -> Spawned {
    try StartingThread.shared.run { () -> Result<Spawned, WorkerFailure> in
      var process: pid_t = 0
      var streams: [Int32] = [-1, -1, -1]
      let error = unsafe withCStrings(command) { arguments in
        unsafe withCStrings(environment) { unsafe spawn_with_pipes(arguments, $0, &process, &streams) }
      }
      guard error == 0 else {
        let reason = unsafe String(cString: strerror(error))
        return .failure(WorkerFailure("A process for the analysis could not be started: \(reason)."))
      }
      return .success(
        Spawned(process: process, input: streams[0], output: streams[1], errors: streams[2]))
    }.get()
  }
}

/// Passes the texts as C has them, with NULL behind the last, to `body`, which returns an errno. Where memory is short for
/// one, there are none: a NULL among them would cut off the shares that a worker is kept to.
private func withCStrings(
  _ texts: [[UInt8]], _ body: ([UnsafeMutablePointer<CChar>?]) -> CInt
) -> CInt {
  let copies = unsafe texts.map { unsafe strdup($0.map(CChar.init(bitPattern:)) + [0]) }
  defer { unsafe copies.forEach { unsafe free($0) } }
  return unsafe copies.contains { unsafe $0 == nil } ? ENOMEM : body(copies + [nil])
}
