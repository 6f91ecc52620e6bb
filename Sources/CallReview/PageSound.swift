import FoundationEssentials

/// What a page has of the sound of its call.
public struct PageSound {
  /// Gives the sound block by block, interleaved, with all its channels.
  public typealias Source = ((Span<Int16>) throws -> Void) throws -> Void

  /// The picture of it.
  public let peaks: Peaks
  /// The channels of the recording that are drawn and heard, in this order.
  public let taken: [Int]
  /// Channels that the source gives.
  public let channels: Int
  /// Sample frames that the source gives.
  public let frames: Int
  /// The sound itself, to be put into the page; nil where the page is to have the picture only.
  public let source: Source?

  /// A sound with this picture.
  public init(peaks: Peaks, taken: [Int], channels: Int, frames: Int, source: Source?) {
    self.peaks = peaks
    self.taken = taken
    self.channels = channels
    self.frames = frames
    self.source = source
  }

  /// The bytes that the sound takes in a page, as base64.
  public var embeddedBytes: Int { (WaveFile.headerSize + frames * taken.count * 2 + 2) / 3 * 4 }

  /// Writes the sound as a WAV in base64. A source that gives less than was announced is filled up with silence, so
  /// that the header is right.
  func write(to write: (String) throws -> Void) throws {
    guard let source else { return }
    var rest = WaveFile.header(sampleRate: peaks.sampleRate, channels: taken.count, frames: frames)
    var missing = frames * taken.count * 2
    func put(_ bytes: ArraySlice<UInt8>, atEnd: Bool) throws {
      rest += bytes
      let whole = atEnd ? rest.count : rest.count / 3 * 3
      try write(Data(rest[..<whole]).base64EncodedString())
      rest.removeFirst(whole)
    }
    try source { samples in
      let bytes = WaveFile.bytes(of: samples, channels: channels, taken: taken).prefix(missing)
      missing -= bytes.count
      try put(bytes, atEnd: false)
    }
    while missing > 0 {
      let silence = [UInt8](repeating: 0, count: min(missing, 1 << 16))
      missing -= silence.count
      try put(silence[...], atEnd: false)
    }
    try put([], atEnd: true)
  }
}
