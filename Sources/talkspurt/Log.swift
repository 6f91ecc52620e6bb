import ArgumentParser
import CallModel
import CallReports
import CallStore
import FoundationEssentials
import Synchronization

/// How standard error is written.
enum LogFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
  /// A sentence a line, for a person.
  case text
  /// An object a line, for a log collector.
  case json

  /// The one of this process; `CommonOptions` sets it before anything is written.
  static var current: LogFormat {
    get { isJSON.load(ordering: .relaxed) ? .json : .text }
    set { isJSON.store(newValue == .json, ordering: .relaxed) }
  }

  private static let isJSON = Atomic(false)
}

/// A line of the log.
struct LogLine: Encodable {
  enum Level: String, Encodable { case info, warning, error }

  let time: Date
  let level: Level
  let message: String
  /// The recording it is about.
  var path: String?
  /// Its path where that is not UTF-8.
  var pathBase64: String?
  /// The code of a failure.
  var code: String?
  /// The counts of a run.
  var counts: RunCounts?

  enum CodingKeys: String, CodingKey {
    case time, level, message, path, code, counts
    case pathBase64 = "path_b64"
  }

  /// A line that is written now.
  init(_ level: Level, _ message: String) {
    self.level = level
    self.message = message
    time = Date()
  }

  /// What went wrong with a recording; as a sentence it is `text`.
  init(_ failure: CallFailure) {
    self.init(.warning, failure.error.message)
    path = failure.path
    pathBase64 = failure.pathBase64
    code = failure.error.code.rawValue
  }

  /// The line as JSON, with its end.
  var json: String {
    ((try? jsonText(self, dates: .iso8601)) ?? "{\"level\":\"\(level.rawValue)\"}") + "\n"
  }
}
