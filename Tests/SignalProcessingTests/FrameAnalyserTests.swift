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
    #expect(abs(decibels(leg.frames[frame].power) - decibels(0.005)) < 0.1)
    let bands = leg.frames[frame].bandList
    #expect(abs(decibels(bands.reduce(0, +)) - decibels(0.005)) < 0.1)
    #expect((bands.max() ?? 0) > 0.5 * bands.reduce(0, +))
    #expect(leg.steps[25].lineShare > 0.99)
    #expect(abs(leg.steps[25].firstLine - 1000) < 2)
  }

  @Test func twoLegsAreTheSameAsEachAlone() {
    let left = Signal.voice(pitch: 120, amplitude: 0.3, seconds: 2)
    let right = Signal.noise(rms: 0.01, seconds: 2, seed: 7)
    let both = track(Signal.stereo(left, right), channels: 2)
    for (leg, signal) in [left, right].enumerated() {
      let alone = track(Signal.samples(signal)).legs[0]
      for (mine, its) in zip(both.legs[leg].frames, alone.frames) {
        #expect(mine.power == its.power)
        #expect(mine.peaks == its.peaks)
        for (a, b) in zip(mine.bandList, its.bandList) { #expect(abs(a - b) <= 1e-4 * b + 1e-9) }
      }
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
        #expect(parts.legs[leg].frames.map(\.bandList) == whole.legs[leg].frames.map(\.bandList))
        #expect(parts.legs[leg].frames.map(\.power) == whole.legs[leg].frames.map(\.power))
        #expect(parts.legs[leg].frames.map(\.change) == whole.legs[leg].frames.map(\.change))
        #expect(parts.legs[leg].steps.map(\.voicing) == whole.legs[leg].steps.map(\.voicing))
        #expect(parts.legs[leg].steps.map(\.steadyPeakCount) == whole.legs[leg].steps.map(\.steadyPeakCount))
      }
    }
  }

  /// Frames of a lone leg share transforms two by two, steps of all legs as they come: none may have another's
  /// window, wherever the recording ends.
  @Test(arguments: Array(40...48)) func theLastFramesAreThoseOfALongerCall(_ count: Int) {
    let voice = Signal.voice(pitch: 140, amplitude: 0.2, seconds: 0.6)
    let samples = Signal.samples(voice)
    let whole = track(samples + [Int16](repeating: 0, count: 800)).legs[0]
    let cut = track(Array(samples.prefix(count * 80 + 79))).legs[0]
    #expect(cut.frames.count == count)
    #expect(cut.steps.count == count / 2)
    // Windows that reach past the end hear silence there.
    for frame in 0..<count - 3 {
      #expect(cut.frames[frame].power == whole.frames[frame].power)
      for (a, b) in zip(cut.frames[frame].bandList, whole.frames[frame].bandList) {
        #expect(abs(a - b) <= 1e-4 * b + 1e-9)
      }
    }
    for step in 0..<count / 2 - 2 {
      #expect(abs(cut.steps[step].voicing - whole.steps[step].voicing) < 1e-3)
      #expect(cut.steps[step].peakCount == whole.steps[step].peakCount)
    }
  }

  /// Steps that are passed over still count as time for the peaks that stand.
  @Test func peaksDoNotStandAcrossASilence() {
    let tone = Signal.sine(1000, amplitude: 0.1, seconds: 0.3)
    let leg = track(Signal.samples(tone + Signal.silence(seconds: 0.14) + tone)).legs[0]
    #expect(leg.steps[13].steadyPeakCount > 0)
    #expect(leg.steps[18].peakCount == 0)
    // The second tone has sounded for less than 180 ms, and 180 ms before there was silence.
    #expect(leg.steps[28].steadyPeakCount == 0)
    #expect(leg.steps[34].steadyPeakCount > 0)
  }

  @Test(arguments: [80.0, 120, 200, 330]) func pitchIsThatOfTheHarmonics(_ pitch: Double) {
    var train = Signal.silence(seconds: 1)
    for harmonic in 1...Int(3400 / pitch) {
      let sine = Signal.sine(Double(harmonic) * pitch, amplitude: 0.02, seconds: 1)
      for index in train.indices { train[index] += sine[index] }
    }
    let leg = track(Signal.samples(train)).legs[0]
    #expect(leg.steps[25].voicing > 0.6)
    #expect(abs(Double(leg.steps[25].pitch) / pitch - 1) < 0.03)
  }

  @Test func noiseIsNotVoicedAndItsPeaksDoNotStandStill() {
    let leg = track(Signal.samples(Signal.noise(rms: 0.05, seconds: 4, seed: 1))).legs[0]
    let voiced = leg.steps.count { $0.voicing > 0.4 }
    #expect(Double(voiced) < 0.02 * Double(leg.steps.count))
    let peaks = leg.steps.reduce(0) { $0 + Int($1.peakCount) }
    let steady = leg.steps.reduce(0) { $0 + Int($1.steadyPeakCount) }
    #expect(Double(steady) < 0.05 * Double(peaks))
  }

  @Test func aConstantIsDigitalSilenceWhateverItsValue() {
    let leg = track([Int16](repeating: 8, count: 8000)).legs[0]
    #expect(leg.frames.dropFirst().allSatisfy { $0.change == 0 })
  }

  @Test func runsOfThreeSamplesAtTheCeilingAreClipped() {
    var samples = [Int16](repeating: 0, count: 800)
    for index in 100..<103 { samples[index] = 32124 }
    for index in 300..<302 { samples[index] = -32124 }
    for index in 478..<484 { samples[index] = -32124 }
    let leg = track(samples, ceiling: 32124).legs[0]
    #expect(leg.frames.map(\.clippedRuns) == [0, 1, 0, 0, 0, 0, 1, 0, 0, 0])
  }

  /// Peaks by the plain loop, as bins of a spectrum that the test computes slowly.
  @Test func peaksAreThoseOfThePlainLoop() {
    let signal = Signal.voice(pitch: 150, amplitude: 0.3, seconds: 0.4)
    let leg = track(Signal.samples(signal)).legs[0]
    // The window of step 10 stands around sample 1680.
    let window = (0..<512).map { Float((signal[1680 - 256 + $0] * 32768).rounded()) }
    let power = Slow.powers(window, weights: RealSpectra.hann(512))
    let bins = 14..<219
    let highest = power[bins].max() ?? 0
    let total = power[bins].reduce(0, +)
    var peaks = 0
    for bin in bins where power[bin] > 3.16e-4 * highest {
      if power[bin] > power[bin - 1], power[bin] >= power[bin + 1] { peaks += 1 }
    }
    #expect(Int(leg.steps[10].peakCount) == peaks)

    let strongest = power.firstIndex(of: highest) ?? 0
    let taken = strongest - 4...strongest + 4
    let rest = bins.filter { !taken.contains($0) }
    let second = rest.max { power[$0] < power[$1] } ?? 0
    let others = (second - 3...second + 3).filter { !taken.contains($0) }
    let lines = power[taken].reduce(0, +) + others.reduce(0) { $0 + power[$1] }
    #expect(abs(leg.steps[10].lineShare - lines / total) < 1e-3)
  }

  @Test func sectionsAreForgottenInSteps() {
    var analyser = FrameAnalyser(sampleRate: 8000, channels: 1, legChannels: [0], ceiling: 32767)
    let samples = Signal.samples(Signal.noise(rms: 0.05, seconds: 2, seed: 3))
    analyser.consume(samples.span)
    let power = analyser.track.legs[0].frames.map(\.power)
    let voicing = analyser.track.legs[0].steps.map(\.voicing)
    analyser.track.removeFirst(frames: 50)
    #expect(analyser.track.firstFrame == 50)
    #expect(analyser.track.legs[0].frames.map(\.power) == Array(power.dropFirst(50)))
    #expect(analyser.track.legs[0].steps.map(\.voicing) == Array(voicing.dropFirst(25)))
  }
}

extension FrameFeatures {
  var bandList: [Float] { (0..<Self.bandCount).map { bands[$0] } }
}
