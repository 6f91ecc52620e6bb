import CSndFile
import CallModel

/// Where the samples of a WAV and its relatives lie, and what they are. The chunks are walked here and
/// checked against the size of the file. libsndfile then gets the samples and not the header: it would read a
/// file with an unfinished header as empty, and one with an outdated header as short.
struct WaveLayout {
  /// `WAV`, `RIFX`, `RF64` or `W64`.
  let container: String
  /// What a sample is.
  let format: WaveFormat
  /// The bytes of the sound, one range for each file that was joined: whole sample frames, inside the file.
  private(set) var sound: [Range<Int>]
  /// Sample frames in `sound`.
  private(set) var frames: Int
  /// Whether the header is right.
  private(set) var status: Recording.Status
  /// What the header has wrong, one sentence each.
  private(set) var notes: [String]
  /// Whether the samples are big-endian.
  let isBigEndian: Bool
  /// Where another recording begins in the same file, in bytes.
  private let next: Int?

  /// Walks the chunks up to the sound, and looks at what stands behind it: of recordings that were joined, all are
  /// taken.
  init(_ chunks: ChunkReader) throws(Refusal) {
    self = try WaveLayout(first: chunks)
    var last = self
    for _ in 0..<ChunkReader.mostChunks {
      guard let next = last.next else { break }
      let file = chunks.file
      guard let more = ChunkReader(file: file, start: next, head: file.bytes(at: next, count: 40)) else {
        break
      }
      last = try WaveLayout(first: more)
      try join(last)
    }
    try chunks.file.throwReadError()
  }

  /// The first recording from where `chunks` begins.
  private init(first chunks: ChunkReader) throws(Refusal) {
    let description = try Description(chunks)
    let (format, data) = (description.format, description.data)
    let extent = try Extent(of: data, declared: description.declared, format: format, in: chunks)
    let blocks = extent.length / format.blockSize
    var frames = blocks * format.framesPerBlock
    // A last block of GSM 6.10 is padded; `fact` says by how much.
    if let known = description.factFrames, 0..<format.framesPerBlock ~= frames - known { frames = known }
    guard frames > 0 else {
      throw Refusal(.empty, "The recording has a header but no sound; the call was perhaps never answered.")
    }
    container = chunks.container
    isBigEndian = chunks.isBigEndian
    self.format = format
    sound = [data.start..<data.start + blocks * format.blockSize]
    self.frames = frames
    status = extent.status == .ok && !format.notes.isEmpty ? .recovered : extent.status
    notes = format.notes + extent.notes
    next = extent.next
  }

  /// Appends the recording behind this one in the same file.
  private mutating func join(_ other: WaveLayout) throws(Refusal) {
    let place = other.sound[0].lowerBound
    guard other.format == format, other.isBigEndian == isBigEndian else {
      throw Refusal(
        .malformed,
        "Two recordings of different formats were joined in one file, the second from byte \(place) on; split it there."
      )
    }
    let second = (Double(frames) / Double(format.sampleRate)).milliseconds
    notes.append("Two recordings were joined in one file: another begins at \(second) s.")
    // Where parts are padded to whole blocks, all samples of the earlier ones are decoded.
    frames = sound.reduce(0) { $0 + $1.count } / format.blockSize * format.framesPerBlock + other.frames
    sound += other.sound
    status = other.status == .truncated ? .truncated : .recovered
  }
}

/// The chunks of a WAV up to its sound.
private struct Description {
  let format: WaveFormat
  /// The chunk with the sound.
  let data: Chunk
  /// How many bytes of sound the header claims, and whether in 64 bits.
  let declared: (length: Int, isWide: Bool)
  /// Sample frames by the chunk `fact`.
  let factFrames: Int?

  init(_ chunks: ChunkReader) throws(Refusal) {
    var format: WaveFormat?
    var factFrames: Int?
    var wideLength: Int?
    var position = chunks.firstChunk
    for _ in 0..<ChunkReader.mostChunks {
      guard let chunk = chunks.chunk(at: position) else { break }
      if chunk.id == "data" {
        guard let format else {
          throw Refusal(malformed: "The sound comes before the description of its format")
        }
        self.format = format
        self.factFrames = factFrames
        data = chunk
        if chunk.length == 0xFFFF_FFFF, let wideLength {
          declared = (wideLength, true)
        } else {
          declared = (chunk.length, chunks.container == "W64")
        }
        return
      }
      guard chunk.end <= chunks.file.size else {
        throw Refusal(
          malformed:
            "The chunk \"\(chunk.id)\" claims \(chunk.length) bytes and the file has \(chunks.file.size)")
      }
      let content = chunks.file.bytes(at: chunk.start, count: min(chunk.length, 40))
      switch chunk.id {
      case "fmt ":
        guard format == nil else { throw Refusal(malformed: "The format is described twice") }
        format = try WaveFormat(content, chunks)
      case "fact" where content.count >= 4: factFrames = chunks.number(content[0..<4])
      case "ds64" where content.count >= 16: wideLength = chunks.number(content[8..<16])
      default: break
      }
      position = chunks.position(after: chunk)
    }
    try chunks.file.throwReadError()
    throw Refusal(malformed: "Its chunks end before any sound begins")
  }
}
