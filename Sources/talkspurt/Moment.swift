import ArgumentParser
import CallModel

/// A time in a recording as a user writes it: seconds (`110.5`), minutes (`1:50.5`) or hours (`0:01:50.5`).
struct Moment: Sendable, Hashable, ExpressibleByArgument {
  /// From the start of the recording, in seconds.
  let seconds: Seconds

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), let last = parts.last else { return nil }
    let whole = parts.dropLast().map { part in
      part.count < 6 && part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil
    }
    let digits = last.filter { $0 != "." }
    guard last.count < 12, !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      let rest = Double(last), parts.count == 1 || rest < 60
    else { return nil }
    var minutes = 0
    for (index, part) in whole.enumerated() {
      guard let part, index == 0 || part < 60 else { return nil }
      minutes = minutes * 60 + part
    }
    seconds = Seconds(minutes * 60) + rest
  }
}
