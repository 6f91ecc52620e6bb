import CSndFile
import CallModel
import Synchronization

/// What a recording is, once it is open.
struct Sound {
  /// `WAV`, `FLAC`, …
  let container: String
  /// `PCM_16`, `ULAW`, …
  let encoding: String
  let sampleRate: Int
  let channels: Int
  /// Sample frames that are to come; nil where the container does not say.
  let frames: Int?
  /// Whether the header is right.
  let status: Recording.Status
  /// What the header has wrong and how the sound was read instead, one sentence each.
  var notes: [String] = []
}

/// libsndfile over the sound of a file, as Int16 samples.
struct Decoder: ~Copyable {
  /// What the recording is.
  let sound: Sound
  /// The file it is read from.
  var file: RecordingFile { view.file }

  private let handle: SoundHandle
  private let view: FileView
  private let isFloat: Bool
  private var floats: [Float] = []

  /// Opens the sound of `file`, if it is of a kind that is read and within the limits.
  ///
  /// For WAV and its relatives, libsndfile gets the samples that `WaveLayout` found, as headerless sound. GSM
  /// 6.10 is an exception: libsndfile knows blocks of two packed frames inside WAV only, so a header is
  /// written in front of them. libsndfile opens the other containers whole; they must have the format that
  /// their first bytes announce.
  init(_ file: RecordingFile, _ layout: SoundLayout, limits: ReadingLimits) throws(Refusal) {
    var info = SF_INFO()
    let sound: Sound
    let view: FileView
    let handle: SoundHandle
    switch layout {
    case .wave(let wave):
      sound = Sound(wave)
      try limits.check(sound)
      view = Decoder.view(of: wave, in: file, &info)
      handle = try SoundHandle(opening: view, &info)
    case .raw(let format):
      sound = try Sound(format, in: file)
      try limits.check(sound)
      info = SF_INFO(raw: Int32(format.details.subtype), sound)
      view = FileView(file, header: [], parts: [0..<file.size])
      handle = try SoundHandle(opening: view, &info)
    case .container(let type, let name):
      view = FileView(file, header: [], parts: [0..<file.size])
      handle = try SoundHandle(opening: view, &info)
      guard info.format & Int32(SF_FORMAT_TYPEMASK) == type else {
        throw Refusal(malformed: "The file begins as one kind of recording and goes on as another")
      }
      let known = 1..<Int64.max ~= info.frames
      sound = Sound(
        container: name, encoding: Decoder.name(ofEncoding: info.format & Int32(SF_FORMAT_SUBMASK), in: name),
        sampleRate: Int(info.samplerate), channels: Int(info.channels),
        frames: known ? Int(info.frames) : nil, status: .ok)
      try limits.check(sound)
    }
    self.handle = handle
    self.view = view
    self.sound = sound
    isFloat = sound.encoding == "FLOAT" || sound.encoding == "DOUBLE"
  }

  /// The samples of a WAV as libsndfile gets them.
  private static func view(of wave: WaveLayout, in file: RecordingFile, _ info: inout SF_INFO) -> FileView {
    guard wave.format.subtype == Int32(SF_FORMAT_GSM610) else {
      let order = wave.isBigEndian ? SF_ENDIAN_BIG : SF_ENDIAN_LITTLE
      info = SF_INFO(raw: wave.format.subtype | Int32(order), Sound(wave))
      return FileView(file, header: [], parts: wave.sound)
    }
    let length = wave.sound.reduce(0) { $0 + $1.count }
    let header = Decoder.gsmHeader(length: length, sampleRate: wave.format.sampleRate)
    return FileView(file, header: header, parts: wave.sound)
  }

  /// Whether all sample frames of the file were read.
  var hasReachedEnd: Bool { view.position >= view.count }

  /// What libsndfile says of the last read; nil if it says nothing.
  var complaint: String? {
    sf_error(handle.pointer) == 0 ? nil : String(cString: sf_strerror(handle.pointer))
  }

