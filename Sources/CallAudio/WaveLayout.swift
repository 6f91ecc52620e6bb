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
  /// The bytes of the sound: whole sample frames, inside the file.
  let sound: Range<Int>
  /// Sample frames in `sound`.
  let frames: Int
  /// Whether the header is right.
  let status: Recording.Status
  /// Whether the samples are big-endian.
  let isBigEndian: Bool

  /// Walks the chunks up to the sound, and looks at what stands behind it.
  init(_ chunks: ChunkReader) throws(Refusal) {
    let file = chunks.file
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
        let isPlaceholder = chunk.length == 0xFFFF_FFFF && wideLength != nil
        let declared = isPlaceholder ? wideLength! : chunk.length
        let isWide = isPlaceholder || chunks.container == "W64"
        let (length, status) = try WaveLayout.extent(
          of: chunk, declared: declared, isWide: isWide, in: chunks)
        let blocks = length / format.blockSize
        var frames = blocks * format.framesPerBlock
        // A last block of GSM 6.10 is padded; `fact` says by how much.
        if let factFrames, 0..<format.framesPerBlock ~= frames - factFrames { frames = factFrames }
        guard frames > 0 else {
          throw Refusal(
            .empty, "The recording has a header but no sound; the call was perhaps never answered.")
        }
        self.container = chunks.container
        self.isBigEndian = chunks.isBigEndian
        self.format = format
        self.sound = chunk.start..<chunk.start + blocks * format.blockSize
        self.frames = frames
        self.status = status
        return
      }
      guard chunk.end <= file.size else {
        throw Refusal(
          malformed: "The chunk \"\(chunk.id)\" claims \(chunk.length) bytes and the file has \(file.size)")
      }
      let content = file.bytes(at: chunk.start, count: min(chunk.length, 40))
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
    try file.throwReadError()
    throw Refusal(malformed: "Its chunks end before any sound begins")
  }

  /// How many bytes of sound follow the header of `chunk`, and whether the header is right about them.
  ///
  /// Recorders write the length last. Before that it is 0 (Asterisk), the largest number (ffmpeg; SoX writes
  /// 0x7FFFF000), or an earlier length.
  private static func extent(
    of chunk: Chunk, declared: Int, isWide: Bool, in chunks: ChunkReader
  ) throws(Refusal) -> (Int, Recording.Status) {
    let there = chunks.file.size - chunk.start
    if declared > there {
      return (there, declared >= (isWide ? 1 << 62 : 0x7FFF_F000) ? .recovered : .truncated)
    }
    if declared > 0, there - declared < chunks.headerSize { return (declared, .ok) }
    let behind = chunks.position(after: Chunk(id: chunk.id, start: chunk.start, length: declared))
    guard let others = chunks.chunks(from: behind), !others.isEmpty else { return (there, .recovered) }
    if others.contains(where: { ["data", "RIFF", "RIFX", "RF64"].contains($0.id) }) {
      throw Refusal(malformed: "A second recording stands behind the first in the same file")
    }
    return (declared, .ok)
  }
}

/// What the chunk `fmt ` says of the samples, checked for what it must be.
struct WaveFormat {
  let sampleRate: Int
  let channels: Int
  /// The name as in `Recording.encoding`.
  let encoding: String
  /// libsndfile's number for the encoding.
  let subtype: Int32
  /// Bytes that are decoded together: those of one sample frame, or a block of GSM 6.10.
  let blockSize: Int
  /// Sample frames in such a block.
  let framesPerBlock: Int

