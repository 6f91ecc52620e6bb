import Glibc

/// A process that reads lines and answers each with one. Not more than one thread uses it at a time, which makes it safe
/// to hand over.
final class WorkerProcess: @unchecked Sendable {
  /// How a process ended.
  enum Ending: Sendable, Hashable {
    case signal(Int32)
    case status(Int32)
  }

  /// What came of a line.
  enum Answer: Sendable, Hashable {
    /// Its answer, without its end.
    case line([UInt8])
    /// The process ended before, or closed its output and was killed.
    case ended(Ending)
    /// There was none in time; the process was killed.
    case late
    /// There was more than one line, or a line that does not end; the process was killed.
    case garbled
  }

  /// Longer answers are none. A call of 12 hours gives 1.1 MB.
  private static let maximumAnswer = 64 << 20
  /// So much of what it says on standard error is kept, the end of it.
  private static let maximumComplaint = 2048

  /// A process that computes for more than one part in so many is not waiting, however busy the machine is: its limit of
  /// processor time ends that. Sound that comes as fast as it is spoken takes one in 5000 (our measurement).
  private static let leastShare: Int64 = 200

  private let child: Spawned
  private var isRunning = true
  /// The end of what it has said on standard error.
  private(set) var complaint: [UInt8] = []

  /// Starts a program, by its path and with its arguments. Signals by which a run is asked to end do not reach it: the
  /// calls in flight are finished.
  init(_ command: [[UInt8]], environment: [[UInt8]]) throws(WorkerFailure) {
    child = try Spawned.start(command, environment: environment)
  }

  deinit {
    if isRunning { _ = end() }
    for descriptor in [child.input, child.output, child.errors] { close(descriptor) }
  }

  /// Sends a line and waits for its answer; without one, waits for the line that comes by itself.
  func answer(to line: [UInt8] = [], within seconds: Int) -> Answer {
    let (start, computed) = (monotonicMilliseconds(), processorMilliseconds())
    var deadline = start + Int64(seconds) * 1000
    var rest = line[...]
    var answer: [UInt8] = []
    while true {
      let left = deadline - monotonicMilliseconds()
      if left <= 0 {
        if Self.leastShare * (processorMilliseconds() - computed) > deadline - start {
          deadline += Int64(seconds) * 1000
          continue
        }
        _ = end()
        return .late
      }
      var ready = [
        pollfd(fd: child.output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: child.errors, events: Int16(POLLIN), revents: 0),
        pollfd(fd: rest.isEmpty ? -1 : child.input, events: Int16(POLLOUT), revents: 0),
      ]
      guard unsafe poll(&ready, 3, Int32(min(left, 60_000))) > 0 else { continue }
      if ready[1].revents != 0 { drainErrors() }
      if ready[2].revents != 0, !send(&rest) { return .ended(end()) }
      guard ready[0].revents != 0 else { continue }
      let known = answer.count
      guard receive(&answer) else { return .ended(end()) }
      let lineEnd = firstLineEnd(in: answer, from: known)
      if let lineEnd, lineEnd + 1 == answer.count { return .line(answer.dropLast()) }
      if lineEnd == nil, answer.count <= Self.maximumAnswer { continue }
      _ = end()
      return .garbled
    }
  }

  /// Returns false where nobody reads.
  private func send(_ rest: inout ArraySlice<UInt8>) -> Bool {
    let count = unsafe rest.withUnsafeBytes { unsafe write(child.input, $0.baseAddress, $0.count) }
    if count > 0 { rest.removeFirst(count) }
    return count >= 0 || errno == EAGAIN || errno == EINTR
  }

  /// Appends what is there; returns false where nothing comes any more.
  private func receive(_ answer: inout [UInt8]) -> Bool {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe read(child.output, &piece, piece.count)
    if count > 0 { answer += piece[..<count] }
    return count > 0 || count < 0 && (errno == EAGAIN || errno == EINTR)
  }

  /// The processor time that it has used.
  private func processorMilliseconds() -> Int64 {
    var clock = clockid_t()
    return unsafe clock_getcpuclockid(child.process, &clock) == 0 ? milliseconds(clock) : 0
  }

  private func drainErrors() {
    var piece = [UInt8](repeating: 0, count: 4096)
    while case let count = unsafe read(child.errors, &piece, piece.count), count > 0 {
      complaint = (complaint + piece[..<count]).suffix(Self.maximumComplaint)
    }
  }

  /// Kills it, unless it is ending already, and waits for that.
  private func end() -> Ending {
    kill(child.process, SIGKILL)
    isRunning = false
    var status: Int32 = 0
    while unsafe waitpid(child.process, &status, 0) < 0, errno == EINTR {}
    drainErrors()
    let signal = status & 0x7F
    return signal == 0 ? .status(status >> 8 & 0xFF) : .signal(signal)
  }
}

/// The place of the first newline from `start` on.
private func firstLineEnd(in bytes: [UInt8], from start: Int) -> Int? {
  unsafe bytes.withUnsafeBytes { all in
    guard let from = all.baseAddress,
      let found = unsafe memchr(from + start, Int32(UInt8(ascii: "\n")), all.count - start)
    else { return nil }
    return unsafe UnsafeRawPointer(found) - from
  }
}

private func monotonicMilliseconds() -> Int64 { milliseconds(CLOCK_MONOTONIC) }

private func milliseconds(_ clock: clockid_t) -> Int64 {
  var time = timespec()
  unsafe clock_gettime(clock, &time)
  return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}