  /// Reads up to `frames` sample frames to the front of `samples` and returns how many; 0 at the end.
  ///
  /// Samples of more than 16 bits lose those below. Floating point is scaled by 32768, rounded and clamped;
  /// NaN becomes 0.
  mutating func read(_ frames: Int, into samples: inout [Int16]) -> Int {
    guard isFloat else {
      return samples.withUnsafeMutableBufferPointer {
        Int(sf_readf_short(handle.pointer, $0.baseAddress, Int64(frames)))
      }
    }
    if floats.isEmpty { floats = Array(repeating: 0, count: samples.count) }
    let got = floats.withUnsafeMutableBufferPointer {
      Int(sf_readf_float(handle.pointer, $0.baseAddress, Int64(frames)))
    }
    for index in 0..<got * sound.channels {
      let value = floats[index]
      samples[index] = value.isFinite ? Int16(max(-32768, min(32767, (value * 32768).rounded()))) : 0
    }
    return got
  }

  /// Goes on to sample frame `frame` from the start, before anything was read; behind the end where there are fewer. The
  /// samples that follow are those of a whole read: PCM, G.711 and FLAC are sought, the other codecs decode what a sample
  /// is from all before it, and so do we.
  mutating func skip(to frame: Int) {
    let isSought = ["PCM", "FLOAT", "DOUBLE", "ULAW", "ALAW", "FLAC"].contains {
      sound.encoding.hasPrefix($0)
    }
    if isSought, sf_seek(handle.pointer, Int64(frame), Int32(SF_SEEK_SET)) == Int64(frame) { return }
    var passed = [Int16](repeating: 0, count: RecordingReader.framesPerBlock * sound.channels)
    var left = frame
    while left > 0 {
      let got = read(min(left, RecordingReader.framesPerBlock), into: &passed)
      guard got > 0 else { return }
      left -= got
    }
  }

