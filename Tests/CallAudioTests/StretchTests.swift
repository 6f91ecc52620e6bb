import CallAudio
import CallModel
import TestSupport
import Testing

/// A stretch of a recording has the samples that a whole read has there.
struct StretchTests {
  let folder = TemporaryFolder()
  static let frames = 40_000
  /// Across the edges of blocks of the reader and of GSM, at both ends, and behind the end.
  static let stretches = [
    0..<1, 0..<40_000, 1..<320, 319..<641, 16_383..<16_385, 20_001..<39_999, 39_990..<50_000, 40_000..<40_010,
    50_000..<60_000,
  ]

  func samples(of stretch: Range<Int>, in path: RecordingPath, _ limits: ReadingLimits = ReadingLimits())
    throws
    -> [Int16]
  {
    var reader = try RecordingReader(opening: path, limits: limits)
    var samples: [Int16] = []
    try reader.forEachBlock(in: stretch) { block in
      for index in block.indices { samples.append(block[index]) }
    }
    return samples
  }

  @Test(arguments: [
    LibrarySound.Form.pcmU8, .pcm16, .pcm24, .float, .ulaw, .alaw, .gsm610, .rifx16, .rf64, .wave64, .flac16,
    .opus, .vorbis, .mp3,
  ]) func aStretchIsThatOfAWholeRead(form: LibrarySound.Form) throws {
    let channels = form == .gsm610 ? 1 : 2
    let rate = form == .opus ? 48_000 : 8000
    let path = folder.write([], as: "call.\(form == .mp3 ? "mp3" : form == .flac16 ? "flac" : "wav")")
    // Loud noise brings out a codec whose state differs.
    LibrarySound.write(
      WaveBytes.noise(Self.frames * channels), to: path, as: form, channels: channels, sampleRate: rate)
    let whole = try Reading(path).samples
    for stretch in Self.stretches {
      let clamped = (stretch.lowerBound * channels..<stretch.upperBound * channels).clamped(
        to: 0..<whole.count)
      #expect(try samples(of: stretch, in: path) == Array(whole[clamped]), "\(stretch)")
    }
  }

  @Test func aStretchHasBothLegs() throws {
    var limits = ReadingLimits()
    limits.rules = [ReadingRule(RecordingPath("*-in.wav"), hasLegs: true)]
    let path = folder.write(WaveBytes.pcm16(WaveBytes.noise(Self.frames)), as: "x-in.wav")
    folder.write(WaveBytes.pcm16(WaveBytes.noise(Self.frames - 100).reversed()), as: "x-out.wav")
    let whole = try Reading(path, limits).samples
    for stretch in Self.stretches {
      let clamped = (stretch.lowerBound * 2..<stretch.upperBound * 2).clamped(to: 0..<whole.count)
      #expect(try samples(of: stretch, in: path, limits) == Array(whole[clamped]), "\(stretch)")
    }
  }
}
