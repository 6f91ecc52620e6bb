import CSndFile
import CallModel

/// What the chunk `fmt ` says of the samples.
///
/// Recorders err in it, and other programs read their files all the same: what the encoding itself decides goes before
/// what stands beside it, and `notes` has what was passed over.
struct WaveFormat: Hashable {
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
  /// What the header has wrong and how the samples were read instead, one sentence each.
  let notes: [String]

  /// Reads the chunk's content, of which the first 40 bytes suffice.
  init(_ content: [UInt8], _ chunks: ChunkReader) throws(Refusal) {
    guard content.count >= 16 else { throw Refusal(malformed: "The description of the format is too short") }
    func number(_ offset: Int, _ size: Int) -> Int { chunks.number(content[offset..<offset + size]) }
    var tag = number(0, 2)
    let width = Width(bits: number(14, 2), blockAlign: number(12, 2), channels: number(2, 2))
    if tag == 0xFFFE {
      guard content.count >= 40 else {
        throw Refusal(malformed: "The description of the format is too short")
      }
      guard content[28..<40] == WaveFormat.guidTail[...] else {
        throw Refusal(unsupported: "an encoding that only its maker's GUID names")
      }
      tag = number(24, 4)
    }
    sampleRate = number(4, 4)
    channels = width.channels
    guard channels > 0, sampleRate > 0 else {
      throw Refusal(malformed: "The header claims \(channels) channels at \(sampleRate) Hz")
    }
    if tag == 0x31 {
      guard channels == 1, width.blockAlign == 65 else {
        throw Refusal(
          malformed: "GSM 6.10 has one channel in blocks of 65 bytes, the header claims otherwise")
      }
      (encoding, subtype, blockSize, framesPerBlock) = ("GSM610", Int32(SF_FORMAT_GSM610), 65, 320)
      notes = []
      return
    }
    guard let known = WaveFormat.encodings[tag] else {
      let name = WaveFormat.codecs[tag] ?? "an unknown codec"
      throw Refusal(unsupported: "\(name) (0x\(String(tag, radix: 16, uppercase: true)))")
    }
    let bytes = try width.bytesPerSample(tag)
    guard let (name, subtype) = known[bytes] else {
      throw Refusal(unsupported: "\(tag == 1 ? "PCM" : "floating point") with \(width.bits) bits")
    }
    (encoding, self.subtype, blockSize, framesPerBlock) = (name, Int32(subtype), bytes * channels, 1)
    notes = width.isOf(bytes: bytes) ? [] : ["\(width.claim); it was read as \(name) in \(blockSize) bytes."]
  }

  /// What follows the tag in the GUID of an encoding that also has a tag (mmreg.h).
  private static let guidTail: [UInt8] = [0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]

  /// What is read, by tag and bytes per sample.
  private static let encodings: [Int: [Int: (name: String, subtype: Int)]] = [
    1: [
      1: ("PCM_U8", SF_FORMAT_PCM_U8), 2: ("PCM_16", SF_FORMAT_PCM_16), 3: ("PCM_24", SF_FORMAT_PCM_24),
      4: ("PCM_32", SF_FORMAT_PCM_32),
    ],
    3: [4: ("FLOAT", SF_FORMAT_FLOAT), 8: ("DOUBLE", SF_FORMAT_DOUBLE)],
    6: [1: ("ALAW", SF_FORMAT_ALAW)],
    7: [1: ("ULAW", SF_FORMAT_ULAW)],
  ]

  /// What is not read but met, by tag (RFC 2361, mmreg.h).
  private static let codecs: [Int: String] = [
    0x02: "Microsoft ADPCM", 0x11: "IMA ADPCM", 0x14: "G.723 ADPCM", 0x22: "TrueSpeech",
    0x40: "G.721 ADPCM", 0x42: "G.723.1", 0x45: "G.726 ADPCM", 0x50: "MPEG audio inside WAV",
    0x55: "MP3 inside WAV", 0x64: "G.726 ADPCM", 0x65: "G.722 ADPCM", 0x83: "G.729", 0xFF: "AAC inside WAV",
    0x130: "Sipro ACELP", 0x161: "Windows Media Audio", 0x28F: "G.722", 0x674F: "Vorbis inside WAV",
    0xA109: "Speex inside WAV",
  ]
}

/// How wide a header says that samples are.
private struct Width {
  let bits: Int
  /// Bytes of a sample frame.
  let blockAlign: Int
  let channels: Int

  /// How many bytes a sample of the encoding with this tag has.
  ///
  /// As ffmpeg (`ff_wav_codec_get_id`) and SoX have it: a sample of G.711 has 8 bits whatever the header says; one of
  /// another encoding has the bytes that its bits need, so that 13 bits stand in two, at their upper end; where no
  /// number of bits is given, those that the block has for each channel. PCM of more than 16 bits in blocks that
  /// contradict it is refused: read wrongly it is noise at full scale.
  func bytesPerSample(_ tag: Int) throws(Refusal) -> Int {
    if tag == 6 || tag == 7 { return 1 }
    let ofBlock = blockAlign.isMultiple(of: channels) ? blockAlign / channels : 0
    let bytes = bits > 0 ? (bits + 7) / 8 : ofBlock
    guard bytes > 0, tag != 1 || bytes <= 2 || bytes == ofBlock || blockAlign == 0 else {
      throw Refusal(malformed: "The header contradicts itself: \(words)")
    }
    return bytes
  }

  /// Whether the header has it right for samples of so many bytes.
  func isOf(bytes: Int) -> Bool { bits == 8 * bytes && blockAlign == bytes * channels }

  private var words: String {
    "\(channels == 1 ? "1 channel" : "\(channels) channels") of \(bits) bits in \(blockAlign) bytes"
  }

  var claim: String { "The header claims \(words)" }
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
