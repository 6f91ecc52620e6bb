import CallRecords
import Synchronization

/// Which files of records have lines of the recordings that were asked for: a file of which none has is most often in
/// another layout, or of another exchange.
final class RecordMatches: Sendable {
  private struct Matches {
    /// How many recordings were asked for, and the call of the first.
    var asked = 0
    var example: String?
    var isMatched = false
  }

  private let matches: Mutex<[Matches]>

  /// Nothing was asked for yet.
  init(files: Int) { matches = Mutex(Array(repeating: Matches(), count: files)) }

  /// Notes that the call of a recording was looked for in the file of a number.
  func note(_ call: String?, in file: Int, isThere: Bool) {
    matches.withLock { matches in
      matches[file].asked += 1
      matches[file].example = matches[file].example ?? call
      if isThere { matches[file].isMatched = true }
    }
  }

  /// Why no line of a file was of use; nil where one was, or nothing was asked for.
  func complaint(about file: Int, _ report: RecordFile) -> String? {
    if let complaint = report.complaint { return complaint }
    let matches = matches.withLock { $0[file] }
    guard report.lines > 0, matches.asked > 0, !matches.isMatched else { return nil }
    let what = "0 of \(report.lines) lines matched: "
    guard let example = matches.example else {
      return what + "no name of a recording has the id of its call; see the source's names."
    }
    return what
      + "no line has the id of a recording, as \(example); is it the file of another exchange or time?"
  }
}
