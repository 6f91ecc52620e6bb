import ArgumentParser
import Glibc

/// Standard output, which carries data only. Bytes go out at once, so that a reader sees a line when it is
/// there.
enum StandardOutput {
  /// Writes all of `bytes`.
  ///
  /// - Returns: false where nobody reads any more, which ends a run quietly; `ignoreBrokenPipe` must have
  ///   been called.
  /// - Throws: exit status 1 where it cannot be written, with the reason on standard error.
  static func write(_ bytes: [UInt8]) throws -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EPIPE {
        return false
      } else if errno == EAGAIN {
        var writable = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        poll(&writable, 1, -1)
      } else if errno != EINTR {
        StandardError.complain("The output could not be written: \(String(cString: strerror(errno))).")
        throw ExitCode(1)
      }
    }
    return true
  }

  /// Lets a write to a pipe that nobody reads fail, where it would end the program.
  static func ignoreBrokenPipe() { signal(SIGPIPE, SIG_IGN) }
}

/// Standard error, for people.
enum StandardError {
  /// Writes `text` as it is.
  static func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Writes a line that says what went wrong.
  static func complain(_ message: String) { write("talkspurt: \(message)\n") }
}
