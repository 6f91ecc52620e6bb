public import CallModel

/// The limits beyond which a recording is refused, and which containers are read.
public struct ReadingLimits: Sendable, Hashable, Codable {
  /// Recordings longer than this are refused as `too_large`, in hours.
  public var maximumDurationH = 12.0
  /// Files larger than this are refused as `too_large`, in MiB.
  public var maximumFileMib = 4096.0
  /// Whether Ogg (Opus, Vorbis) is read.
  public var allowOgg = true
  /// Whether MP3 is read.
  public var allowMp3 = true
  /// A recording on whose next step, as a block of 16384 samples or the conclusions at the end, an analysis works for
  /// longer is given up as `timeout`, in seconds of processor time (no step of a recording of 12 hours takes 2 s, our
  /// measurement).
  public var patienceS = 60
  /// How recordings of some places are read; no setting of `[reading]`, the sources have it.
  public var rules: [ReadingRule] = []

  /// The shipped limits.
  public init() {}

  enum CodingKeys: String, CodingKey {
    case maximumDurationH, maximumFileMib, allowOgg, allowMp3, patienceS
  }
}

/// One recording as blocks of samples, opened read-only and never written to.
///
/// Reads WAV (also RIFX, RF64 and Wave64) with PCM of 8 to 32 bits, floating point, G.711 and GSM 6.10, and
/// FLAC; Ogg and MP3 unless the limits forbid them; sound without a header where a rule says what it is. 1 to 8
/// channels, 4 to 192 kHz. Headers that were never finished are repaired in memory. What it holds in memory does
/// not grow with the recording.
public struct RecordingReader: ~Copyable {
  /// Samples per second and channel.
  public let sampleRate: Int
  /// Interleaved channels in a block.
  public let channels: Int
  /// `PCM_16`, `ULAW`, …, as in `Recording.encoding`.
  public let encoding: String
  /// Sample frames that are to come, or nil where the container does not say.
  public let expectedFrames: Int?

  /// Sample frames in a block; the last one may be shorter.
  public static let framesPerBlock = 16384

  private let path: RecordingPath
  private let mostFrames: Double
  private var decoder: Decoder
  /// The other party's file, where each party has one.
  private var secondLeg: SecondLeg?
  /// That the other party's file is there and does not fit.
  private let unaligned: Recording.Fault?
  private var status: Recording.Status
  private var interleaved = InterleavedSamples()
  private var framesRead = 0

  /// Opens the recording at `path`. A symbolic link is followed only if `followingLinks`: one that a user
  /// named is, one found inside a folder is not.
  ///
  /// - Throws: `unreadable`, `not_audio`, `unsupported_encoding`, `malformed`, `empty` or `too_large`, before
  ///   any sample is read.
  public init(
    opening path: RecordingPath, limits: ReadingLimits, followingLinks: Bool = true
  ) throws(CallFailure) {
    decoder = try RecordingReader.open(path, limits, followingLinks)
    self.path = path
    sampleRate = decoder.sound.sampleRate
    secondLeg = SecondLeg.beside(path, limits)
    unaligned = secondLeg == nil ? SecondLeg.misfit(of: path, limits) : nil
    channels = secondLeg == nil ? decoder.sound.channels : 2
    encoding = decoder.sound.encoding
    expectedFrames = secondLeg?.framesOfBoth ?? decoder.sound.frames
    status = decoder.sound.status == .ok ? secondLeg?.status ?? .ok : decoder.sound.status
    mostFrames = limits.maximumDurationH * 3600 * Double(sampleRate)
  }

  static func open(
    _ path: RecordingPath, _ limits: ReadingLimits, _ followingLinks: Bool
  ) throws(CallFailure) -> Decoder {
    do throws(Refusal) {
      let file = try RecordingFile(opening: path, followingLinks: followingLinks)
      guard Double(file.size) <= limits.maximumFileMib * 1_048_576 else {
        throw Refusal(
          .tooLarge,
          "The file has \(file.size >> 20) MiB, more than maximum_file_mib allows; raise it if need be.")
      }
      do throws(Refusal) {
        let layout = try SoundLayout(
          of: file, named: fileExtension(of: path.name.bytes), raw: limits.rawFormat(of: path), limits: limits
        )
        return try Decoder(file, layout, limits: limits)
      } catch {
        // What seems damaged was perhaps not read.
        try file.throwReadError()
        throw error
      }
    } catch {
      throw CallFailure(path: path, code: error.code, message: error.message)
    }
  }

  /// Reads to the end and passes each block, interleaved and reused, to `body`.
  ///
  /// - Throws: `unreadable` where the file system fails, `changed_while_reading`, `malformed` where the sound
  ///   cannot be decoded, `too_large` where it turns out longer than allowed, `empty` where there is none.
  public mutating func forEachBlock(_ body: (Span<Int16>) -> Void) throws(CallFailure) {
    try readBlocks(to: expectedFrames ?? .max) { [channels] block, interleaved in
      if channels == 1 { interleaved.consume(block) }
      body(block)
    }
    if let refusal = refusalAtEnd() { throw failure(refusal) }
  }

