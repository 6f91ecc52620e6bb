import CallReview
import TestSupport
import Testing

struct PeaksTests {
  private func peaks(_ samples: [Int16], sampleRate: Int = 8000, channels: Int, drawn: [Int], block: Int)
    -> Peaks
  {
    var meter = PeakMeter(
      sampleRate: sampleRate, channels: channels, drawn: drawn, frames: samples.count / channels)
    for first in stride(from: 0, to: samples.count, by: block * channels) {
      meter.consume(Array(samples[first..<min(first + block * channels, samples.count)]).span)
    }
    return meter.finish()
  }

  /// The byte of a magnitude, as the format defines it.
  private func byte(_ magnitude: Double) -> UInt8 {
    UInt8((255 * (magnitude / 32768).squareRoot()).rounded())
  }

  @Test(arguments: [1, 79, 80, 1000]) func theyAreThoseOfTheSamples(block: Int) {
    let samples = WaveBytes.noise(3 * 250) + [.min, 0, .max]
    let peaks = peaks(samples, channels: 3, drawn: [2, 0], block: block)
    #expect(peaks.samplesPerStretch == 80 && peaks.stretch == 0.01 && peaks.channels == 2)
    var expected: [UInt8] = []
    for first in stride(from: 0, to: 251, by: 80) {
      for channel in [2, 0] {
        let mine = (first..<min(first + 80, 251)).map { Double(samples[3 * $0 + channel]) }
        expected.append(byte(mine.map(\.magnitude).max()!))
        expected.append(byte((mine.map { $0 * $0 }.reduce(0, +) / Double(mine.count)).squareRoot()))
      }
    }
    #expect(peaks.data == expected)
  }

  /// Full scale is the highest byte, silence the lowest.
  @Test func theScaleHasBothEnds() {
    #expect(peaks([.min, 0, .min, 0], channels: 2, drawn: [0, 1], block: 4).data == [255, 255, 0, 0])
  }

  /// Eight hours of 8 kHz are not longer than the page can be: stretches of 80 ms.
  @Test func aLongCallHasLongerStretches() {
    var meter = PeakMeter(sampleRate: 8000, channels: 1, drawn: [0], frames: 8 * 3600 * 8000)
    meter.consume([Int16](repeating: 1, count: 6400).span)
    let peaks = meter.finish()
    #expect(peaks.samplesPerStretch == 640 && peaks.data.count == 2 * 10)
  }
}