  /// Reads the chunk's content, of which the first 40 bytes suffice.
  init(_ content: [UInt8], _ chunks: ChunkReader) throws(Refusal) {
    guard content.count >= 16 else { throw Refusal(malformed: "The description of the format is too short") }
    func number(_ offset: Int, _ size: Int) -> Int { chunks.number(content[offset..<offset + size]) }
    var tag = number(0, 2)
    let channels = number(2, 2)
    let blockAlign = number(12, 2)
    let bits = number(14, 2)
    if tag == 0xFFFE {
      guard content.count >= 40 else {
        throw Refusal(malformed: "The description of the format is too short")
      }
      guard content[28..<40] == WaveFormat.guidTail[...] else {
        throw Refusal(unsupported: "an encoding that only its maker's GUID names")
      }
      tag = number(24, 4)
      guard number(18, 2) <= bits else { throw Refusal(malformed: "More bits are valid than a sample has") }
    }
    sampleRate = number(4, 4)
    self.channels = channels
    guard channels > 0, sampleRate > 0 else {
      throw Refusal(malformed: "The header claims \(channels) channels at \(sampleRate) Hz")
    }
    if tag == 0x31 {
      guard channels == 1, blockAlign == 65 else {
        throw Refusal(
          malformed: "GSM 6.10 has one channel in blocks of 65 bytes, the header claims otherwise")
      }
      (encoding, subtype, blockSize, framesPerBlock) = ("GSM610", Int32(SF_FORMAT_GSM610), 65, 320)
      return
    }
    guard let known = WaveFormat.encodings[tag] else {
      let name = WaveFormat.codecs[tag] ?? "an unknown codec"
      throw Refusal(unsupported: "\(name) (0x\(String(tag, radix: 16, uppercase: true)))")
    }
    guard bits > 0, blockAlign == channels * ((bits + 7) / 8) else {
      throw Refusal(
        malformed:
          "The header contradicts itself: \(channels) channels of \(bits) bits in \(blockAlign) bytes")
    }
    guard let (name, subtype) = known[bits] else {
      if tag == 6 || tag == 7 { throw Refusal(malformed: "The header claims G.711 with \(bits) bits, not 8") }
      throw Refusal(unsupported: "\(tag == 1 ? "PCM" : "floating point") with \(bits) bits")
    }
    (encoding, self.subtype, blockSize, framesPerBlock) = (name, Int32(subtype), blockAlign, 1)
  }

  /// What follows the tag in the GUID of an encoding that also has a tag (mmreg.h).
  private static let guidTail: [UInt8] = [0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]

  /// What is read, by tag and bits.
  private static let encodings: [Int: [Int: (name: String, subtype: Int)]] = [
    1: [
      8: ("PCM_U8", SF_FORMAT_PCM_U8), 16: ("PCM_16", SF_FORMAT_PCM_16), 24: ("PCM_24", SF_FORMAT_PCM_24),
      32: ("PCM_32", SF_FORMAT_PCM_32),
    ],
    3: [32: ("FLOAT", SF_FORMAT_FLOAT), 64: ("DOUBLE", SF_FORMAT_DOUBLE)],
    6: [8: ("ALAW", SF_FORMAT_ALAW)],
    7: [8: ("ULAW", SF_FORMAT_ULAW)],
  ]

  /// What is not read but met, by tag (RFC 2361, mmreg.h).
  private static let codecs: [Int: String] = [
    0x02: "Microsoft ADPCM", 0x11: "IMA ADPCM", 0x14: "G.723 ADPCM", 0x22: "TrueSpeech",
    0x40: "G.721 ADPCM", 0x42: "G.723.1", 0x45: "G.726 ADPCM", 0x50: "MPEG audio inside WAV",
    0x55: "MP3 inside WAV", 0x64: "G.726 ADPCM", 0x65: "G.722 ADPCM", 0x83: "G.729", 0xFF: "AAC inside WAV",
    0x130: "Sipro ACELP", 0x161: "Windows Media Audio", 0x28F: "G.722", 0x674F: "Vorbis inside WAV",
  ]
}

extension Refusal {
  /// A file whose structure contradicts itself.
  init(malformed sentence: String) {
    self.init(
      .malformed, sentence + "; the file is damaged, fetch it again from the recorder.")
  }

  /// A WAV in a form that is not read.
  init(unsupported name: String) {
    self.init(
      .unsupportedEncoding,
      "The sound is \(name), which is not read; let the recorder write PCM or G.711, or convert it.")
  }
}
