public import FoundationEssentials

/// A value as JSON: keys sorted, so that equal values give equal bytes, and nothing in it that a terminal obeys.
///
/// - Throws: what the encoder throws for a number that is not finite.
public func jsonText(
  _ value: some Encodable, spaced: Bool = false,
  dates: JSONEncoder.DateEncodingStrategy = .deferredToDate
) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  if spaced { encoder.outputFormatting.insert(.prettyPrinted) }
  encoder.dateEncodingStrategy = dates
  return jsonEscaped(String(decoding: try encoder.encode(value), as: UTF8.self))
}

/// JSON with what is invisible beyond ASCII escaped: DEL, the controls of ISO 6429 in C1, which terminals obey in
/// UTF-8 too, and the marks of direction. Its values are the same; they can only stand within strings.
public func jsonEscaped(_ json: String) -> String {
  guard json.utf8.contains(where: { $0 >= 0x7F }) else { return json }
  var out = ""
  for scalar in json.unicodeScalars {
    if scalar.value < 0x7F || scalar.isPrintable {
      out.unicodeScalars.append(scalar)
    } else {
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
  }
  return out
}
