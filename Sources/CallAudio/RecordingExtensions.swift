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

/// Recordings that are not read, by extension, with a program that turns them into WAV; nil for other files. Most have
/// no header: what they are stands only in the name.
public func converter(forExtension name: String) -> String? {
  switch name {
  case "gsm", "ulaw", "ul", "ulw", "mulaw", "alaw", "al", "sln", "sln16", "raw", "pcm", "vox", "aif", "aiff",
    "au",
    "snd", "amr":
    "sox"
  case "m4a", "mp4", "aac", "wma", "webm", "mkv", "mka", "3gp", "g729", "g722", "siren7", "siren14", "caf",
    "mp2":
    "ffmpeg"
  default: nil
  }
}

/// What follows the last dot of a name, in lower case; empty where there is none. Bytes that are not ASCII stay.
public func fileExtension(of name: [UInt8]) -> String {
  guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return "" }
  return String(decoding: name[(dot + 1)...].map { 65...90 ~= $0 ? $0 | 32 : $0 }, as: UTF8.self)
}
