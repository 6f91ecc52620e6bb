import ArgumentParser
import CallReports
import Glibc

/// Standard output carries data only, standard error messages to a person. Bytes are written at once, so that
/// a reader sees each line immediately.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  /// Whether it is a terminal.
  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// Writes all of `bytes`.
  ///
  /// - Returns: false where the reader has closed the pipe, which ends a run without a message;
  ///   `ignoreBrokenPipe` must have been called.
  /// - Throws: exit status 1 where it cannot be written, with the reason on standard error.
  func write(_ bytes: [UInt8]) throws -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(rawValue, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EPIPE {
        return false
      } else if errno == EAGAIN {
        var writable = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
        poll(&writable, 1, -1)
      } else if errno != EINTR {
        if self == .output {
          Self.complain("The output could not be written: \(String(cString: strerror(errno))).")
        }
        throw ExitCode(1)
      }
    }
    return true
  }

  /// Writes what is not from outside to a person; where that fails, it is lost.
  static func tell(_ text: String) { _ = try? error.write(Array(text.utf8)) }

  /// Writes a line about an error.
  static func complain(_ message: String) { log(LogLine(.error, message), text: "talkspurt: \(message)") }

  /// Writes a line about what was done.
  static func inform(_ message: String) { log(LogLine(.info, message), text: message) }

  /// Writes a line of the log in the format that was asked for; `text` is the one for a person, with names as they
  /// are.
  static func log(_ line: LogLine, text: String) {
    tell(LogFormat.current == .json ? line.json : ("\(text)\n" as Escaped<MessageLine>).text)
  }

  /// Makes a write to a closed pipe fail instead of ending the program.
  static func ignoreBrokenPipe() { signal(SIGPIPE, SIG_IGN) }
}
