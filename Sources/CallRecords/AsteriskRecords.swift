import CallModel

/// Where the lines of Asterisk's `Master.csv` are, by their `uniqueid`: 40 bytes a call, however long its line is. A call
/// has several lines when a queue rings one telephone after the other; the line with the longest talk is used.
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

  private struct Line: Sendable {
    var place: Place
    var talk: Int32
  }

  /// Hashes.
  private let callIDs: Set<Int>?
  /// By the hash of the `uniqueid`. Of two calls with one hash the second is not found: among a million calls the odds
  /// for that are 1 in 30 million.
  private var lines: [Int: Line] = [:]
  /// The beginning of a line of which the end was not read yet, and where it begins.
  private var rest: [UInt8] = []
  private var lineStart = 0
  /// Where the next byte is.
  private var position = 0
  private var file: Int16 = 0
  private var commas: [Int] = []

  private static let longestLine = 65_536

  /// An index for these calls; nil for every call of the files.
  public init(callIDs: Set<String>? = nil) {
    self.callIDs = callIDs.map { Set($0.map { Array($0.utf8)[...].hashValue }) }
  }

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
    (file, position, lineStart) = (file + 1, 0, 0)
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>) {
    position += bytes.count
    if rest.count <= Self.longestLine { rest += bytes }
  }

  private mutating func endLine() {
    defer { rest.removeAll(keepingCapacity: true) }
    guard rest.count <= Self.longestLine, let (id, talk) = key(), callIDs?.contains(id) ?? true else {
      return
    }
    if let known = lines[id], known.talk >= talk { return }
    lines[id] = Line(place: Place(offset: lineStart, length: Int32(rest.count), file: file), talk: talk)
  }

  /// The hash of the `uniqueid` of the line that was read, and the seconds of talk; nil where it has too few fields.
  private mutating func key() -> (id: Int, talk: Int32)? {
    commas.removeAll(keepingCapacity: true)
    var isQuoted = false
    for index in rest.indices {
      switch rest[index] {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted: commas.append(index)
      default: break
      }
    }
    guard commas.count >= Column.id else { return nil }
    let talk = String(decoding: field(Column.talk), as: UTF8.self)
    return (field(Column.id).hashValue, Int32(talk) ?? 0)
  }

  /// A field of the line that was read, without its quotes; those of ids and numbers have none inside.
  private func field(_ number: Int) -> ArraySlice<UInt8> {
    var field = rest[(commas[number - 1] + 1)..<(number < commas.count ? commas[number] : rest.count)]
    if field.last == UInt8(ascii: "\r") { field.removeLast() }
    guard field.count >= 2, field.first == UInt8(ascii: "\""), field.last == field.first else { return field }
    return field.dropFirst().dropLast()
  }

  /// Where columns stand in Asterisk's `cdr_csv`, from 0; `id` is the last that is needed.
  private enum Column {
    static let from = 1, to = 2, application = 7, data = 8, start = 9, duration = 12, talk = 13,
      disposition = 14
    static let id = 16
  }

  /// Where the line of a call is; nil where there is none.
  public func place(ofCall id: String) -> Place? { lines[Array(id.utf8)[...].hashValue]?.place }

  /// What a line says of a call; nil where it is of another one.
  public static func evidence(ofCall id: String, in line: [UInt8]) -> Evidence? {
    let fields = csvFields(String(decoding: line, as: UTF8.self))
    guard fields.count > Column.id, fields[Column.id] == id else { return nil }
    var evidence = Evidence(.asterisk)
    evidence.take(.callID, id)
    evidence.take(.from, fields[Column.from])
    evidence.take(.to, fields[Column.to])
    evidence.take(.duration, fields[Column.duration])
    evidence.take(.talk, fields[Column.talk])
    evidence.take(.disposition, fields[Column.disposition].lowercased())
    if fields[Column.application] == "Queue" {
      evidence.take(.queue, fields[Column.data].split(separator: ",").first.map(String.init))
    }
    evidence.takeStart(fields[Column.start])
    return evidence
  }
}
