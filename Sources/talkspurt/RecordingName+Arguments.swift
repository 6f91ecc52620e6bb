import CallModel
import CallStore

extension RecordingName {
  /// How a user names a call of a store: by its number, by its SHA-256, or by its path; a path of digits is given as
  /// `./7`.
  static func given(_ argument: String) -> RecordingName {
    if let number = Int64(argument), number >= 0 { return .call(number) }
    if argument.utf8.count == 64, argument.allSatisfy({ $0.isASCII && $0.isHexDigit }) {
      return .content(argument.lowercased())
    }
    return .path(RecordingPath.given([argument])[0].absolute)
  }
}
