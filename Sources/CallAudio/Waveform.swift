public import CallModel

/// The sound of a recording to be drawn: the lowest and the highest sample of each stretch of about 32 ms, as the
/// JSON of the BBC's audiowaveform has it (version 2, 8 bits).
public struct Waveform: Sendable, Hashable, Codable {
  /// The version of that format.
  public var version = 2
  /// Channels of the recording, all of which are drawn.
  public var channels: Int
  /// Samples per second and channel.
  public var sampleRate: Int
  /// Samples of a channel in a stretch.
  public var samplesPerPixel: Int
  /// Bits of a value.
  public var bits = 8
  /// Stretches; the last one may be shorter.
  public var length = 0
  /// Stretch by stretch, and channel by channel in it, the lowest and the highest sample; 128 is full scale.
  public var data: [Int8] = []

  /// Reads the recording at `path`, 8 bytes of memory for each 32 ms of two channels.
  ///
  /// - Throws: why it cannot be read, as ``RecordingReader`` does.
  public init(of path: RecordingPath, limits: ReadingLimits) throws(CallFailure) {
    var reader = try RecordingReader(opening: path, limits: limits)
    let channels = reader.channels
    let samplesPerStretch = max(1, reader.sampleRate * 32 / 1000)
    var (taken, length) = (0, 0)
    var data: [Int8] = []
    var lowest = [Int16](repeating: 0, count: channels)
    var highest = lowest
    func close() {
      for channel in 0..<channels { data += [Int8(lowest[channel] >> 8), Int8(highest[channel] >> 8)] }
      (taken, length) = (0, length + 1)
    }
    try reader.forEachBlock { samples in
      for first in stride(from: 0, to: samples.count, by: channels) {
        for channel in 0..<channels {
          let sample = samples[first + channel]
          lowest[channel] = taken == 0 ? sample : min(lowest[channel], sample)
          highest[channel] = taken == 0 ? sample : max(highest[channel], sample)
        }
        taken += 1
        if taken == samplesPerStretch { close() }
      }
    }
    if taken > 0 { close() }
    self.channels = channels
    self.sampleRate = reader.sampleRate
    samplesPerPixel = samplesPerStretch
    self.length = length
    self.data = data
  }

  enum CodingKeys: String, CodingKey {
    case version, channels, bits, length, data
    case sampleRate = "sample_rate"
    case samplesPerPixel = "samples_per_pixel"
  }
}
