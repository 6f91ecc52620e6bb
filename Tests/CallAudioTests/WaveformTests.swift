import CallAudio
import CallModel
import Foundation
import TestSupport
import Testing

struct WaveformTests {
  let folder = TemporaryFolder()

  /// The lowest and highest sample of each stretch, channel by channel, as audiowaveform's format has it.
  @Test func peaksAreThoseOfTheSamples() throws {
    let samples = WaveBytes.noise(2 * 8000 + 2 * 77)
    let path = folder.write(WaveBytes.pcm16(samples, channels: 2), as: "call.wav")
    let waveform = try Waveform(of: path, limits: ReadingLimits())
    #expect(waveform.samplesPerPixel == 256 && waveform.sampleRate == 8000 && waveform.channels == 2)
    #expect(waveform.length == (8077 + 255) / 256)
    #expect(waveform.data.count == 2 * 2 * waveform.length)
    for pixel in 0..<waveform.length {
      for channel in 0..<2 {
        let mine = (256 * pixel..<min(256 * (pixel + 1), 8077)).map { samples[2 * $0 + channel] }
        let at = 2 * (2 * pixel + channel)
        #expect(Int(waveform.data[at]) == Int(mine.min()! >> 8))
        #expect(Int(waveform.data[at + 1]) == Int(mine.max()! >> 8))
      }
    }
    let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(waveform))
    let keys = Set(try #require(object as? [String: Any]).keys)
    #expect(
      keys == ["version", "channels", "sample_rate", "samples_per_pixel", "bits", "length", "data"])
  }

  @Test func whatIsNoRecordingHasNoWaveform() throws {
    let path = folder.write(Array("text".utf8), as: "note.wav")
    let failure = #expect(throws: CallFailure.self) { try Waveform(of: path, limits: ReadingLimits()) }
    #expect(failure?.error.code == .notAudio)
  }
}
