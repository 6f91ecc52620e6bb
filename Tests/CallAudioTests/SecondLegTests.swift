import CallAudio
import CallModel
import TestSupport
import Testing

/// Two files of one party each, as Asterisk's `Monitor()` writes them.
struct SecondLegTests {
  let folder = TemporaryFolder()
  var limits: ReadingLimits {
    var limits = ReadingLimits()
    limits.rules = [ReadingRule(RecordingPath("*-in.wav"), hasLegs: true)]
    return limits
  }

  func write(_ samples: [Int16], _ name: String, sampleRate: Int = 8000, channels: Int = 1) -> RecordingPath {
    folder.write(WaveBytes.pcm16(samples, channels: channels, sampleRate: sampleRate), as: name)
  }

  /// Over several blocks, and where one leg is longer than the other.
  @Test(arguments: [0, 1, 7999]) func bothAreTheChannelsOfOneRecording(missing: Int) throws {
    let (first, second) = (WaveBytes.noise(40_000), Array(WaveBytes.noise(40_000).reversed()))
    for (a, b) in [(first, Array(second.dropLast(missing))), (Array(first.dropLast(missing)), second)] {
      let path = write(a, "x-in.wav")
      let other = write(b, "x-out.wav")
      let reading = try Reading(path, limits)
      var expected: [Int16] = []
      for index in 0..<40_000 {
        expected.append(index < a.count ? a[index] : 0)
        expected.append(index < b.count ? b[index] : 0)
      }
      #expect(reading.samples == expected && reading.recording.channels == 2)
      #expect(
        reading.recording.duration == 5 && reading.recording.notes == ["The second channel is x-out.wav."])
      #expect(limits.secondLeg(of: path) == other && limits.firstLeg(of: other) == path)
      #expect(limits.firstLeg(of: path) == nil && limits.secondLeg(of: other) == nil)
    }
  }

  /// A leg of which gaps were left out, of another rate, of two channels, or none: each file is a recording.
  @Test func legsThatDoNotFitAreNotPutTogether() throws {
    let values = WaveBytes.noise(40_000)
    let path = write(values, "x-in.wav")
    let others: [() -> RecordingPath] = [
      { write(Array(values.dropLast(8001)), "x-out.wav") },
      { write(values, "x-out.wav", sampleRate: 16_000) },
      { write(values, "x-out.wav", channels: 2) }, { folder.write([], as: "x-out.wav") },
    ]
    for other in others {
      let second = other()
      #expect(try Reading(path, limits).recording.channels == 1)
      #expect(limits.firstLeg(of: second) == nil)
    }
    // Both files say that gaps were left out.
    let short = others[0]()
    for (leg, sentence) in [(path, "x-out.wav, is 1.0 s shorter"), (short, "x-in.wav, is 1.0 s longer")] {
      let fault = try #require(try Reading(leg, limits).recording.faults?.first)
      #expect(fault.code == .legsUnaligned && fault.message.contains(sentence), "\(fault.message)")
    }
    _ = write(values, "x-out.wav")
    #expect(try Reading(path).samples == values)
  }
}
