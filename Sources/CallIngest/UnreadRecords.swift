import CallModel
import Glibc
import Synchronization

/// Files with facts about calls that are there and could not be read while a run went on. The next run asks for them again.
final class UnreadRecords: Sendable {
  private let found = Mutex<(count: Int, example: String?)>((0, nil))

  /// Notes that a file could not be read, by an errno. That there is none, or no plain file, is no reason to complain.
  func note(_ path: RecordingPath, _ error: CInt) {
    guard ![0, ENOENT, ENOTDIR, ELOOP, EXDEV, ENXIO, EINVAL].contains(error) else { return }
    found.withLock { found in
      found.count += 1
      found.example = found.example ?? "\(path.text): \(String(cString: strerror(error)))"
    }
  }

  /// A sentence with the first of them; nil where there are none.
  var complaint: String? {
    let (count, example) = found.withLock { $0 }
    guard let example else { return nil }
    return count == 1
      ? "Facts about a call could not be read, and are asked for again in the next run: \(example)."
      : "Facts could not be read \(count) times, and are asked for again in the next run; first \(example)."
  }
}
