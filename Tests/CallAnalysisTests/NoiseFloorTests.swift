import CallModel
import SignalProcessing
import TestSupport
import Testing

@testable import CallAnalysis

/// The floor of a leg of noise alone.
struct NoiseFloorTests {
  /// From loud noise down to where the quantisation noise of G.711 lies; below that the floor stays.
  @Test(arguments: [(1e-2, -40.0), (1e-3, -60), (1.8e-4, -75)])
  func theFloorIsThatOfTheNoise(_ rms: Double, _ level: Double) {
    let noise = Signal.noise(rms: rms, seconds: 20, seed: 5)
    var analyser = FrameAnalyser(sampleRate: 8000, channels: 1, legChannels: [0], ceiling: 32767)
    analyser.consume(Signal.samples(noise).span)
    analyser.finish()
    let leg = analyser.track.legs[0]
    let scene = LegScene.scenes(of: [leg], count: leg.frames.count, settings: AnalysisSettings())[0]
    // The floor is a low percentile, and bands leave out what lies below 125 Hz.
    #expect(abs(Double(scene.floor.level) - level) < 3)
  }
}
