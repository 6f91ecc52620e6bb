/// The sound of a recording to be drawn: of each stretch the highest magnitude and the root mean square, channel by
/// channel. Any coarser picture follows from it: the page makes its own steps of four.
public struct Peaks: Sendable, Hashable {
  /// Samples of a channel in a stretch; the last one may be shorter.
  public let samplesPerStretch: Int
  /// Samples per second and channel.
  public let sampleRate: Int
  /// Channels that are drawn.
  public let channels: Int
  /// Stretch by stretch, and channel by channel in it, the highest magnitude and the root mean square, each as 255
  /// times the square root of its part of full scale: a byte for -96 to 0 dB, in which soft words are seen.
  public fileprivate(set) var data: [UInt8] = []

  /// The length of a stretch, in seconds.
  public var stretch: Double { Double(samplesPerStretch) / Double(sampleRate) }
}

/// Takes the sound of a recording and gives its ``Peaks``.
public struct PeakMeter: Sendable {
  private var peaks: Peaks
  private let channels: Int
  private let drawn: [Int]
  private var highest: [Int]
  private var squares: [Double]
  private var taken = 0

  /// A page of two channels has at most so many stretches of 4 bytes: 1.4 MB, 1.9 MB as base64. One of up to an hour
  /// then has a stretch every 10 ms, an analysis frame; one of eight hours every 80 ms, a tenth of a pixel of it.
  private static let mostStretches = 360_000

  /// A meter for about `frames` samples a channel of `channels` interleaved ones, of which `drawn` are kept.
  public init(sampleRate: Int, channels: Int, drawn: [Int], frames: Int) {
    let shortest = max(1, sampleRate / 100)
    let samples = max(shortest, (frames + Self.mostStretches - 1) / Self.mostStretches)
    peaks = Peaks(samplesPerStretch: samples, sampleRate: sampleRate, channels: drawn.count)
    self.channels = channels
    self.drawn = drawn
    highest = Array(repeating: 0, count: drawn.count)
    squares = Array(repeating: 0, count: drawn.count)
  }

  /// Takes a block of interleaved samples.
  public mutating func consume(_ samples: Span<Int16>) {
    for first in stride(from: 0, to: samples.count, by: channels) {
      for (index, channel) in drawn.enumerated() {
        let sample = Int(samples[first + channel])
        highest[index] = max(highest[index], abs(sample))
        squares[index] += Double(sample * sample)
      }
      taken += 1
      if taken == peaks.samplesPerStretch { close() }
    }
  }

  /// The peaks of all that was taken.
  public consuming func finish() -> Peaks {
    if taken > 0 { close() }
    return peaks
  }

  private mutating func close() {
    for index in drawn.indices {
      let mean = (squares[index] / Double(taken)).squareRoot()
      peaks.data.append(Self.byte(Double(highest[index])))
      peaks.data.append(Self.byte(mean))
      (highest[index], squares[index]) = (0, 0)
    }
    taken = 0
  }

  private static func byte(_ magnitude: Double) -> UInt8 {
    UInt8((255 * (magnitude / 32768).squareRoot()).rounded())
  }
}
