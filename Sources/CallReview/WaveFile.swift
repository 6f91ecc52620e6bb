/// A WAV of 16-bit PCM, which every browser and every player plays.
public enum WaveFile {
  /// Bytes before the samples.
  public static let headerSize = 44
  /// The longest sound that its header can announce, in bytes.
  public static let mostBytes = Int(UInt32.max) - headerSize

  /// The header for `frames` samples a channel (the WAVE specification of 1991, `WAVE_FORMAT_PCM`).
  public static func header(sampleRate: Int, channels: Int, frames: Int) -> [UInt8] {
    func little(_ value: Int, _ size: Int) -> [UInt8] {
      (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let length = frames * channels * 2
    return Array("RIFF".utf8) + little(length + headerSize - 8, 4) + Array("WAVEfmt ".utf8) + little(16, 4)
      + little(1, 2) + little(channels, 2) + little(sampleRate, 4) + little(sampleRate * channels * 2, 4)
      + little(channels * 2, 2) + little(16, 2) + Array("data".utf8) + little(length, 4)
  }

  /// Of interleaved samples of `channels` channels those that are `taken`, as a WAV has them.
  public static func bytes(of samples: Span<Int16>, channels: Int, taken: [Int]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(samples.count / channels * taken.count * 2)
    for first in stride(from: 0, to: samples.count, by: channels) {
      for channel in taken {
        let sample = UInt16(bitPattern: samples[first + channel])
        bytes.append(UInt8(truncatingIfNeeded: sample))
        bytes.append(UInt8(sample >> 8))
      }
    }
    return bytes
  }
}
