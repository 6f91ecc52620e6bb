import CallAudio
import CallModel
import TestSupport
import Testing

/// All samples of a recording, with what the reader says of it.
struct Reading {
  var samples: [Int16] = []
  var blocks: [Int] = []
  var encoding = ""
  var recording: Recording

  /// Reads the file at `path` to its end.
  init(_ path: RecordingPath, _ limits: ReadingLimits = ReadingLimits()) throws(CallFailure) {
    var reader = try RecordingReader(opening: path, limits: limits)
    var samples: [Int16] = []
    var blocks: [Int] = []
    encoding = reader.encoding
    try reader.forEachBlock { block in
      blocks.append(block.count)
      for index in block.indices { samples.append(block[index]) }
    }
    recording = try reader.finish()
    self.samples = samples
    self.blocks = blocks
  }
}

/// Every form of sound that is read, against the formula of its samples or against libsndfile used plainly.
struct EncodingTests {
  let folder = TemporaryFolder()
  let wave = WaveBytes()

  /// Reads a WAV of this format and content.
  func read(
    tag: Int, bits: Int, _ content: [UInt8], channels: Int = 1, wave: WaveBytes = WaveBytes()
  ) throws -> Reading {
    try Reading(
      folder.write(
        wave.file(wave.format(tag: tag, channels: channels, bits: bits), wave.chunk("data", content)),
        as: "a.wav"))
  }

  @Test func pcm16IsReadAsItStands() throws {
    let block = RecordingReader.framesPerBlock
    let values = WaveBytes.noise(2 * block + 809) + [.min, .max, 0]
    let reading = try read(tag: 1, bits: 16, wave.samples(values))
    #expect(reading.samples == values)
    #expect(reading.blocks == [block, block, 812])
    #expect(reading.encoding == "PCM_16")
    let recording = reading.recording
    #expect(recording.container == "WAV")
    #expect(recording.encoding == "PCM_16")
    #expect(recording.sampleRate == 8000)
    #expect(recording.channels == 1)
    #expect(recording.status == .ok)
    #expect(recording.duration == 4.198)
    #expect(recording.bytes == 44 + 2 * values.count)
  }

  @Test func theHashIsThatOfTheWholeFile() throws {
    let reading = try Reading(folder.write(WaveBytes.pcm16([1, 2, 3, 4]), as: "a.wav"))
    // of the same 52 bytes, packed and hashed by Python
    #expect(reading.recording.sha256 == "1150a432617b72bccee53a920990b162f94780712fedce50e525c739e6c104b3")
  }

  /// What stands before and behind the sound, and is passed over for it, is hashed all the same.
  @Test(arguments: [
    (5001, 0, "6e2463e7929ec08387a6f9755d85959fd9ab983951d71e43042fbedc920dc885"),
    (100000, 0, "0b43dc117cf9f17c205f35cfee2ab1afe8fc1f244a8ce7d177a54bd755ebed5d"),
    (0, 301, "939fe8d8b2d150b652ec79ed0946a328a39040649fbb2534e43c535aca7676be"),
    (70000, 70000, "6c9110c29736fa8d16c7e1a6ff541864b3ec0e0377b780a984cb7b9a12b691d1"),
  ]) func theHashIsThatOfWhatIsPassedOverToo(before: Int, behind: Int, hash: String) throws {
    let bytes = wave.file(
      wave.chunk("JUNK", [UInt8](repeating: 1, count: before)), wave.format(),
      wave.chunk("data", wave.samples((0..<40_000).map { Int16($0 % 251) })),
      wave.chunk("LIST", [UInt8](repeating: 2, count: behind)))
    // of the same bytes, packed and hashed by Python
    #expect(try Reading(folder.write(bytes, as: "a.wav")).recording.sha256 == hash)
  }

  @Test(arguments: 1...8) func everyNumberOfChannelsStaysInterleaved(channels: Int) throws {
    let block = RecordingReader.framesPerBlock
    let values = WaveBytes.noise(channels * (block + 904))
    let reading = try read(tag: 1, bits: 16, wave.samples(values), channels: channels)
    #expect(reading.samples == values)
    #expect(reading.blocks == [block * channels, 904 * channels])
  }

  @Test func wholeBlocksGiveNoEmptyOneAtTheEnd() throws {
    let block = RecordingReader.framesPerBlock
    #expect(try read(tag: 1, bits: 16, wave.samples(WaveBytes.noise(2 * block))).blocks == [block, block])
    #expect(try read(tag: 1, bits: 16, wave.samples(WaveBytes.noise(1))).blocks == [1])
  }

  @Test func pcmU8IsCentredAndScaled() throws {
    let reading = try read(tag: 1, bits: 8, Array(0...255))
    #expect(reading.samples == (0...255).map { Int16(($0 - 128) * 256) })
    #expect(reading.encoding == "PCM_U8")
  }

  @Test func wideSamplesKeepTheirTopSixteenBits() throws {
    let values = WaveBytes.noise(500)
    let of24 = try read(tag: 1, bits: 24, values.flatMap { [0xFF] + wave.number(Int($0), 2) })
    #expect(of24.samples == values)
    #expect(of24.encoding == "PCM_24")
    let of32 = try read(tag: 1, bits: 32, values.flatMap { [0xFF, 0xFF] + wave.number(Int($0), 2) })
    #expect(of32.samples == values)
    #expect(of32.encoding == "PCM_32")
  }

