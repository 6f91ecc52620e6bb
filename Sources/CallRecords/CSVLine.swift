/// The fields of one line of CSV, quotes as in RFC 4180; `separator` stands between them.
func csvFields(_ line: String, separator: Unicode.Scalar = ",") -> [String] {
  var fields = [""]
  var isQuoted = false
  var previous: Unicode.Scalar?
  for scalar in line.unicodeScalars where scalar != "\r" {
    switch scalar {
    case "\"":
      if !isQuoted, previous == "\"" { fields[fields.count - 1].unicodeScalars.append("\"") }
      isQuoted.toggle()
    case separator where !isQuoted: fields.append("")
    default: fields[fields.count - 1].unicodeScalars.append(scalar)
    }
    previous = scalar
  }
  return fields
}

/// Notes where the fields of a line stand, with their quotes.
func split(_ line: [UInt8], at separator: UInt8, into fields: inout [Range<Int>]) {
  fields.removeAll(keepingCapacity: true)
  var isQuoted = false
  var start = 0
  for index in line.indices {
    if line[index] == UInt8(ascii: "\"") {
      isQuoted.toggle()
    } else if line[index] == separator, !isQuoted {
      fields.append(start..<index)
      start = index + 1
    }
  }
  fields.append(start..<line.count)
}

/// A field without the quotes around it; those of ids have none inside.
func unquoted(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  guard field.count >= 2, field.first == UInt8(ascii: "\""), field.last == field.first else { return field }
  return field.dropFirst().dropLast()
}
