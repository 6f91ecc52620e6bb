import Foundation
import TestSupport
import Testing

@testable import SignalProcessing

/// What two legs have to do with each other, against plain loops.
struct LegTests {
  private static let legs: [LegTrack] = {
    let left = Signal.voice(pitch: 120, amplitude: 0.3, seconds: 4)
    let hiss = Signal.noise(rms: 0.002, seconds: 4, seed: 5)
    // The left voice 50 ms later, and weaker.
    let right = hiss.indices.map { hiss[$0] + ($0 >= 400 ? 0.1 * left[$0 - 400] : 0) }
    var analyser = FrameAnalyser(sampleRate: 8000, channels: 2, legChannels: [0, 1], ceiling: 32767)
    analyser.consume(Signal.stereo(left, right).span)
    analyser.finish()
    return analyser.track.legs
  }()

  /// Added in two parts.
  private static func correlation(lag: Int, at places: [Int]) -> Float {
    var correlation = BandCorrelation()
    correlation.add(legs[0], legs[1], lag: lag, at: Array(places.prefix(50)))
    correlation.add(legs[0], legs[1], lag: lag, at: Array(places.dropFirst(50)))
    return correlation.value
  }

  /// Bands in dB: they are logarithms straight between powers of two there, which costs less than 0.02.
  @Test(arguments: [-2, 0, 5, 9]) func correlationIsThatOfTheFormula(_ lag: Int) {
    let places = Array(stride(from: 10, to: 380, by: 3))
    var (vx, vy, vxy) = (0.0, 0.0, 0.0)
    for band in 0..<19 {
      let xs = places.map { log10(Double(Self.legs[0].frames[$0].bandList[band]) + 1e-10) }
      let ys = places.map { log10(Double(Self.legs[1].frames[$0 + lag].bandList[band]) + 1e-10) }
      let (x, y) = (xs.reduce(0, +) / Double(xs.count), ys.reduce(0, +) / Double(ys.count))
      for (one, other) in zip(xs, ys) {
        vx += (one - x) * (one - x)
        vy += (other - y) * (other - y)
        vxy += (one - x) * (other - y)
      }
    }
    let found = Self.correlation(lag: lag, at: places)
    #expect(abs(Double(found) - vxy / (vx * vy).squareRoot()) < 0.02)
  }

  @Test func aDelayedCopyAgreesMostAtItsDelay() {
    let places = Array(10..<370)
    let found = (-2...25).map { Self.correlation(lag: $0, at: places) }
    #expect(found.firstIndex(of: found.max() ?? 0) == 5 + 2)
  }

  @Test(arguments: [-3, 0, 7]) func whatLeaksIsNoise(_ lag: Int) {
    let noise = (0..<19).map { Float(1e-7 * Double($0 + 1)) }
    let gains = (0..<19).map { Float(0.001 * Double(20 - $0)) }
    let course: [Float] = [1, 4, 0.5]
    let leak = LeakedPower(source: Self.legs[0], lag: lag, gains: gains, course: course)
    let ratio = Self.legs[1].whitenedRatio(over: noise, leak: leak, count: Self.legs[1].frames.count)
    for frame in ratio.indices {
      let from = frame - lag
      var sum = 0.0
      for band in 0..<19 {
        let isHeard = Self.legs[0].frames.indices.contains(from)
        // The gain changes each second that the leak is heard.
        let gain = gains[band] * course[min(max(0, lag) + (frame - max(0, lag)) / 100 * 100, 299) / 100]
        let leaked = isHeard ? gain * Self.legs[0].frames[from].bandList[band] : 0
        sum += Double(Self.legs[1].frames[frame].bandList[band] / (noise[band] + leaked)).squareRoot()
      }
      #expect(abs(Double(ratio[frame]) - 20 * log10(sum / 19)) < 0.01)
    }
  }

  @Test(arguments: [1, 5, 7]) func sumsOfBandsAreThoseOfPlainLoops(_ width: Int) throws {
    let taken = (0..<390).map { $0 % 11 != 3 || width == 7 && $0 > 50 }
    let blocks = (0..<390 / width).map { $0 * width..<($0 + 1) * width }.filter { !taken[$0].contains(false) }
    let found = Self.legs[0].countBands(blocks: width, where: taken)
    #expect(found.blocks == blocks.count)
    for band in 0..<19 {
      let sums = blocks.map { $0.reduce(0) { $0 + Self.legs[0].frames[$1].bandList[band] } }.sorted()
      for rank in [0, blocks.count / 3, blocks.count - 1] {
        let power = try #require(found.power(band: band, rank: Int32(rank)))
        #expect(abs(power / sums[rank] - 1) < 1 / 30)
      }
      #expect(found.power(band: band, rank: Int32(blocks.count)) == nil)
    }
  }
}
