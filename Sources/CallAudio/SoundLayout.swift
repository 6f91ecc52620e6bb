import CSndFile
import CallModel

/// What a file is, by its bytes alone. Decided before libsndfile sees the file: a format that is not known
/// here never reaches it.
enum SoundLayout {
  /// Samples whose position and format `WaveLayout` found.
  case wave(WaveLayout)
  /// A container that libsndfile opens itself: its major format, and its name in a summary.
  case container(Int32, name: String)

  /// Tells what `file` is, or refuses it with a sentence that names what it is instead.
  init(of file: RecordingFile, limits: ReadingLimits) throws(Refusal) {
    let head = file.bytes(at: 0, count: 40)
    try file.throwReadError()
    guard !head.isEmpty else {
      throw Refusal(.empty, "The file is empty: nothing was ever written to it.")
    }
    if let chunks = ChunkReader(file: file, head: head) {
      self = .wave(try WaveLayout(chunks))
      return
    }
    func starts(_ text: String, at offset: Int = 0) -> Bool { head.dropFirst(offset).starts(with: text.utf8) }
    if starts("fLaC") {
      self = .container(Int32(SF_FORMAT_FLAC), name: "FLAC")
    } else if starts("OggS") {
      guard limits.allowOgg else { throw Refusal(optional: "Ogg (Opus or Vorbis)", setting: "allow_ogg") }
      self = .container(Int32(SF_FORMAT_OGG), name: "OGG")
    } else if starts("ID3") || SoundLayout.beginsWithMpegFrame(head) {
      guard limits.allowMp3 else { throw Refusal(optional: "MP3", setting: "allow_mp3") }
      self = .container(Int32(SF_FORMAT_MPEG), name: "MP3")
    } else if starts("RIFF") || starts("RIFX") || starts("RF64") || starts("riff") {
      throw head.count < 12
        ? Refusal(.malformed, "The file ends inside its header; it was cut short while written or copied.")
        : Refusal(.notAudio, "This is a RIFF file, but not a WAV; check what wrote it.")
    } else if let (_, name) = SoundLayout.foreign.first(where: { starts($0.start) }) {
      throw Refusal(
        .unsupportedEncoding,
        "This is \(name), which is not read; let the recorder write WAV, or convert it.")
    } else {
      let what =
        if starts("ftyp", at: 4) {
          "an MPEG-4 file (m4a, mp4)"
        } else if starts("\u{1A}E") {
          "a Matroska or WebM file"
        } else if starts("<") || starts("\u{FEFF}<") || starts("\n<") {
          "a web page or XML, perhaps an error that a download saved"
        } else if head.allSatisfy({ $0 == 9 || $0 == 10 || $0 == 13 || 32...126 ~= $0 }) {
          "text"
        } else if head.allSatisfy({ $0 == 0 }) {
          "a file that begins with zeros, perhaps never finished"
        } else {
          "no recording that is known here; headerless sound cannot be told from noise"
        }
      throw Refusal(.notAudio, "This is \(what), whatever its name says; give a WAV or FLAC recording.")
    }
  }

  /// Recordings that libsndfile might open but that no recorder of calls should need.
  private static let foreign: [(start: String, name: String)] = [
    ("FORM", "AIFF"), (".snd", "AU"), ("caff", "CAF"), ("#!AMR", "AMR"),
  ]

  /// Whether `head` is the header of an MPEG audio frame, with values that are not reserved.
  private static func beginsWithMpegFrame(_ head: [UInt8]) -> Bool {
    head.count >= 4 && head[0] == 0xFF && head[1] & 0xE0 == 0xE0 && head[1] & 0x18 != 0x08
      && head[1] & 0x06 != 0 && 0x10..<0xF0 ~= head[2] && head[2] & 0x0C != 0x0C
  }
}

extension Refusal {
  /// A container that is not read where a setting says so.
  init(optional name: String, setting: String) {
    self.init(
      .unsupportedEncoding,
      "This is \(name), which is not read as the setting \(setting) is false.")
  }
}
