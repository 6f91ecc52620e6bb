/// A table that spreadsheets open without an import dialog: UTF-8 with a byte order mark, fields separated by
/// `;`. Beside each time in seconds stands a column `…_hms` with the same as `hh:mm:ss`; beside `started_at`
/// stands one without the zone, which spreadsheets read as a date.
public struct Spreadsheet: Sendable, Hashable {
  private let header: [String]
  private let dialect: CSVDialect

  /// The form of a table with these columns.
  public init(header: [String], decimalComma: Bool) {
    self.header = header
    dialect = .semicolons(decimalComma: decimalComma)
  }

  /// The first line of a file, with the byte order mark and the line end.
  public var headerLine: String {
    let names = header.flatMap { name in [name] + (Self.companion(of: name).map { [$0] } ?? []) }
    return "\u{FEFF}" + csvLine(names.map(CSVField.text), dialect)
  }

  /// The line of a row, with its line end.
  public func line(_ row: [CSVField]) -> String {
    csvLine(
      zip(header, row).flatMap { name, field in
        Self.companion(of: name) == nil ? [field] : [field, Self.readable(field)]
      }, dialect)
  }

  /// The column that stands beside `name`: for durations that can be minutes, not for latencies.
  private static func companion(of name: String) -> String? {
    if name == "started_at" { return "started_at_local" }
    let lasting = [
      "duration_s", "talk_s", "turn_s", "speech_s", "silence_s", "air_s", "hold_s", "ring_s", "at_s",
      "start_s",
      "end_s", "length_s", "prompt_s",
    ]
    return lasting.contains(where: name.hasSuffix) ? name.dropLast(2) + "_hms" : nil
  }

  /// Seconds as `hh:mm:ss`, rounded; a time stamp in ISO 8601 as `YYYY-MM-DD hh:mm:ss` where it was recorded.
  private static func readable(_ field: CSVField) -> CSVField {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    switch field {
    case .number(let seconds) where seconds.isFinite && seconds >= 0:
      let whole = Int(seconds.rounded())
      return .text("\(two(whole / 3600)):\(two(whole / 60 % 60)):\(two(whole % 60))")
    case .text(let stamp):
      return .text(String(stamp.prefix(19).map { $0 == "T" ? " " : $0 }))
    default: return .unknown
    }
  }
}
