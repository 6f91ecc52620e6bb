import SignalProcessing
import TestSupport
import Testing

@testable import CallAnalysis

struct SpeechLevelTests {
  private func level(_ signal: [Double], rate: Int) -> Double? {
    var analyser = FrameAnalyser(sampleRate: rate, channels: 1, legChannels: [0], ceiling: 32767)
    analyser.consume(Signal.samples(signal).span)
    analyser.finish()
    let leg = analyser.track.legs[0]
    var meter = SpeechLevel()
    for frame in leg.frames { meter.consume(frame) }
    return meter.level
  }

  @Test(arguments: [8000, 16000]) func agreesWithTheFormForSamples(_ rate: Int) throws {
    for amplitude in [0.5, 0.1, 0.02] {
      for pause in [0.3, 1.0, 3.0] {
        var signal: [Double] = []
        for pitch in [110.0, 180, 140] {
          signal += Signal.voice(pitch: pitch, amplitude: amplitude, seconds: 1.2, rate: rate)
          signal += Signal.noise(rms: 1e-4, seconds: pause, rate: rate, seed: UInt64(pitch))
        }
        let expected = try #require(Slow.activeSpeechLevel(signal, rate: rate))
        #expect(abs(try #require(level(signal, rate: rate)) - expected) < 0.2)
      }
    }
  }

  @Test func aPauseDoesNotLowerIt() throws {
    let speech = Signal.voice(pitch: 150, amplitude: 0.2, seconds: 3)
    let alone = try #require(level(speech, rate: 8000))
    let withPause = try #require(level(speech + Signal.silence(seconds: 20), rate: 8000))
    #expect(abs(alone - withPause) < 0.6)
  }

  @Test func silenceHasNone() {
    #expect(level(Signal.silence(seconds: 2), rate: 8000) == nil)
  }
}
