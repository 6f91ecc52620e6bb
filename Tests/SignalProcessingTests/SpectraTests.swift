import TestSupport
import Testing

@testable import SignalProcessing

struct SpectraTests {
  @Test(arguments: [1, 2, 7, 16, 30, 64, 105, 256, 512]) func aTransformIsTheSum(_ count: Int) {
    let input = Signal.noise(rms: 1, seconds: Double(2 * count) / 8000, seed: UInt64(count)).map(Float.init)
    let transform = ComplexTransform(count: count)
    for index in 0..<2 * count { transform.input[index] = input[index] }
    transform.execute()
    let expected = Slow.transform(input, sign: -1)
    for index in 0..<2 * count { #expect(abs(transform.output[index] - expected[index]) < 1e-3) }
  }

  @Test func quickCountsHaveSmallFactors() {
    #expect(
      [255, 256, 257, 353, 511, 2823].map(ComplexTransform.quickCount) == [256, 256, 270, 360, 512, 2880])
  }

  /// A quiet window has its own spectrum beside one that is 60 dB louder.
  @Test(arguments: [256, 360]) func eachWindowHasItsOwnSpectrum(_ count: Int) {
    let loud = Signal.sine(1000, amplitude: 1, seconds: 0.1).map { Int16($0 * 32767) }
    let quiet = Signal.noise(rms: 1e-3, seconds: 0.1, seed: 3).map { Int16($0 * 32767) }
    let spectra = RealSpectra(count: count)
    let first = FloatBuffer(count: count)
    let second = FloatBuffer(count: count)
    let isSound = spectra.transform(ofOneLeg(loud), ofOneLeg(quiet))
    #expect(isSound)
    spectra.unpack(4..<count / 2 - 8, first.base, second.base)
    for (window, power) in [(loud, first.base), (quiet, second.base)] {
      let expected = Slow.powers(window.map(Float.init), weights: RealSpectra.hann(count))
      let highest = expected.max() ?? 0
      for bin in 4..<count / 2 - 8 { #expect(abs(power[bin] - 4 * expected[bin]) < 1e-2 * highest) }
    }
  }

  @Test func silenceIsNotTransformed() {
    let silence = [Int16](repeating: 0, count: 2 * 264)
    let isSound = RealSpectra(count: 256).transform(silence, silence)
    #expect(!isSound)
  }

  /// Two windows share an inverse transform, and neither is lost beside a louder one.
  @Test func eachSpectrumHasItsOwnAutocorrelation() {
    let spectra = RealSpectra(count: 512)
    let correlations = Autocorrelations(windowCount: 512, bins: 6..<243, lags: 18..<142)
    // Pulses every 32 and every 50 samples, one 60 dB above the other.
    let loud = (0..<520).map { $0 % 32 == 0 ? Int16(30000) : 0 }
    let quiet = (0..<520).map { $0 % 50 == 0 ? Int16(30) : 0 }
    _ = spectra.transform(ofOneLeg(loud), ofOneLeg(quiet))
    let first = FloatBuffer(count: 264)
    let second = FloatBuffer(count: 264)
    spectra.unpack(6..<243, first.base, second.base)
    correlations.set(isSecond: false, power: first.base)
    correlations.set(isSecond: true, power: second.base)
    let best = correlations.best()
    #expect((best.first.lag, best.second.lag) == (32, 50))
    #expect(best.first.value > 0.9 && best.second.value > 0.9)
  }

  /// Samples as they lie where there is another leg.
  private func ofOneLeg(_ samples: [Int16]) -> [Int16] { samples.flatMap { [$0, 0] } }

  @Test func withoutPowerThereIsNoMaximum() {
    let correlations = Autocorrelations(windowCount: 512, bins: 6..<243, lags: 18..<142)
    correlations.set(isSecond: false, power: [Float](repeating: 0, count: 264))
    let best = correlations.best()
    #expect(best.first.value == 0)
  }
}

extension Slow {
  /// |X|^2 of a window of real samples, up to half the points.
  static func powers(_ samples: [Float], weights: [Float]) -> [Float] {
    var window: [Float] = []
    for (sample, weight) in zip(samples, weights) { window += [sample * weight, 0] }
    let spectrum = Slow.transform(window, sign: -1)
    return (0...weights.count / 2).map { bin in
      let (real, imaginary) = (spectrum[2 * bin], spectrum[2 * bin + 1])
      return real * real + imaginary * imaginary
    }
  }
}