  @Test func floatsAreScaledRoundedAndClamped() throws {
    let values: [Float] = [
      0, 1, -1, 0.5, -0.25, 1 / 32768, 0.4 / 32768, 0.6 / 32768, 2, -2, 1e38, .nan, .infinity, -.infinity,
    ]
    let expected: [Int16] = [0, 32767, -32768, 16384, -8192, 1, 0, 1, 32767, -32768, 32767, 0, 0, 0]
    let single = try read(tag: 3, bits: 32, values.flatMap { wave.number(Int($0.bitPattern), 4) })
    #expect(single.samples == expected)
    #expect(single.encoding == "FLOAT")
    let double = try read(
      tag: 3, bits: 64, values.flatMap { wave.number(Int(bitPattern: UInt(Double($0).bitPattern)), 8) })
    #expect(double.samples == expected)
    #expect(double.encoding == "DOUBLE")
  }

  /// ITU-T G.711, table 2a: a chord of 4 bits, 16 steps, sign; here scaled to 16 bits.
  @Test func muLawFollowsG711() throws {
    let expected = (0...255).map { code -> Int16 in
      let bits = ~code & 0xFF
      let magnitude = (((bits & 15) * 2 + 33) << (bits >> 4 & 7)) - 33
      return Int16((bits & 0x80 == 0 ? magnitude : -magnitude) * 4)
    }
    let reading = try read(tag: 7, bits: 8, Array(0...255))
    #expect(reading.samples == expected)
    #expect(reading.samples.max() == 32124)
    #expect(reading.encoding == "ULAW")
  }

  /// ITU-T G.711, table 1a, even bits inverted; here scaled to 16 bits.
  @Test func aLawFollowsG711() throws {
    let expected = (0...255).map { code -> Int16 in
      let bits = code ^ 0x55
      let (chord, step) = (bits >> 4 & 7, bits & 15)
      let magnitude = chord == 0 ? step * 2 + 1 : (step * 2 + 33) << (chord - 1)
      return Int16((bits & 0x80 == 0 ? -magnitude : magnitude) * 8)
    }
    let reading = try read(tag: 6, bits: 8, Array(0...255))
    #expect(reading.samples == expected)
    #expect(reading.samples.max() == 32256)
    #expect(reading.encoding == "ALAW")
  }

  @Test func rifxHasItsHighestByteFirst() throws {
    let values = WaveBytes.noise(300)
    let big = WaveBytes(isBigEndian: true)
    let reading = try read(tag: 1, bits: 16, big.samples(values), wave: big)
    #expect(reading.samples == values)
    #expect(reading.recording.container == "RIFX")
  }

  @Test(arguments: [
    (LibrarySound.Form.pcmU8, "WAV", "PCM_U8"), (.pcm16, "WAV", "PCM_16"), (.pcm24, "WAV", "PCM_24"),
    (.pcm32, "WAV", "PCM_32"), (.ulaw, "WAV", "ULAW"), (.alaw, "WAV", "ALAW"), (.gsm610, "WAV", "GSM610"),
    (.extensible16, "WAV", "PCM_16"), (.rifx16, "RIFX", "PCM_16"), (.rf64, "RF64", "PCM_16"),
    (.wave64, "W64", "PCM_16"), (.flac16, "FLAC", "FLAC_16"), (.flac24, "FLAC", "FLAC_24"),
  ]) func whatLibsndfileWritesIsReadAsItReadsIt(form: LibrarySound.Form, container: String, encoding: String)
    throws
  {
    for channels in form == .gsm610 ? [1] : [1, 2] {
      let path = folder.path.appending(Array("a.wav".utf8))
      LibrarySound.write(WaveBytes.noise(9600 * channels), to: path, as: form, channels: channels)
      let reading = try Reading(path)
      #expect(reading.samples.count == 9600 * channels)
      #expect(reading.samples == LibrarySound.read(path))
      #expect(reading.recording.container == container)
      #expect(reading.recording.encoding == encoding)
      #expect(reading.recording.status == .ok)
    }
  }

  @Test func theFactChunkCutsThePaddingOfGsm() throws {
    let path = folder.path.appending(Array("a.WAV".utf8))
    LibrarySound.write(WaveBytes.noise(8000), to: path, as: .gsm610)
    let reading = try Reading(path)
    #expect(reading.samples.count == 8000)
    #expect(LibrarySound.read(path).count == 8320)
    #expect(reading.recording.duration == 1)
  }

  @Test(arguments: [(LibrarySound.Form.opus, "OPUS"), (.vorbis, "VORBIS")])
  func oggIsReadUnlessItIsForbidden(form: LibrarySound.Form, encoding: String) throws {
    let path = folder.path.appending(Array("a.ogg".utf8))
    LibrarySound.write(WaveBytes.noise(16_000).map { $0 / 8 }, to: path, as: form, sampleRate: 16_000)
    var limits = ReadingLimits()
    limits.allowOgg = false
    let reading = try Reading(path)
    #expect(reading.samples == LibrarySound.read(path))
    #expect(reading.recording.encoding == encoding)
    #expect(reading.recording.container == "OGG")
    let failure = #expect(throws: CallFailure.self) { try Reading(path, limits) }
    #expect(failure?.error.code == .unsupportedEncoding)
    #expect(failure?.error.message.contains("allow_ogg") == true)
  }

  @Test func mp3IsReadUnlessItIsForbidden() throws {
    let path = folder.path.appending(Array("a.mp3".utf8))
    LibrarySound.write(WaveBytes.noise(16_000).map { $0 / 8 }, to: path, as: .mp3)
    var limits = ReadingLimits()
    limits.allowMp3 = false
    let reading = try Reading(path)
    #expect(reading.samples == LibrarySound.read(path))
    #expect(reading.recording.encoding == "MPEG_LAYER_III")
    let failure = #expect(throws: CallFailure.self) { try Reading(path, limits) }
    #expect(failure?.error.code == .unsupportedEncoding)
    #expect(failure?.error.message.contains("allow_mp3") == true)
  }
}
