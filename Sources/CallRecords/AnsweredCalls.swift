/// The calls in a file of Asterisk's records that a telephone answered.
public struct AnsweredCalls: Sendable {
  /// A row of such a call.
  public struct Row: Sendable, Hashable {
    /// By what its call is looked up: the id that its rows are linked by, or its own.
    public let key: String
    /// As the clock of the file shows it, in seconds since 1970 as if in UTC; nil where it is no time.
    public let start: Int?
  }

  let columns: AsteriskColumns

  /// The row in a line; nil where it is of no such call: nobody answered, or an announcement, a menu, a voicemail did.
  public func answered(_ line: ArraySlice<UInt8>) -> Row? {
    // Most lines are decided by this, which costs a tenth of understanding them.
    guard line.count > Self.answered.count, Self.isAnswered(line) else { return nil }
    let text = String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    guard let row = AsteriskRow(text, columns), row.isAnswered else { return nil }
    if columns.places[.destinationChannel] != nil, row.destinationChannel.isEmpty { return nil }
    return Row(key: row.linkedID.isEmpty ? row.uniqueID : row.linkedID, start: row.start)
  }

  private static let answered = Array("ANSWERED".utf8)

  private static func isAnswered(_ line: ArraySlice<UInt8>) -> Bool {
    var rest = line
    while let place = rest.firstIndex(where: { $0 == UInt8(ascii: "A") || $0 == UInt8(ascii: "a") }) {
      rest = rest[place...]
      if rest.count >= answered.count, zip(rest, answered).allSatisfy({ $0 & 0xDF == $1 }) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}

extension AsteriskRecords {
  /// The answered calls in the file of a number; nil where it is no file of calls with ids.
  public func answered(in file: Int) -> AnsweredCalls? {
    guard !files[file].isQueueLog, let columns = files[file].columns, columns.hasID else { return nil }
    return AnsweredCalls(columns: columns)
  }

  /// The ids of all legs in lines, and those that they are linked by.
  public static func ids(in lines: [Line]) -> [String] {
    let rows = lines.compactMap { line in
      line.columns.flatMap { AsteriskRow(String(decoding: line.bytes, as: UTF8.self), $0) }
    }
    return Set(rows.flatMap { [$0.uniqueID, $0.linkedID] }).filter { !$0.isEmpty }.sorted()
  }
}
