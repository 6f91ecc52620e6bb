import ArgumentParser
import CallFollowUp
import Glibc

/// What is promised to customers, and whether their numbers are shown.
struct CustomerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A call back within so long keeps the promise, as in 45m or 2h.", valueName: "time"),
    transform: span)
  var promise = FollowUpRules().promise

  @Option(
    help: ArgumentHelp(
      "Show pseudonyms for numbers, by the key in this file: at least 16 bytes, readable for you only.",
      valueName: "file"))
  var pseudonymKey: String?

  /// The rules with this promise.
  var rules: FollowUpRules {
    var rules = FollowUpRules()
    rules.promise = promise
    return rules
  }

  /// A call as it is, or with a pseudonym.
  func shown() throws -> (FollowedCall) -> FollowedCall { try pseudonyms()?.apply(to:) ?? { $0 } }

  /// A call as it is, or with a pseudonym. Conflicts can name numbers: only their existence is reported.
  func shown() throws -> (ReportedCall) -> ReportedCall {
    guard let pseudonyms = try pseudonyms() else { return { $0 } }
    return { reported in
      var reported = reported
      reported.call = pseudonyms.apply(to: reported.call)
      reported.conflicts = reported.conflicts.map { _ in "Records do not agree." }
      return reported
    }
  }

  private func pseudonyms() throws -> Pseudonyms? {
    guard let path = pseudonymKey else { return nil }
    func refuse(_ why: String) -> ExitCode {
      StandardStream.complain("The key \(path) cannot be used: \(why).")
      return ExitCode(1)
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw refuse(String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw refuse("it is no plain file")
    }
    guard status.st_mode & 0o077 == 0 else { throw refuse("others can read it; chmod 600 makes it yours") }
    var key = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &key, key.count)
    guard count >= 0, let pseudonyms = Pseudonyms(key: Array(key[..<count])) else {
      throw refuse("it has less than 16 bytes; `head -c 32 /dev/urandom` makes one")
    }
    return pseudonyms
  }
}

/// Seconds from `45s`, `30m`, `2h`, `1d`.
private func span(_ text: String) throws -> Double {
  guard let match = text.wholeMatch(of: /([0-9]{1,6})([smhd])/), let number = Double(match.1), number > 0,
    let unit = ["s": 1.0, "m": 60, "h": 3600, "d": 86_400][match.2]
  else { throw ValidationError("\(text) is no time; give one as in 30m, 2h, or 1d.") }
  return number * unit
}
