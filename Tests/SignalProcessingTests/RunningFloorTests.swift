import TestSupport
import Testing

@testable import SignalProcessing

struct RunningFloorTests {
  private func leg(_ signal: [Double]) -> LegTrack {
    var analyser = FrameAnalyser(sampleRate: 8000, channels: 1, legChannels: [0], ceiling: 32767)
    analyser.consume(Signal.samples(signal).span)
    analyser.finish()
    return analyser.track.legs[0]
  }

  /// Which steps the floor lets through.
  private func admitted(_ signal: [Double]) -> [Bool] {
    var floor = RunningFloor()
    let leg = leg(signal)
    return leg.frames.withUnsafeBufferPointer { frames in
      leg.steps.indices.map { step in
        let first = frames.baseAddress! + 2 * step
        return floor.admits(first.bands, (first + 1).bands)
      }
    }
  }

  @Test func steadyNoiseIsShutOutOnceTheFloorIsKnown() {
    let admitted = admitted(Signal.noise(rms: 0.003, seconds: 10, seed: 1))
    #expect(admitted[..<48].allSatisfy { $0 })
    #expect(admitted[100...].count { $0 } < 25)
  }

  @Test func aVoiceIsLetThroughAfterSecondsWithoutAPause() {
    let voice = Signal.voice(pitch: 130, amplitude: 0.2, seconds: 12)
    let noise = Signal.noise(rms: 0.001, seconds: 12, seed: 2)
    let signal = zip(voice, noise).map { $0 + $1 }
    let (admitted, leg) = (admitted(signal), leg(signal))
    let all = admitted.indices.filter { leg.frames[2 * $0].power > 1e-4 }
    #expect(all.count > 300)
    #expect(all.allSatisfy { admitted[$0] })
  }

  @Test func soundInDigitalSilenceIsAlwaysLetThrough() {
    let sound = Signal.noise(rms: 0.0005, seconds: 1, seed: 4)
    let admitted = admitted(Signal.silence(seconds: 3) + sound + Signal.silence(seconds: 3) + sound)
    #expect(admitted[151..<199].allSatisfy { $0 })
    #expect(admitted[351..<398].allSatisfy { $0 })
  }

  @Test func aFloorThatTheSoundFallsBelowIsUnknown() {
    let loud = Signal.noise(rms: 0.1, seconds: 10, seed: 5)
    let quiet = Signal.noise(rms: 0.002, seconds: 10, seed: 6)
    let admitted = admitted(loud + quiet)
    #expect(admitted[300..<480].count { !$0 } > 150)
    #expect(admitted[502..<884].allSatisfy { $0 })
    #expect(admitted[890...].count { !$0 } > 80)
  }

  @Test(arguments: [0.1, 3.0]) func aGainChangesNothing(_ gain: Double) {
    let voice = Signal.voice(pitch: 130, amplitude: 0.1, seconds: 2)
    let noise = Signal.noise(rms: 0.005, seconds: 6, seed: 2)
    let signal = noise.enumerated().map { index, sample in
      sample + (16000..<32000 ~= index ? voice[index - 16000] : 0)
    }
    let (one, other) = (admitted(signal), admitted(signal.map { $0 * gain }))
    // Rounding to 16 bits may move what lies at the threshold.
    #expect(zip(one, other).count { $0 != $1 } <= 2)
    #expect(one.contains(false))
  }

  @Test(arguments: [37, 80, 1279, 5000]) func blocksOfEverySizeHaveTheSameFloor(_ block: Int) {
    let noise = Signal.noise(rms: 0.005, seconds: 4, seed: 2)
    let voice = Signal.silence(seconds: 2) + Signal.voice(pitch: 130, amplitude: 0.05, seconds: 2)
    let samples = Signal.samples(zip(noise, voice).map { $0 + $1 })
    var analyser = FrameAnalyser(sampleRate: 8000, channels: 1, legChannels: [0], ceiling: 32767)
    for start in stride(from: 0, to: samples.count, by: block) {
      analyser.consume(samples.span.extracting(start..<min(samples.count, start + block)))
    }
    analyser.finish()
    let whole = leg(zip(noise, voice).map { $0 + $1 }).steps.map(\.voicing)
    #expect(analyser.track.legs[0].steps.map(\.voicing) == whole)
    #expect(whole[60..<100].contains(0))
  }

  /// A loud tone before a quiet call takes nothing of its voice, frame for frame: features remember no loudness. The floor
  /// is another one for a while, so that in pauses other windows of noise are transformed.
  @Test(arguments: [0, 1e-4, 3e-4]) func aLoudToneBeforeAQuietVoiceChangesNothing(_ hiss: Double) {
    let quiet = Signal.voice(pitch: 120, amplitude: 0.01, seconds: 6)
    let noise = Signal.noise(rms: hiss, seconds: 9, seed: 8)
    func call(_ start: [Double]) -> [StepFeatures] {
      leg(zip(start + quiet, noise).map { $0 + $1 }).steps
    }
    let toned = call(Signal.sine(440, amplitude: 0.708, seconds: 3))
    let plain = call(Signal.silence(seconds: 3))
    // The tone ends with step 150; the window of step 151 touches it.
    var voiced = 0
    for step in 152..<plain.count where max(toned[step].voicing, plain[step].voicing) > 0.3 {
      voiced += 1
      #expect(abs(toned[step].voicing - plain[step].voicing) < 1e-3)
      #expect(toned[step].pitch == plain[step].pitch)
    }
    #expect(voiced > 200)
  }
}
