import ArgumentParser
import CallModel

/// `--fail-on`, of the commands that find something in calls.
struct FailOnOption: ParsableArguments {
  @Option(
    name: .customLong("fail-on"),
    help: ArgumentHelp(
      "Exit with 4 if a call has one of these findings.",
      discussion: "Codes parted by commas, as in --fail-on customer_cut_off,one_way_audio.",
      valueName: "codes"),
    transform: FailOnOption.codes)
  var codes: Set<Finding.Code> = []

  /// The exit status of a run.
  ///
  /// - Parameters:
  ///   - found: the kinds of findings that were made.
  ///   - failures: the exit status for failed recordings; nil without any.
  func status(found: Set<Finding.Code>, failures: Int32? = nil) -> ExitCode {
    codes.isDisjoint(with: found) ? ExitCode(failures ?? 0) : ExitCode(4)
  }

  private static func codes(_ text: String) throws -> Set<Finding.Code> {
    try Set(
      text.split(separator: ",").map { word in
        let name = word.filter { !$0.isWhitespace }
        guard let code = Finding.Code(rawValue: name) else {
          let known = Finding.Code.allCases.map(\.rawValue)
          throw ValidationError("there is no finding \(name)\(suggestion(for: name, among: known)).")
        }
        return code
      })
  }
}

extension ExitCode {
  /// Ends the command with this status, if it is not that of success.
  func throwUnlessSuccess() throws { if !isSuccess { throw self } }
}
