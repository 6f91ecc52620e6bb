/// How numbers, times and foreign text are written for people: the same in every locale.

/// `value` with exactly so many decimals, as in `-21.3`; never `-0.0`. `-` for values that no measurement
/// has: not finite, or beyond 1e12.
package func fixed(_ value: Double, _ decimals: Int) -> String {
  guard value.magnitude < 1e12 else { return "-" }
  let scale = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000][decimals]
  let units = Int((value * Double(scale)).rounded())
  let whole = "\(units < 0 ? "-" : "")\(units.magnitude / UInt(scale))"
  guard decimals > 0 else { return whole }
  let fraction = String(units.magnitude % UInt(scale))
  return whole + "." + String(repeating: "0", count: decimals - fraction.count) + fraction
}

/// A time as a player shows it: `m:ss`, from one hour on `h:mm:ss`. Positions are cut, not rounded, so that a
/// listener who starts there misses nothing.
package func clock(_ seconds: Double) -> String {
  guard seconds.magnitude < 1e12 else { return "-" }
  let total = Int(max(0, seconds))
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let (minutes, rest) = total.quotientAndRemainder(dividingBy: 60)
  return minutes < 60 ? "\(minutes):\(two(rest))" : "\(minutes / 60):\(two(minutes % 60)):\(two(rest))"
}

/// A length of time: `0.4 s` below ten seconds, `42 s` below a minute, then `m:ss`. The blank is one at which
/// no line is broken.
package func length(_ seconds: Double) -> String {
  if seconds < 9.95 { return "\(fixed(seconds, seconds == 0 ? 0 : 1))\u{A0}s" }
  return seconds < 59.5 ? "\(fixed(seconds, 0))\u{A0}s" : clock(seconds.rounded())
}

/// `3 times`, `1 time`.
func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }

/// A fraction as a percentage, `63 %`.
package func percent(_ fraction: Double) -> String { "\(fixed(fraction * 100, 0))\u{A0}%" }

/// Text from outside made safe to print on one line: controls, line ends, bidirectional and other invisible
/// characters are shown as `\n`, `\u{202E}`, and so are more marks on one letter than any language has; in ASCII
/// mode so is everything outside ASCII.
package func visible(_ text: String, unicode: Bool = true) -> String {
  var out = "", marks = 0
  for scalar in text.unicodeScalars {
    marks = scalar.columns == 0 ? marks + 1 : 0
    switch scalar {
    case "\n": out += "\\n"
    case "\r": out += "\\r"
    case "\t": out += "\\t"
    case _ where scalar.isASCII && scalar.value >= 0x20 && scalar.value < 0x7F:
      out.unicodeScalars.append(scalar)
    case _ where unicode && scalar.isPrintable && marks <= mostMarks: out.unicodeScalars.append(scalar)
    default: out += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
  }
  return out
}

/// Marks on one letter, at most: that of UAX #15, stream-safe text format, which is above what languages need.
private let mostMarks = 30

extension Unicode.Scalar {
  /// Whether a reader sees it, and a terminal shows it without changing the order or place of what follows.
  var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    // Fillers of Hangul and the like are letters that are not seen. Variation selectors follow an emoji.
    default: !properties.isDefaultIgnorableCodePoint || 0xFE00...0xFE0F ~= value
    }
  }

  /// The columns it takes in a terminal: 0 for combining marks, 2 for wide East Asian characters and emoji.
  var columns: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F000...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return properties.isEmojiPresentation ? 2 : 1
    }
  }
}

extension String {
  /// The columns the text takes in a terminal.
  var columns: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }

  /// Filled up with blanks on the right.
  func left(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - columns)) }

  /// Filled up with blanks on the left.
  func right(_ width: Int) -> String { String(repeating: " ", count: max(0, width - columns)) + self }

  /// The end of it in at most `width` columns, with `mark` where the beginning was cut away.
  func ending(in width: Int, mark: String) -> String {
    guard columns > width else { return self }
    var tail = unicodeScalars[...]
    var kept = columns
    while kept > max(0, width - mark.columns) { kept -= tail.removeFirst().columns }
    return mark + String(tail)
  }

  /// Broken at blanks into lines of at most `width` columns, or of 2 where that is less, as the widest character
  /// has; a word that is wider is broken within.
  public func wrapped(_ width: Int) -> [String] {
    let width = max(2, width)
    var lines = [""], used = 0
    for word in unicodeScalars.split(separator: " ") {
      if !lines[lines.count - 1].isEmpty {
        if used + 1 + word.reduce(0, { $0 + $1.columns }) <= width {
          lines[lines.count - 1] += " "
          used += 1
        } else {
          lines.append("")
          used = 0
        }
      }
      for scalar in word {
        if used + scalar.columns > width {
          lines.append("")
          used = 0
        }
        lines[lines.count - 1].unicodeScalars.append(scalar)
        used += scalar.columns
      }
    }
    return lines
  }

  /// With each blank at which no line is broken as a plain one.
  var withPlainBlanks: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\u{A0}" ? " " : $0 }))
  }

  /// Without blanks at its end.
  var withoutTrailingBlanks: String {
    String(String.UnicodeScalarView(unicodeScalars.reversed().drop { $0 == " " }.reversed()))
  }
}
