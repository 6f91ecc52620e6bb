import CallModel
import TestSupport
import Testing

/// Figures of one voice against the formula that it was made by.
struct MeasureTests {
  private func agent(_ voice: [Double], noise rms: Double) -> (summary: PartySummary, samples: [Int16]) {
    let silence = Signal.silence(seconds: 3)
    let quiet = silence + voice + silence
    let noise = Signal.noise(rms: rms, seconds: Double(quiet.count) / 8000, seed: 7)
    let samples = Signal.samples(zip(quiet, noise).map { $0 + $1 })
    return (Calls.summary(of: samples.flatMap { [$0, 0] }).parties.agent, samples)
  }

  @Test(arguments: [95.0, 140, 210]) func pitchAndPaceAreThoseOfTheVoice(_ pitch: Double) throws {
    let summary = agent(Signal.voice(pitch: pitch, amplitude: 0.3, seconds: 12), noise: 3e-4).summary
    let measured = try #require(summary.pitch)
    #expect(abs(measured.median / pitch - 1) < 0.04)
    // The pitch glides by 15 % to both sides as a sine: four fifths of it lie within 14.3 %.
    #expect(abs(measured.p10 / pitch - 0.857) < 0.04)
    #expect(abs(measured.p90 / pitch - 1.143) < 0.04)
    // A syllable lasts 200 ms.
    #expect(abs(try #require(summary.pace) - 5) < 0.5)
  }

  @Test(arguments: [(1e-4, -80.0), (1e-3, -60), (1e-2, -40)])
  func noiseIsThatOfTheLine(_ rms: Double, _ level: Double) throws {
    let summary = agent(Signal.voice(pitch: 140, amplitude: 0.3, seconds: 6), noise: rms).summary
    #expect(abs(try #require(summary.noise) - level) < 1.5)
  }

  @Test func clippedRunsAreCountedByTheMinuteOfSpeech() throws {
    let (summary, samples) = agent(Signal.voice(pitch: 140, amplitude: 4, seconds: 6), noise: 3e-4)
    var runs = 0
    var length = 0
    for sample in samples {
      length = sample >= 32767 || sample <= -32767 ? length + 1 : 0
      if length == 3 { runs += 1 }
    }
    let talk = try #require(summary.talk)
    #expect(runs > 20)
    #expect(abs(try #require(summary.line?.clippingPerMinute) / (Double(runs) * 60 / talk) - 1) < 0.02)
  }
}
