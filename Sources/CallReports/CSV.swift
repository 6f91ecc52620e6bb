/// One field of a CSV line.
public enum CSVField: Sendable, Hashable {
  /// Text. Text that a spreadsheet would take for a formula is written with a `'` before it.
  case text(String)
  /// A measured number, written with a decimal point in every locale; one that is not finite is unknown.
  case number(Double)
  /// A count.
  case integer(Int)
  /// `true` or `false`.
  case flag(Bool)
  /// Nothing is known: an empty field, never 0.
  case unknown

  /// Text, or unknown where it is nil.
  public init(_ text: String?) { self = text.map(CSVField.text) ?? .unknown }
  /// A number, or unknown where it is nil.
  public init(_ number: Double?) { self = number.map(CSVField.number) ?? .unknown }
  /// A count, or unknown where it is nil.
  public init(_ integer: Int?) { self = integer.map(CSVField.integer) ?? .unknown }
  /// A flag, or unknown where it is nil.
  public init(_ flag: Bool?) { self = flag.map(CSVField.flag) ?? .unknown }
}

/// How a line of CSV is written.
public struct CSVDialect: Sendable, Hashable {
  /// The separator of fields.
  public var separator: Unicode.Scalar
  /// Whether numbers have a decimal comma.
  public var decimalComma: Bool

  /// RFC 4180: fields separated by commas.
  public static let standard = CSVDialect(separator: ",", decimalComma: false)

  /// Fields separated by `;`, as spreadsheets read them where the comma is the decimal sign.
  public static func semicolons(decimalComma: Bool) -> CSVDialect {
    CSVDialect(separator: ";", decimalComma: decimalComma)
  }
}

/// One line of CSV: fields with the separator between them, fields with a separator, quote, CR or LF in
/// quotes, quotes doubled, and CR LF at the end of the line, which this includes (RFC 4180).
public func csvLine(_ fields: [CSVField], _ dialect: CSVDialect = .standard) -> String {
  fields.map { written($0, dialect) }.joined(separator: String(dialect.separator)) + "\r\n"
}

private func written(_ field: CSVField, _ dialect: CSVDialect) -> String {
  switch field {
  case .text(let text): quoted(guarded(text), dialect)
  case .number(let number) where !number.isFinite: ""
  case .number(let number) where dialect.decimalComma:
    quoted(String("\(number)".map { $0 == "." ? "," : $0 }), dialect)
  case .number(let number): "\(number)"
  case .integer(let integer): "\(integer)"
  case .flag(let flag): "\(flag)"
  case .unknown: ""
  }
}

/// A cell that begins with one of these is run as a formula by spreadsheets (OWASP, CSV injection).
private func guarded(_ text: String) -> String {
  switch text.unicodeScalars.first {
  case "=", "+", "-", "@", "\t", "\r", "\n": "'" + text
  default: text
  }
}

/// Looks at scalars: as a `Character`, CR LF is neither CR nor LF.
private func quoted(_ text: String, _ dialect: CSVDialect) -> String {
  let special: Set<Unicode.Scalar> = ["\"", dialect.separator, "\r", "\n"]
  guard text.unicodeScalars.contains(where: special.contains) else { return text }
  var out = "\""
  for scalar in text.unicodeScalars {
    if scalar == "\"" { out += "\"" }
    out.unicodeScalars.append(scalar)
  }
  return out + "\""
}