  /// The header of a WAV with `length` bytes of GSM 6.10 (RFC 2361, tag 0x31).
  private static func gsmHeader(length: Int, sampleRate: Int) -> [UInt8] {
    func little(_ value: Int, _ size: Int) -> [UInt8] {
      (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let format =
      little(0x31, 2) + little(1, 2) + little(sampleRate, 4) + little(sampleRate * 65 / 320, 4)
      + little(65, 2) + little(0, 2) + little(2, 2) + little(320, 2)
    return Array("RIFF".utf8) + little(length + 40, 4)
      + Array("WAVEfmt ".utf8) + little(format.count, 4) + format
      + Array("data".utf8) + little(length, 4)
  }

  /// The name of an encoding as libsndfile reports it, in the style of `Recording.encoding`.
  private static func name(ofEncoding subtype: Int32, in container: String) -> String {
    switch Int(subtype) {
    case SF_FORMAT_PCM_S8: "\(container)_8"
    case SF_FORMAT_PCM_16: "\(container)_16"
    case SF_FORMAT_PCM_24: "\(container)_24"
    case SF_FORMAT_OPUS: "OPUS"
    case SF_FORMAT_VORBIS: "VORBIS"
    case SF_FORMAT_MPEG_LAYER_I: "MPEG_LAYER_I"
    case SF_FORMAT_MPEG_LAYER_II: "MPEG_LAYER_II"
    case SF_FORMAT_MPEG_LAYER_III: "MPEG_LAYER_III"
    default: container
    }
  }
}

extension Sound {
  /// What a WAV is.
  init(_ wave: WaveLayout) {
    self.init(
      container: wave.container, encoding: wave.format.encoding, sampleRate: wave.format.sampleRate,
      channels: wave.format.channels, frames: wave.frames, status: wave.status, notes: wave.notes)
  }
}

extension Sound {
  /// What a file without a header is.
  init(_ format: RawFormat, in file: RecordingFile) throws(Refusal) {
    let details = format.details
    let blocks = file.size / (details.bytes * format.channels)
    guard blocks > 0 else { throw Refusal(.empty, "The file is shorter than one sample.") }
    self.init(
      container: "RAW", encoding: details.name, sampleRate: format.sampleRate, channels: format.channels,
      frames: blocks * details.samples, status: .ok)
  }
}

extension SF_INFO {
  /// Samples without a header.
  fileprivate init(raw subtype: Int32, _ sound: Sound) {
    self.init()
    format = Int32(SF_FORMAT_RAW) | subtype
    samplerate = Int32(sound.sampleRate)
    channels = Int32(sound.channels)
  }
}

/// Owns libsndfile's handle.
private struct SoundHandle: ~Copyable {
  let pointer: OpaquePointer
  /// libsndfile calls back into the view for as long as the handle lives.
  private let view: FileView

  init(opening view: FileView, _ info: inout SF_INFO) throws(Refusal) {
    var callbacks = FileView.callbacks
    // The reason of a failed open is a global of libsndfile, and codecs set their tables up on first use.
    let (address, reason) = SoundHandle.opening.withLock { _ in
      let pointer = sf_open_virtual(
        &callbacks, Int32(SFM_READ), &info, Unmanaged.passUnretained(view).toOpaque())
      return (UInt(bitPattern: pointer), pointer == nil ? String(cString: sf_strerror(nil)) : "")
    }
    guard let opened = OpaquePointer(bitPattern: address) else {
      try view.file.throwReadError()
      throw Refusal(malformed: "The header cannot be read (libsndfile: \(reason))")
    }
    pointer = opened
    self.view = view
  }

  deinit { sf_close(pointer) }

  private static let opening = Mutex(())
}

/// Parts of a file, one behind the other, with some bytes put before them, as libsndfile's callbacks see them.
private final class FileView {
  let file: RecordingFile
  private let header: [UInt8]
  private let parts: [Range<Int>]
  /// Bytes in the view.
  let count: Int
  /// Where the next byte is read, from the start of the view.
  private(set) var position = 0

  init(_ file: RecordingFile, header: [UInt8], parts: [Range<Int>]) {
    self.file = file
    self.header = header
    self.parts = parts
    count = parts.reduce(header.count) { $0 + $1.count }
  }

  private func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    var done = 0
    while done < buffer.count, position < header.count {
      buffer[done] = header[position]
      done += 1
      position += 1
    }
    var first = header.count
    for part in parts where done < buffer.count {
      defer { first += part.count }
      let inside = position - first
      guard 0..<part.count ~= inside else { continue }
      let wanted = min(buffer.count - done, part.count - inside)
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done..<done + wanted])
      let got = file.read(into: rest, at: part.lowerBound + inside)
      position += got
      done += got
      if got < wanted { break }
    }
    return done
  }

  private func seek(to offset: Int, from whence: Int32) -> Int {
    let base = [SEEK_SET: 0, SEEK_CUR: position, SEEK_END: count][whence]
    if let base, case let (target, overflow) = base.addingReportingOverflow(offset), !overflow, target >= 0 {
      position = target
    }
    return position
  }

  private static func view(_ user: UnsafeMutableRawPointer?) -> FileView {
    Unmanaged<FileView>.fromOpaque(user!).takeUnretainedValue()
  }

  static var callbacks: SF_VIRTUAL_IO {
    SF_VIRTUAL_IO(
      get_filelen: { Int64(FileView.view($0).count) },
      seek: { Int64(FileView.view($2).seek(to: Int($0), from: $1)) },
      read: { buffer, count, user in
        Int64(
          FileView.view(user).read(UnsafeMutableRawBufferPointer(start: buffer, count: max(0, Int(count)))))
      },
      write: { _, _, _ in 0 },
      tell: { Int64(FileView.view($0).position) })
  }
}

/// The library that decodes, with its version, as in `libsndfile-1.2.0`.
public var decoderVersion: String { String(cString: sf_version_string()) }
