import ArgumentParser
import CallModel

/// A length of time as a user writes it: a whole number with `s`, `m`, `h` or `d`, as in `90d`.
struct Age: Sendable, Hashable, ExpressibleByArgument {
  /// In seconds.
  let seconds: Seconds

  init?(argument: String) {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
    // A thousand years are enough, and do not overflow.
    guard let unit = argument.last.flatMap({ units[$0] }), argument.count < 10,
      argument.dropLast().allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(argument.dropLast()),
      number * unit <= 1000 * 366 * 86400
    else { return nil }
    seconds = Seconds(number * unit)
  }
}
