/// What the lines of one file of Asterisk's records are, as far as it was read.
public struct RecordFile: Sendable, Hashable {
  /// Nil where it is not known.
  private(set) var columns: AsteriskColumns?
  private(set) var isQueueLog = false
  /// Lines with content, without that of the names of columns.
  public private(set) var lines = 0
  /// How many lines have times in UTC by their ids, and how many have other ones.
  private var inUTC = 0, inLocalTime = 0

  /// So many lines are examined to see what a file is: a day of a small exchange, so that each kind of line has come (our
  /// judgement).
  private static let examinedLines = 1000

  /// Whether times are in UTC (`usegmtime` of `cdr.conf`).
  var isUTC: Bool { inUTC > inLocalTime }

  /// What stands between columns.
  var separator: Unicode.Scalar { isQueueLog ? "|" : columns?.separator ?? "," }

  /// Why no line can be matched with a recording; nil where that is possible.
  public var complaint: String? {
    if lines == 0 || isQueueLog || columns?.hasID == true { return nil }
    let what = "0 of \(lines) lines matched: "
    guard let columns else {
      return what
        + "they are in no layout that is known (cdr_csv; cdr_custom as its sample has it; any with a first line"
        + " of column names)."
    }
    return what + "they have no unique id (\(columns.name)); let cdr.conf write it (loguniqueid = yes)."
  }

  /// For a person, as in `cdr_csv, 12 lines`.
  public var description: String {
    "\(isQueueLog ? "queue_log" : columns?.name ?? "unknown layout"), \(lines == 1 ? "1 line" : "\(lines) lines")"
  }

  /// Looks at a line; false for that of the names of columns.
  mutating func isRow(_ line: [UInt8]) -> Bool {
    guard lines < Self.examinedLines else {
      lines += 1
      return true
    }
    let text = String(decoding: line, as: UTF8.self)
    if lines == 0, columns == nil {
      columns = AsteriskColumns(header: text)
      if columns != nil { return false }
      isQueueLog = QueueLog.Entry(text) != nil
    }
    lines += 1
    if isQueueLog { return true }
    // A line that was cut or written by hand says nothing of the others.
    if columns?.hasID != true, let fitting = AsteriskColumns(fitting: text) { columns = fitting }
    if let columns, let row = AsteriskRow(text, columns) { count(row) }
    return true
  }

  /// A call's clock shows what its id says, or is away from it by the zone: a multiple of a quarter of an hour.
  private mutating func count(_ row: AsteriskRow) {
    guard let start = row.start, let epoch = AsteriskColumns.epoch(ofID: row.uniqueID) else { return }
    let apart = abs(start - epoch)
    if apart <= 60 { inUTC += 1 } else if (apart + 60) % 900 <= 120 { inLocalTime += 1 }
  }

  /// The hashes of the ids in a line, of which the fields are at these places.
  func ids(_ line: [UInt8], _ fields: [Range<Int>]) -> [Int] {
    let places =
      isQueueLog ? [1] : [columns?.places[.uniqueID], columns?.places[.linkedID]].compactMap(\.self)
    return places.compactMap { place in
      guard place < fields.count else { return nil }
      let id = unquoted(line[fields[place]])
      return id.isEmpty ? nil : id.hashValue
    }
  }
}