  /// Reads the sample frames of `stretch`, those of them that there are, and passes each block, interleaved and reused, to
  /// `body`. They are the same as in a whole read. Instead of `forEachBlock`, once; `finish` must not follow.
  ///
  /// - Throws: as `forEachBlock`, but nothing where the recording ends before the stretch.
  /// - Complexity: in the stretch for PCM, G.711 and FLAC; in all up to its end for other codecs.
  public mutating func forEachBlock(
    in stretch: Range<Int>, _ body: (Span<Int16>) -> Void
  ) throws(CallFailure) {
    let end = min(stretch.upperBound, expectedFrames ?? .max)
    guard stretch.lowerBound < end else { return }
    decoder.skip(to: stretch.lowerBound)
    secondLeg?.skip(to: stretch.lowerBound)
    framesRead = stretch.lowerBound
    try readBlocks(to: end) { block, _ in body(block) }
    if framesRead < end, let refusal = refusalAtEnd() { throw failure(refusal) }
  }

  private mutating func readBlocks(
    to end: Int, _ body: (Span<Int16>, inout InterleavedSamples) -> Void
  ) throws(CallFailure) {
    var samples = [Int16](repeating: 0, count: RecordingReader.framesPerBlock * channels)
    while framesRead < end {
      let requested = min(RecordingReader.framesPerBlock, end - framesRead)
      let alone = decoder.read(requested, into: &samples)
      let got = secondLeg?.join(alone, of: requested, in: &samples) ?? alone
      guard got > 0 else { break }
      framesRead += got
      guard Double(framesRead) <= mostFrames else { throw failure(RecordingReader.tooLong) }
      body(samples.span.extracting(0..<got * channels), &interleaved)
    }
  }

  /// What was read. To be called once, after `forEachBlock`.
  ///
  /// - Throws: `unreadable` where the file cannot be read again for its hash, `changed_while_reading` where
  ///   it is not what it was when it was opened.
  public consuming func finish() throws(CallFailure) -> Recording {
    let hash = decoder.file.sha256()
    do throws(Refusal) { try decoder.file.throwReadError() } catch { throw failure(error) }
    guard !decoder.file.hasChanged, secondLeg?.hasChanged != true else {
      throw failure(RecordingReader.changed)
    }
    let faults = [interleaved.fault, unaligned].compactMap(\.self)
    return Recording(
      path: path, bytes: decoder.file.size, sha256: hash, container: decoder.sound.container,
      encoding: encoding, sampleRate: sampleRate, channels: channels,
      duration: Double(framesRead) / Double(sampleRate), status: status,
      notes: decoder.sound.notes + (secondLeg?.notes ?? []) + faults.map(\.message), faults: faults)
  }

  /// Why the samples that were read cannot be used. A container that is cut short only changes the status.
  private mutating func refusalAtEnd() -> Refusal? {
    do throws(Refusal) {
      try decoder.file.throwReadError()
      try secondLeg?.throwReadError()
    } catch { return error }
    let isWhole = expectedFrames.map { framesRead >= $0 } ?? (decoder.complaint == nil)
    if !isWhole {
      if decoder.file.hasChanged { return RecordingReader.changed }
      guard decoder.hasReachedEnd else {
        let second = (Double(framesRead) / Double(sampleRate)).milliseconds
        return Refusal(malformed: "The sound cannot be decoded beyond \(second) s")
      }
      status = .truncated
    }
    return framesRead > 0
      ? nil : Refusal(.empty, "The file ends before its first sample; it was cut short.")
  }

  private func failure(_ refusal: Refusal) -> CallFailure {
    CallFailure(path: path, code: refusal.code, message: refusal.message)
  }

  private static let changed = Refusal(
    .changedWhileReading,
    "The file was written to while it was read; the call is perhaps still going on, try again later.")

  static let tooLong = Refusal(
    .tooLarge, "The recording is longer than maximum_duration_h allows; raise it for a real call.")
}

extension ReadingLimits {
  /// Refuses what no recorder of calls writes, and what is too long.
  func check(_ sound: Sound) throws(Refusal) {
    guard 1...8 ~= sound.channels else {
      throw Refusal(
        .tooLarge, "The recording has \(sound.channels) channels and at most 8 are read; split it.")
    }
    guard sound.sampleRate >= 4000 else {
      throw Refusal(
        .unsupportedEncoding,
        "The sample rate is \(sound.sampleRate) Hz and speech needs at least 4000; check what wrote it.")
    }
    guard sound.sampleRate <= 192_000 else {
      throw Refusal(
        .tooLarge,
        "The sample rate is \(sound.sampleRate) Hz and at most 192000 are read; check what wrote it.")
    }
    guard Double(sound.frames ?? 0) <= maximumDurationH * 3600 * Double(sound.sampleRate) else {
      throw RecordingReader.tooLong
    }
  }
}
