/// Which names are those of recordings; the only list of extensions.
extension ReadingLimits {
  /// The extensions of what is read under these limits, in lower case without the dot.
  public var extensions: Set<String> {
    var names: Set<String> = ["wav", "wave", "wav49", "rf64", "w64", "flac"]
    if allowOgg { names.formUnion(["ogg", "oga", "opus"]) }
    if allowMp3 { names.insert("mp3") }
    return names
  }
}

/// Recordings that are not read, by extension, with a program that turns them into WAV; nil for other files.
public func converter(forExtension name: String) -> String? {
  if let format = HeaderlessFormat.named[name] { return format.program }
  return switch name {
  case "aif", "aiff", "au", "snd", "amr": "sox"
  case "m4a", "mp4", "aac", "wma", "webm", "mkv", "mka", "3gp", "caf", "mp2", "spx": "ffmpeg"
  default: nil
  }
}

/// A kind of recording without a header, which only the extension names: those of Asterisk's formats, and those that
/// other exchanges use.
struct HeaderlessFormat {
  /// For a sentence.
  let name: String
  /// `sox` or `ffmpeg`.
  let program: String
  /// What that program has to be told of the file.
  let options: String
  /// What a source has to say for the file to be read as it is; nil where it is not read.
  let raw: RawFormat?

  /// By extension, in lower case.
  static let named: [String: HeaderlessFormat] = {
    var formats: [String: HeaderlessFormat] = [:]
    let linear =
      [("sln", 8), ("slin", 8), ("raw", 8)] + [12, 16, 24, 32, 44, 48, 96, 192].map { ("sln\($0)", $0) }
    for (name, thousands) in linear {
      let rate = thousands == 44 ? 44_100 : thousands * 1000
      formats[name] = HeaderlessFormat(
        name: "16-bit linear sound at \(rate) Hz", program: "sox",
        options: "-t raw -r \(rate) -e signed -b 16 -c 1", raw: RawFormat(.s16le, sampleRate: rate))
    }
    for name in ["ulaw", "ul", "mu", "ulw", "mulaw", "pcm"] {
      formats[name] = HeaderlessFormat(
        name: "G.711 mu-law", program: "sox", options: "-t ul -r 8000 -c 1", raw: RawFormat(.ulaw))
    }
    for name in ["alaw", "al", "alw"] {
      formats[name] = HeaderlessFormat(
        name: "G.711 A-law", program: "sox", options: "-t al -r 8000 -c 1", raw: RawFormat(.alaw))
    }
    formats["gsm"] = HeaderlessFormat(
      name: "GSM 6.10 in frames of 33 bytes", program: "sox", options: "-t gsm -r 8000 -c 1",
      raw: RawFormat(.gsm))
    formats["vox"] = HeaderlessFormat(
      name: "Dialogic ADPCM (VOX)", program: "sox", options: "-t vox -r 8000", raw: nil)
    for (name, spoken, decoder) in [
      ("g722", "G.722", "g722"), ("g723", "G.723.1", "g723_1"), ("g729", "G.729", "g729"),
      ("g726", "G.726", "g726le -code_size 4"), ("ilbc", "iLBC", "ilbc"), ("siren7", "G.722.1", "siren"),
      ("siren14", "G.722.1 annex C", "siren"),
    ] {
      formats[name] = HeaderlessFormat(name: spoken, program: "ffmpeg", options: "-f \(decoder)", raw: nil)
    }
    return formats
  }()

  /// What the user can do, as a sentence.
  var advice: String {
    let convert =
      program == "sox" ? "sox \(options) IN OUT.wav" : "ffmpeg \(options) -i IN OUT.wav"
    guard let raw else { return "convert it (\(convert)), or let the recorder write WAV" }
    return
      "say so in its source (raw = { encoding = \"\(raw.encoding.rawValue)\", sample_rate_hz = \(raw.sampleRate) }),"
      + " or convert it (\(convert))"
  }
}

/// What follows the last dot of a name, in lower case; empty where there is none. Bytes that are not ASCII stay.
public func fileExtension(of name: [UInt8]) -> String {
  guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return "" }
  return String(decoding: name[(dot + 1)...].map { 65...90 ~= $0 ? $0 | 32 : $0 }, as: UTF8.self)
}
