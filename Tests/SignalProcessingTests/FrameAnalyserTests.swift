import TestSupport
import Testing

@testable import SignalProcessing

struct FrameAnalyserTests {
  /// The features of interleaved samples, consumed in blocks of so many sample frames.
  private func track(
    _ samples: [Int16], rate: Int = 8000, channels: Int = 1, block: Int = 4096, ceiling: Int = 32767
  ) -> FeatureTrack {
    var analyser = FrameAnalyser(
      sampleRate: rate, channels: channels, legChannels: channels > 1 ? [0, 1] : [0], ceiling: ceiling)
    var index = 0
    while index < samples.count {
      let end = min(samples.count, index + block * channels)
      analyser.consume(samples.span.extracting(index..<end))
      index = end
    }
    analyser.finish()
    return analyser.track
  }

  @Test(arguments: [8000, 11025, 16000, 44100, 48000]) func aSineHasItsPowerInItsBandAtEveryRate(_ rate: Int)
  {
    let track = track(Signal.samples(Signal.sine(1000, amplitude: 0.1, seconds: 1, rate: rate)), rate: rate)
    #expect(track.frameCount == 100)
    let leg = track.legs[0]
    let frame = 50
    // A sine of amplitude A has power A^2 / 2.
    #expect(abs(decibels(leg.power[frame]) - decibels(0.005)) < 0.1)
    let bands = leg.bands[frame * LegTrack.bandCount..<(frame + 1) * LegTrack.bandCount]
    #expect(abs(decibels(bands.reduce(0, +)) - decibels(0.005)) < 0.1)
    #expect((bands.max() ?? 0) > 0.5 * bands.reduce(0, +))
    #expect(leg.lineShare[25] > 0.99)
    #expect(abs(leg.firstLine[25] - 1000) < 2)
  }

  @Test func twoLegsAreTheSameAsEachAlone() {
    let left = Signal.voice(pitch: 120, amplitude: 0.3, seconds: 2)
    let right = Signal.noise(rms: 0.01, seconds: 2, seed: 7)
    let both = track(Signal.stereo(left, right), channels: 2)
    for (leg, signal) in [left, right].enumerated() {
      let alone = track(Signal.samples(signal)).legs[0]
      #expect(both.legs[leg].power == alone.power)
      #expect(both.legs[leg].peaks == alone.peaks)
      for (a, b) in zip(both.legs[leg].bands, alone.bands) { #expect(abs(a - b) <= 1e-4 * b + 1e-9) }
    }
  }

  @Test func everyBlockSizeGivesTheSame() {
    let samples = Signal.stereo(
      Signal.voice(pitch: 190, amplitude: 0.2, seconds: 0.4), Signal.sine(425, amplitude: 0.1, seconds: 0.4))
    let whole = track(samples, channels: 2, block: samples.count)
    for block in Array(1...40) + [79, 80, 81, 511, 512, 513] {
      let parts = track(samples, channels: 2, block: block)
      #expect(parts.frameCount == whole.frameCount)
      for leg in 0..<2 {
        #expect(parts.legs[leg].power == whole.legs[leg].power)
        #expect(parts.legs[leg].bands == whole.legs[leg].bands)
        #expect(parts.legs[leg].voicing == whole.legs[leg].voicing)
        #expect(parts.legs[leg].steadyPeakCount == whole.legs[leg].steadyPeakCount)
      }
    }
  }

  @Test(arguments: [80.0, 120, 200, 330]) func pitchIsThatOfTheHarmonics(_ pitch: Double) {
    var train = Signal.silence(seconds: 1)
    for harmonic in 1...Int(3400 / pitch) {
      let sine = Signal.sine(Double(harmonic) * pitch, amplitude: 0.02, seconds: 1)
      for index in train.indices { train[index] += sine[index] }
    }
    let leg = track(Signal.samples(train)).legs[0]
    #expect(leg.voicing[25] > 0.6)
    #expect(abs(Double(leg.pitch[25]) / pitch - 1) < 0.03)
  }

  @Test func noiseIsNotVoicedAndItsPeaksDoNotStandStill() {
    let leg = track(Signal.samples(Signal.noise(rms: 0.05, seconds: 4, seed: 1))).legs[0]
    let voiced = leg.voicing.filter { $0 > 0.4 }.count
    #expect(Double(voiced) < 0.02 * Double(leg.voicing.count))
    let peaks = leg.peakCount.reduce(0) { $0 + Int($1) }
    let steady = leg.steadyPeakCount.reduce(0) { $0 + Int($1) }
    #expect(Double(steady) < 0.05 * Double(peaks))
  }

  @Test func aConstantIsDigitalSilenceWhateverItsValue() {
    let leg = track([Int16](repeating: 8, count: 8000)).legs[0]
    #expect(leg.change.dropFirst().allSatisfy { $0 == 0 })
  }

  @Test func runsOfThreeSamplesAtTheCeilingAreClipped() {
    var samples = [Int16](repeating: 0, count: 800)
    for index in 100..<103 { samples[index] = 32124 }
    for index in 300..<302 { samples[index] = -32124 }
    for index in 478..<484 { samples[index] = -32124 }
    let leg = track(samples, ceiling: 32124).legs[0]
    #expect(leg.clippedRuns == [0, 1, 0, 0, 0, 0, 1, 0, 0, 0])
  }

  @Test func sectionsAreForgottenInSteps() {
    var analyser = FrameAnalyser(sampleRate: 8000, channels: 1, legChannels: [0], ceiling: 32767)
    let samples = Signal.samples(Signal.noise(rms: 0.05, seconds: 2, seed: 3))
    analyser.consume(samples.span)
    let power = analyser.track.legs[0].power
    let voicing = analyser.track.legs[0].voicing
    analyser.track.removeFirst(frames: 50)
    #expect(analyser.track.firstFrame == 50)
    #expect(analyser.track.legs[0].power == Array(power.dropFirst(50)))
    #expect(analyser.track.legs[0].voicing == Array(voicing.dropFirst(25)))
  }
}
