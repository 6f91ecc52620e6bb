import CallAudio
import CallModel
import Glibc
import TestSupport
import Testing

/// Stereo under a header of one channel.
struct InterleavedTests {
  let folder = TemporaryFolder()

  func notes(_ samples: [Int16]) throws -> [String]? {
    try Reading(folder.write(WaveBytes.pcm16(samples), as: "a.wav")).recording.notes
  }

  /// One second of a tone.
  func tone(_ hertz: Double) -> [Int16] {
    (0..<8000).map { (index: Int) -> Int16 in Int16(8000 * sin(2 * Double.pi * hertz * Double(index) / 8000))
    }
  }

  func inTurn(_ a: [Int16], _ b: [Int16]) -> [Int16] { zip(a, b).flatMap { [$0, $1] } }

  @Test func twoSignalsInTurnAreNoticed() throws {
    let both = folder.write(WaveBytes.pcm16(inTurn(tone(300), tone(410))), as: "b.wav")
    let recording = try Reading(both).recording
    let note = try #require(recording.notes?.first)
    #expect(note.hasPrefix("Even and odd samples are two signals"))
    #expect(recording.faults == [.init(.stereoAsMono, note)])
    let silence = [Int16](repeating: 0, count: 8000)
    #expect(try notes(inTurn(tone(300), silence)) != nil)
  }

  /// A leg alone, noise, tones, and the same sound on both legs are one signal.
  @Test func oneSignalIsNot() throws {
    let silence = [Int16](repeating: 0, count: 8000)
    let offset = [Int16](repeating: 100, count: 8000)
    for single in [
      tone(300), tone(2000), WaveBytes.noise(8000), inTurn(tone(300), tone(300)), silence, offset,
    ] { #expect(try notes(single) == nil) }
  }
}
