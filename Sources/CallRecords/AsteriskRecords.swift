import CallModel

/// Where the lines of Asterisk's records are, by call: those of `cdr_csv`, of `cdr_custom`, of tables that were exported
/// with the names of their columns, and of `queue_log`. 40 bytes a line, however long it is. Files are told apart by their
/// lines.
public struct AsteriskRecords: Sendable {
  /// Where a line is.
  public struct Place: Sendable, Hashable {
    /// In bytes, from the start of its file.
    public var offset: Int
    /// In bytes, without the line end.
    public var length: Int32
    /// The number of its file, in the order in which they were read, from 0.
    public var file: Int16
  }

  /// A line about a call.
  public struct Line: Sendable, Hashable {
    /// As they stand in the file, without the line end.
    public let bytes: [UInt8]
    /// Its columns; nil for a line of `queue_log`.
    let columns: AsteriskColumns?
    /// Whether its times are in UTC.
    public let isUTC: Bool
  }

  /// Hashes.
  private let callIDs: Set<Int>?
  /// By the hash of an id. Of two calls with one hash, the rows of both are found and told apart when they are read.
  private var first: [Int: Place] = [:]
  /// Further lines of a call.
  private var further: [Int: [Place]] = [:]
  /// What was read of each file, by number.
  public private(set) var files: [RecordFile] = []
  private var file = RecordFile()
  /// The beginning of a line of which the end was not read yet, and where it begins.
  private var rest: [UInt8] = []
  private var lineStart = 0
  /// Where the next byte is.
  private var position = 0
  private var fields: [Range<Int>] = []

  private static let longestLine = 65_536
  /// No call has more; a file that repeats an id would otherwise fill the memory.
  private static let mostLines = 200

  /// An index for these calls; nil for every call of the files.
  public init(callIDs: Set<String>? = nil) { self.callIDs = callIDs.map { Set($0.map(Self.hash)) } }

  private static func hash(_ id: String) -> Int { Array(id.utf8)[...].hashValue }

  /// Takes a piece of the file; pieces may end anywhere. A line beyond 64 KiB is skipped.
  public mutating func consume(_ bytes: ArraySlice<UInt8>) {
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      take(bytes[start..<end])
      endLine()
      position += 1
      (start, lineStart) = (end + 1, position)
    }
    take(bytes[start...])
  }

  /// Ends a file; the next piece is of another one.
  public mutating func endFile() {
    endLine()
    files.append(file)
    (file, position, lineStart) = (RecordFile(), 0, 0)
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>) {
    position += bytes.count
    if rest.count <= Self.longestLine { rest += bytes }
  }

  private mutating func endLine() {
    defer { rest.removeAll(keepingCapacity: true) }
    guard rest.count <= Self.longestLine else { return }
    if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
    guard !rest.isEmpty, file.isRow(rest) else { return }
    split(rest, at: UInt8(ascii: file.separator), into: &fields)
    for id in Set(file.ids(rest, fields)) where callIDs?.contains(id) ?? true {
      let place = Place(offset: lineStart, length: Int32(rest.count), file: Int16(clamping: files.count))
      if first[id] == nil {
        first[id] = place
      } else if further[id, default: []].count < Self.mostLines - 1 {
        further[id, default: []].append(place)
      }
    }
  }

  /// Where the lines of a call are: those of its id, and those that are linked to it.
  public func places(ofCall id: String) -> [Place] {
    let id = Self.hash(id)
    return first[id].map { [$0] + (further[id] ?? []) } ?? []
  }

  /// The line that was read at `place`.
  public func line(_ bytes: [UInt8], at place: Place) -> Line {
    let file = files[Int(place.file)]
    return Line(bytes: bytes, columns: file.isQueueLog ? nil : file.columns, isUTC: file.isUTC)
  }

  /// What lines say of a call; nil where none is about it.
  public static func evidence(ofCall id: String, in lines: [Line]) -> Evidence? {
    var queue = QueueLog()
    var rows: [AsteriskRow] = []
    for line in lines {
      let text = String(decoding: line.bytes, as: UTF8.self)
      if let columns = line.columns {
        guard var row = AsteriskRow(text, columns), row.uniqueID == id || row.linkedID == id else { continue }
        row.isUTC = row.isUTC || line.isUTC
        rows.append(row)
      } else if let entry = QueueLog.Entry(text), entry.call == id {
        queue.take(entry)
      }
    }
    let known = queue.known
    guard
      var evidence = Evidence(rows, call: id)
        ?? known.map({ _ in Evidence(.asterisk, fields: [.callID: id]) })
    else { return nil }
    if let known { evidence.take(known) }
    return evidence
  }
}
