import CSndFile
import CallModel

/// What a file is, by its bytes alone. Decided before libsndfile sees the file: a format that is not known
/// here never reaches it.
enum SoundLayout {
  /// Samples whose position and format `WaveLayout` found.
  case wave(WaveLayout)
  /// A container that libsndfile opens itself: its major format, and its name in a summary.
  case container(Int32, name: String)
  /// Samples without a header.
  case raw(RawFormat)

  /// Tells what `file` is, or refuses it with a sentence that names what it is instead.
  ///
  /// - Parameters:
  ///   - kind: the extension of its name.
  ///   - raw: what its samples are where it has no header, if a rule says so.
  init(of file: RecordingFile, named kind: String, raw: RawFormat?, limits: ReadingLimits) throws(Refusal) {
    let head = Head(bytes: file.bytes(at: 0, count: 40))
    try file.throwReadError()
    guard !head.bytes.isEmpty else {
      throw Refusal(.empty, "The file is empty: nothing was ever written to it.")
    }
    if let chunks = ChunkReader(file: file, head: head.bytes) {
      self = .wave(try WaveLayout(chunks))
    } else if head.starts("fLaC") {
      self = .container(Int32(SF_FORMAT_FLAC), name: "FLAC")
    } else if head.starts("OggS") {
      guard !head.starts("Speex   ", at: 28) else {
        throw Refusal(foreign: "Speex in Ogg", converter: "ffmpeg")
      }
      guard limits.allowOgg else { throw Refusal(optional: "Ogg (Opus or Vorbis)", setting: "allow_ogg") }
      self = .container(Int32(SF_FORMAT_OGG), name: "OGG")
    } else if head.starts("ID3") || head.isOfMpeg, raw == nil || kind == "mp3" {
      guard limits.allowMp3 else { throw Refusal(optional: "MP3", setting: "allow_mp3") }
      self = .container(Int32(SF_FORMAT_MPEG), name: "MP3")
    } else if let raw {
      self = .raw(raw)
    } else {
      throw head.refusal(of: file, named: kind)
    }
  }
}

/// The first 40 bytes of a file.
private struct Head {
  let bytes: [UInt8]

  func starts(_ text: String, at offset: Int = 0) -> Bool { bytes.dropFirst(offset).starts(with: text.utf8) }

  /// Why a file that begins so is not read.
  func refusal(of file: RecordingFile, named kind: String) -> Refusal {
    if starts("RIFF") || starts("RIFX") || starts("RF64") || starts("riff") {
      return bytes.count < 12
        ? Refusal(.malformed, "The file ends inside its header; it was cut short while written or copied.")
        : Refusal(.notAudio, "This is a RIFF file, but not a WAV; check what wrote it.")
    }
    if let (_, name) = Head.foreign.first(where: { starts($0.start) }) {
      return Refusal(foreign: name, converter: "sox")
    }
    let isText = bytes.allSatisfy { $0 == 9 || $0 == 10 || $0 == 13 || 32...126 ~= $0 }
    let isXML = starts("<") || starts("\u{FEFF}<") || starts("\n<")
    let isContainer = starts("ftyp", at: 4) || starts("\u{1A}E")
    if !isText, !isXML, !isContainer, let format = HeaderlessFormat.named[isOfGsm(file) ? "gsm" : kind] {
      return Refusal(
        .unsupportedEncoding, "This seems to be \(format.name), without a header; \(format.advice).")
    }
    let what =
      if starts("ftyp", at: 4) {
        "an MPEG-4 file (m4a, mp4)"
      } else if isContainer {
        "a Matroska or WebM file"
      } else if isXML {
        "a web page or XML, perhaps an error that a download saved"
      } else if isText {
        "text"
      } else if bytes.allSatisfy({ $0 == 0 }) {
        "a file that begins with zeros, perhaps never finished"
      } else {
        "no recording that is known here; headerless sound cannot be told from noise"
      }
    return Refusal(.notAudio, "This is \(what), whatever its name says; give a WAV or FLAC recording.")
  }

  /// Recordings that libsndfile might open but that no recorder of calls should need.
  private static let foreign: [(start: String, name: String)] = [
    ("FORM", "AIFF"), (".snd", "AU"), ("caff", "CAF"), ("#!AMR", "AMR"),
  ]

  /// Whether this is the header of an MPEG audio frame, with values that are not reserved.
  var isOfMpeg: Bool {
    bytes.count >= 4 && bytes[0] == 0xFF && bytes[1] & 0xE0 == 0xE0 && bytes[1] & 0x18 != 0x08
      && bytes[1] & 0x06 != 0 && 0x10..<0xF0 ~= bytes[2] && bytes[2] & 0x0C != 0x0C
  }

  /// Whether the first frames are those of GSM 6.10 without a header: each of 33 bytes begins with 1101 (ETSI TS 101
  /// 155 as RFC 3551, 4.5.8 packs it).
  private func isOfGsm(_ file: RecordingFile) -> Bool {
    let frames = file.bytes(at: 0, count: 330)
    let first = stride(from: 0, to: frames.count, by: 33).map { frames[$0] >> 4 }
    return first.count >= 5 && first.allSatisfy { $0 == 0xD }
  }
}

extension Refusal {
  /// A kind of recording that is not read; `converter` turns it into WAV.
  init(foreign name: String, converter: String) {
    let convert = converter == "sox" ? "sox IN OUT.wav" : "ffmpeg -i IN OUT.wav"
    self.init(
      .unsupportedEncoding,
      "This is \(name), which is not read; let the recorder write WAV, or convert it (\(convert)).")
  }

  /// A container that is not read where a setting says so.
  init(optional name: String, setting: String) {
    self.init(
      .unsupportedEncoding,
      "This is \(name), which is not read as the setting \(setting) is false.")
  }
}
