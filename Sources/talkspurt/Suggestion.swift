/// `; the nearest is …` with the nearest of `known`, also where only the table is missing; empty where none is
/// near.
func suggestion(for name: String, among known: [String]) -> String {
  func last(_ key: String) -> Substring { key.split(separator: ".").last ?? "" }
  let near = known.sorted().map { key in
    (key, min(editDistance(name, key), editDistance(String(last(name)), String(last(key))) + 1))
  }.min { $0.1 < $1.1 }
  guard let near, near.1 <= max(2, name.count / 4) else { return "" }
  return "; the nearest is \(near.0)"
}

/// The number of insertions, deletions and replacements that turn `b` into `a` (Levenshtein).
func editDistance(_ a: String, _ b: String) -> Int {
  let b = Array(b)
  var row = Array(0...b.count)
  for (i, left) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, right) in b.enumerated() {
      let above = row[j + 1]
      row[j + 1] = min(above + 1, row[j] + 1, diagonal + (left == right ? 0 : 1))
      diagonal = above
    }
  }
  return row[b.count]
}
