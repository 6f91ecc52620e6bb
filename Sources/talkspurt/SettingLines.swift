/// Finds the lines of a TOML document on which keys stand; the parser does not report them.
enum SettingLines {
  /// The line, from 1, on which the key at `path` or the table that begins with it stands.
  static func line(of path: [String], in text: String) -> Int? {
    var table: [String] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let line = line.drop(while: \.isWhitespace)
      if line.first == "[" {
        table = words(line.prefix { $0 != "]" }.drop { $0 == "[" })
        if table.starts(with: path) { return index + 1 }
      } else if line.first != "#", let equals = line.firstIndex(of: "=") {
        let key = table + words(line[..<equals])
        if key.starts(with: path) || path.starts(with: key) { return index + 1 }
      }
    }
    return nil
  }

  /// The line, from 1, on which a key of the source of this number, from 0, stands, or else the source, or else
  /// the list.
  static func line(of source: Int?, _ key: String?, in text: String) -> Int? {
    guard let source else { return line(of: ["sources"], in: text) }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let heads = lines.indices.filter {
      let line = lines[$0].drop(while: \.isWhitespace)
      return line.hasPrefix("[[") && words(line.prefix { $0 != "]" }.drop { $0 == "[" }) == ["sources"]
    }
    guard heads.indices.contains(source) else { return line(of: ["sources"], in: text) }
    let body = lines[(heads[source] + 1)...].prefix { $0.drop(while: \.isWhitespace).first != "[" }
    let place = body.indices.first { line in
      guard let key, let equals = lines[line].firstIndex(of: "=") else { return false }
      return words(lines[line][..<equals]) == [key]
    }
    return (place ?? heads[source]) + 1
  }

  private static func words(_ key: Substring) -> [String] {
    key.split(separator: ".").map { String($0.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }) }
  }
}
