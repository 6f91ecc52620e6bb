/// One chunk of a RIFF file: where it lies and what it claims.
struct Chunk {
  /// Four characters, as in `data`.
  let id: String
  /// Where its content begins, in bytes from the start of the file.
  let start: Int
  /// How long its content claims to be, in bytes; the file may be shorter.
  let length: Int

  /// Where its content claims to end. Lengths are clamped so that this cannot overflow.
  var end: Int { start + length }

  /// Whether it is one that recorders and editors write.
  var isKnown: Bool { Chunk.known.contains(id) }

  /// The chunks of EBU Tech 3285 and 3306, of the WAVE specification of 1991, and those that editors add.
  private static let known: Set<String> = [
    "fmt ", "data", "fact", "ds64", "LIST", "list", "RIFF", "JUNK", "junk", "PAD ", "FLLR", "bext", "cart",
    "axml", "iXML", "_PMX", "id3 ", "ID3 ", "cue ", "smpl", "inst", "plst", "PEAK", "levl", "afsp", "summ",
    "slnt", "wavl",
  ]
}

/// Reads the chunks of the four relatives of RIFF: RIFF and RIFX (big-endian), RF64 (64-bit lengths in a
/// chunk `ds64`, EBU Tech 3306) and Sony's Wave64 (GUIDs and 64-bit lengths throughout).
struct ChunkReader {
  let file: RecordingFile
  /// Where the file's header begins, or that of a further file behind it, in bytes.
  let start: Int
  /// `WAV`, `RIFX`, `RF64` or `W64`.
  let container: String

  private var isWide: Bool { container == "W64" }
  /// Whether numbers are big-endian.
  var isBigEndian: Bool { container == "RIFX" }
  /// Bytes before the content of a chunk.
  var headerSize: Int { isWide ? 24 : 8 }
  /// Where the first chunk begins.
  var firstChunk: Int { start + (isWide ? 40 : 12) }
  /// Where the header claims that the file ends.
  var claimedEnd: Int {
    let length = file.bytes(at: start + (isWide ? 16 : 4), count: isWide ? 8 : 4)
    return start + number(length[...]) + (isWide ? 0 : 8)
  }

  /// A reader for `file` from `start` on, where `head` holds the first 40 bytes; nil if there is no relative of RIFF
  /// with sound.
  init?(file: RecordingFile, start: Int = 0, head: [UInt8]) {
    self.file = file
    self.start = start
    let kind = String(decoding: head.prefix(4), as: UTF8.self)
    if head.dropFirst(8).starts(with: "WAVE".utf8),
      let name = ["RIFF": "WAV", "RIFX": "RIFX", "RF64": "RF64", "BW64": "RF64"][kind]
    {
      container = name
    } else if head.starts(with: ChunkReader.wave64), head.dropFirst(24).starts(with: "wave".utf8) {
      container = "W64"
    } else {
      return nil
    }
  }

  private static let wave64: [UInt8] =
    Array("riff".utf8) + [0x2E, 0x91, 0xCF, 0x11, 0xA5, 0xD6, 0x28, 0xDB, 0x04, 0xC1, 0, 0]

  /// The chunk whose header begins at `position`; nil where the file ends before its content would begin, or
  /// the four bytes there name nothing.
  func chunk(at position: Int) -> Chunk? {
    let header = file.bytes(at: position, count: headerSize)
    guard header.count == headerSize, header.prefix(4).allSatisfy({ 0x20...0x7E ~= $0 }) else { return nil }
    let length = isWide ? max(24, number(header[16..<24])) - 24 : number(header[4..<8])
    return Chunk(
      id: String(decoding: header.prefix(4), as: UTF8.self), start: position + headerSize, length: length)
  }

  /// Where the chunk after `chunk` begins: at the next even byte (the next eighth in Wave64), though some
  /// writers forget to pad.
  func position(after chunk: Chunk) -> Int {
    let step = isWide ? 8 : 2
    let padded = (chunk.end + step - 1) / step * step
    guard padded != chunk.end, self.chunk(at: padded)?.isKnown != true,
      self.chunk(at: chunk.end)?.isKnown == true
    else { return padded }
    return chunk.end
  }

  /// The number in `bytes`, unsigned, clamped to 2^62.
  func number(_ bytes: ArraySlice<UInt8>) -> Int {
    let ordered = isBigEndian ? Array(bytes) : bytes.reversed()
    return Int(min(ordered.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }, 1 << 62))
  }

  /// The chunks from `position` to the end of the file; nil where other bytes stand there: behind an outdated
  /// header the sound goes on.
  func chunks(from position: Int) -> [Chunk]? {
    var found: [Chunk] = []
    var position = position
    while position + headerSize <= file.size, found.count < ChunkReader.mostChunks {
      guard let chunk = chunk(at: position), chunk.isKnown || chunk.end <= file.size else {
        return found.first?.isKnown == true ? found : nil
      }
      found.append(chunk)
      position = self.position(after: chunk)
    }
    return found
  }

  /// No recorder writes more chunks; a hostile file could otherwise take hours.
  static let mostChunks = 1000
}
