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

/// One line of CSV: fields with the separator between them, fields with a separator of any dialect, quote, CR or LF
/// in quotes, quotes doubled, and CR LF at the end of the line, which this includes (RFC 4180).
public func csvLine(_ fields: [CSVField], _ dialect: CSVDialect = .standard) -> String {
  fields.map { written($0, dialect) }.joined(separator: String(dialect.separator)) + "\r\n"
}

private func written(_ field: CSVField, _ dialect: CSVDialect) -> String {
  switch field {
  case .text(let text): quoted(guarded(text, dialect))
  case .number(let number) where !number.isFinite: ""
  case .number(let number) where dialect.decimalComma:
    String("\(number)".map { $0 == "." ? "," : $0 })
  case .number(let number): "\(number)"
  case .integer(let integer): "\(integer)"
  case .flag(let flag): "\(flag)"
  case .unknown: ""
  }
}

/// Text with a `'` before each place that a spreadsheet would run as a formula (OWASP, CSV injection): at its
/// beginning, where a tab or line end counts too, and behind each separator of other dialects, since a reader that expects one of those takes what
/// follows for a cell. Quotes do not help there: within a cell they are plain characters.
///
/// A telephone number in the form of E.164 is left as it is for programs, which join by it: as a formula it is that
/// number. Controls that no text has are made visible.
private func guarded(_ text: String, _ dialect: CSVDialect) -> String {
  let scalars = text.unicodeScalars
  if dialect == .standard, isInternationalNumber(scalars) { return text }
  var out = "", isAtStart = true
  if let first = scalars.first, "\t\r\n".unicodeScalars.contains(first) { out += "'" }
  for index in scalars.indices {
    let scalar = scalars[index]
    if isAtStart, runs(scalars[index...]) { out += "'" }
    isAtStart = isSeparator(scalar) && scalar != dialect.separator
    if isAtStart || scalar.isPrintable || scalar == dialect.separator {
      out.unicodeScalars.append(scalar)
    } else {
      out += visible(String(scalar))
    }
  }
  return out
}

/// `+` and 7 to 15 digits (ITU-T E.164).
private func isInternationalNumber(_ text: String.UnicodeScalarView) -> Bool {
  text.first == "+" && 8...16 ~= text.count && text.dropFirst().allSatisfy { "0"..."9" ~= $0 }
}

/// What parts cells, in whatever dialect.
private func isSeparator(_ scalar: Unicode.Scalar) -> Bool { ",;\t\r\n".unicodeScalars.contains(scalar) }

/// Whether a spreadsheet takes a cell that begins so for a formula; full-width signs count where the locale has them.
/// Quotes and blanks before it are passed over.
private func runs(_ cell: Substring.UnicodeScalarView) -> Bool {
  let signs = "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars
  return cell.first { $0 != "\"" && $0 != " " }.map(signs.contains) ?? false
}

/// In quotes where any reader would take a part of it for a separator or a quote. Looks at scalars: as a `Character`,
/// CR LF is neither CR nor LF.
private func quoted(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: { isSeparator($0) || $0 == "\"" }) else { return text }
  var out = "\""
  for scalar in text.unicodeScalars {
    if scalar == "\"" { out += "\"" }
    out.unicodeScalars.append(scalar)
  }
  return out + "\""
}
