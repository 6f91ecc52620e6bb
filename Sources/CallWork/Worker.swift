import CallModel
import FoundationEssentials
import Glibc

/// A worker: writes `hello` to `output`, then one row for each line of `input`, in their order, each as soon as it is
/// there. A line that is no item gives a failure. Returns at the end of the input, or when nobody reads the rows any
/// more; SIGPIPE must be ignored.
///
/// - Throws: where `input` cannot be read or `output` not be written.
public func answerItems(
  from input: Int32, to output: Int32, hello: WorkerHello, analyse: (WorkItem) -> WorkRow
) throws(WorkerFailure) {
  guard let first = try? jsonLine(hello), try writeAll(first, to: output) else { return }
  var lines = LineReader(input)
  while let line = lines.next() {
    let row: WorkRow
    switch line {
    case .bytes(let bytes):
      do { row = analyse(try JSONDecoder().decode(WorkItem.self, from: Data(bytes))) } catch {
        row = .noItem("The line is no item of the protocol; give an object with an id and a path.")
      }
    case .tooLong: row = .noItem("The line is longer than \(LineReader.maximumLength) bytes.")
    }
    guard try writeAll(row.line, to: output) else { return }
  }
  if errno != 0 {
    throw WorkerFailure("The items could not be read: \(unsafe String(cString: strerror(errno))).")
  }
}

/// Why work cannot go on, as a sentence; no recording is to blame.
public struct WorkerFailure: Error, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Writes all of `bytes`; returns false where nobody reads them any more.
private func writeAll(_ bytes: [UInt8], to output: Int32) throws(WorkerFailure) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = unsafe rest.withUnsafeBytes { unsafe write(output, $0.baseAddress, $0.count) }
    if count >= 0 {
      rest.removeFirst(count)
    } else if errno == EPIPE {
      return false
    } else if errno != EINTR {
      throw WorkerFailure("A row could not be written: \(unsafe String(cString: strerror(errno))).")
    }
  }
  return true
}

extension WorkRow {
  /// The row for a line that is no item.
  fileprivate static func noItem(_ message: String) -> WorkRow {
    WorkRow(
      id: nil,
      outcome: .failed(CallFailure(path: RecordingPath(""), code: .unreadable, message: message)))
  }
}
