public import CallModel

/// How far a recording may go before it is refused, and which containers are read.
public struct ReadingLimits: Sendable, Hashable, Codable {
  /// Recordings longer than this are refused as `too_large`, in hours.
  public var maximumDurationH = 12.0
  /// Files larger than this are refused as `too_large`, in MiB.
  public var maximumFileMib = 4096.0
  /// Whether Ogg (Opus, Vorbis) is read.
  public var allowOgg = false
  /// Whether MP3 is read.
  public var allowMp3 = false

  /// The shipped limits.
  public init() {}
}

/// One recording as blocks of samples, opened read-only and never written to.
public struct RecordingReader: ~Copyable {
  /// Samples per second and channel.
  public let sampleRate: Int
  /// Interleaved channels in a block.
  public let channels: Int
  /// `PCM_16`, `ULAW`, …, as in `Recording.encoding`.
  public let encoding: String

  /// Opens the recording at `path`.
  public init(opening path: RecordingPath, limits: ReadingLimits) throws(CallFailure) {
    throw CallFailure(path: path, code: .unreadable, message: "Reading is being built.")
  }

  /// Reads to the end and hands each block, interleaved and reused, to `body`.
  public mutating func forEachBlock(_ body: (Span<Int16>) -> Void) throws(CallFailure) {
  }

  /// What was read. To be called once, after `forEachBlock`.
  public consuming func finish() throws(CallFailure) -> Recording {
    fatalError("Reading is being built.")
  }
}
