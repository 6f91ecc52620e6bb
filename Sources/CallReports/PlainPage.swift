/// A page narrower than this, in columns, is written as if it were this wide: hanging indents take 5 columns, and a
/// few characters have to stand beside them.
let narrowestPage = 20

/// Lines of text of a bounded width.
struct PlainPage {
  let width: Int
  private(set) var text = ""

  init(width: Int) { self.width = max(narrowestPage, width) }

  mutating func head(_ line: String) { text += line + "\n" }

  mutating func text(_ paragraph: String) {
    for line in paragraph.wrapped(width) { text += line.withPlainBlanks + "\n" }
  }

  /// A paragraph with a hanging indent.
  mutating func item(_ paragraph: String, indent: Int = 2) {
    let inner = paragraph.wrapped(width - indent - 2)
    for (index, line) in inner.enumerated() {
      text += String(repeating: " ", count: index == 0 ? indent : indent + 2)
      text += line.withPlainBlanks + "\n"
    }
  }
}
