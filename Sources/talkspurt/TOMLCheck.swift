/// What toml++ 3.4, which TOMLKit uses, ends the program at: assertions of its parser, which hold for any other text. It is
/// looked for before, with brackets and quotes alone; all other mistakes are the parser's to find.
struct TOMLCheck {
  /// A mistake, and the line, from 1, on which it stands.
  struct Mistake: Hashable {
    let line: Int
    let sentence: String
  }

  private var rest: ArraySlice<Unicode.Scalar>
  private var line = 1
  /// The brackets that are open.
  private var open: [Unicode.Scalar] = []

  /// The first mistake of these kinds; nil where there is none.
  static func mistake(in text: String) -> Mistake? {
    var check = TOMLCheck(rest: Array(text.unicodeScalars)[...])
    return check.mistake()
  }

  private init(rest: ArraySlice<Unicode.Scalar>) { self.rest = rest }

  private mutating func mistake() -> Mistake? {
    var isFirst = true  // of a line
    while let scalar = rest.popFirst() {
      let wasFirst = isFirst
      isFirst = scalar == "\n" || isFirst && Self.isBlank(scalar)
      switch scalar {
      case "\n": line += 1
      case "#": rest = rest.drop { $0 != "\n" }
      case "\"", "'": skipText(in: scalar)
      case "[" where wasFirst && open.isEmpty && !isName(after: rest):
        return Mistake(line: line, sentence: "a table needs a name, as in [activity]")
      case "[", "{": open.append(scalar)
      case "]", "}":
        if open.popLast() == "[", scalar == "}" {
          return Mistake(line: line, sentence: "a list ends with ], and a } stands in its place")
        }
      default: break
      }
    }
    return nil
  }

  /// Whether a name follows the bracket of a table's head, or two.
  private func isName(after head: ArraySlice<Unicode.Scalar>) -> Bool {
    var head = head.drop(while: Self.isBlank)
    if head.first == "[" { head = head.dropFirst().drop(while: Self.isBlank) }
    return head.first.map {
      $0.isASCII && ($0.properties.isAlphabetic || "0123456789_-\"'".unicodeScalars.contains($0))
    } ?? false
  }

  /// What toml++ skips within a line.
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x20, 0xA0, 0x1680, 0x180E, 0x2000...0x200B, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF: true
    default: false
    }
  }

  /// Skips a text whose first quote was read; one of three quotes can have several lines.
  private mutating func skipText(in quote: Unicode.Scalar) {
    let isLong = rest.starts(with: [quote, quote])
    if isLong { rest = rest.dropFirst(2) }
    while let scalar = rest.popFirst() {
      if scalar == "\n" {
        line += 1
        if !isLong { return }
      } else if scalar == "\\", quote == "\"" {
        if rest.popFirst() == "\n" { line += 1 }
      } else if scalar == quote, !isLong || rest.starts(with: [quote, quote]) {
        // Up to two quotes in front of the last three belong to the text.
        if isLong { rest = rest.dropFirst(2 + min(2, rest.dropFirst(2).prefix { $0 == quote }.count)) }
        return
      }
    }
  }
}
