import CallAudio
import CallModel
import Glibc
import TestSupport
import Testing

/// Headers that are unfinished, out of date, cut short or wrong.
struct HeaderTests {
  let folder = TemporaryFolder()
  let wave = WaveBytes()
  let values = WaveBytes.noise(8000)

  func read(_ bytes: [UInt8], _ limits: ReadingLimits = ReadingLimits()) throws(CallFailure) -> Reading {
    try Reading(folder.write(bytes, as: "a.wav"), limits)
  }

  func failure(_ bytes: [UInt8], _ limits: ReadingLimits = ReadingLimits()) -> CallFailure.Reason? {
    do throws(CallFailure) {
      _ = try read(bytes, limits)
      return nil
    } catch {
      return error.error
    }
  }

  /// A mono file of 16-bit samples whose headers claim these lengths, with `tail` behind the samples.
  func file(riff: Int? = nil, data: Int?, tail: [UInt8] = []) -> [UInt8] {
    wave.file(
      wave.format(channels: 1), wave.chunk("data", wave.samples(values), claiming: data), tail, claiming: riff
    )
  }

  /// What Asterisk, libsndfile, Python, ffmpeg and SoX leave when they die, and what 16-bit signs make of it.
  @Test(
    arguments: [
      (0, 0), (nil, 0), (36, 0), (8, 0), (0xFFFF_FFFF, 0xFFFF_FFFF), (0x7FFF_F024, 0x7FFF_F000),
      (0x7FFF_FFFF, 0x7FFF_FFFF), (0xFFFF_FFFE, 0xFFFF_FFFE),
    ] as [(Int?, Int)]) func anUnfinishedHeaderLosesNoSample(riff: Int?, data: Int) throws
  {
    let reading = try read(file(riff: riff, data: data))
    #expect(reading.samples == values)
    #expect(reading.recording.status == .recovered)
  }

  @Test func aHeaderOutOfDateLosesNoSample() throws {
    let reading = try read(file(riff: 36 + 2000, data: 2000))
    #expect(reading.samples == values)
    #expect(reading.recording.status == .recovered)
  }

  @Test(arguments: [
    wave.chunk("LIST", Array("INFOISFT".utf8) + [4, 0, 0, 0] + Array("asdf".utf8)),
    wave.chunk("abcd", [1, 2, 3]), wave.chunk("LIST", [1, 2, 3, 4], claiming: 4000), [1, 2, 3],
  ])
  func whatStandsBehindTheSoundIsNotSound(tail: [UInt8]) throws {
    let reading = try read(file(data: nil, tail: tail))
    #expect(reading.samples == values)
    #expect(reading.recording.status == .ok)
  }

  static let wave = WaveBytes()

  @Test func anEmptySoundBeforeAnotherChunkIsEmpty() {
    let bytes = wave.file(
      wave.format(channels: 1), wave.chunk("data", []), wave.chunk("LIST", Array("INFO".utf8)))
    #expect(failure(bytes)?.code == .empty)
  }

  /// Every length that a copy can stop at.
  @Test func aCutFileIsReadAsFarAsItGoes() throws {
    let whole = file(data: nil)
    for count in [46, 47, 48, 1000, 1001, 9000, whole.count - 321] {
      let reading = try read(Array(whole.prefix(count)))
      #expect(reading.samples == Array(values.prefix((count - 44) / 2)))
      #expect(reading.recording.status == .truncated)
    }
    for count in 1..<44 { #expect(failure(Array(whole.prefix(count)))?.code != .empty, "\(count)") }
    for count in [0, 44, 45] { #expect(failure(Array(whole.prefix(count)))?.code == .empty, "\(count)") }
    for count in 12..<44 { #expect(failure(Array(whole.prefix(count)))?.code == .malformed, "\(count)") }
  }

  @Test func aCutFlacIsReadAsFarAsItGoes() throws {
    let path = folder.path.appending(Array("a.flac".utf8))
    LibrarySound.write(WaveBytes.noise(24_000), to: path, as: .flac16)
    let whole = Oracle(path)
    let reading = try read(Array(whole.bytes.prefix(whole.bytes.count * 2 / 3)))
    #expect(reading.recording.status == .truncated)
    #expect(reading.samples.count > 8000)
    #expect(reading.samples == Array(whole.samples.prefix(reading.samples.count)))
    #expect(failure(Array(whole.bytes.prefix(60)))?.code == .malformed)
    var damaged = whole.bytes
    for index in damaged.count / 3..<damaged.count / 3 + 40 { damaged[index] ^= 0x5A }
    #expect(failure(damaged)?.code == .malformed)
  }

  /// A file as bytes and as samples.
  struct Oracle {
    let bytes: [UInt8]
    let samples: [Int16]
    init(_ path: RecordingPath) {
      bytes = TemporaryFolder.read(path)
      samples = LibrarySound.read(path)
    }
  }

  @Test func aCutGsmIsReadAsFarAsItGoes() throws {
    let path = folder.path.appending(Array("b.wav".utf8))
    LibrarySound.write(values, to: path, as: .gsm610)
    let whole = Oracle(path)
    let reading = try read(Array(whole.bytes.prefix(1000)))
    #expect(reading.samples == Array(whole.samples.prefix(reading.samples.count)))
    #expect(reading.samples.count == (1000 - 60) / 65 * 320)
    #expect(reading.recording.status == .truncated)
  }

  @Test func rf64TakesItsLengthFromDs64() throws {
    let sound = wave.samples(values)
    func file(claiming length: Int) -> [UInt8] {
      wave.file(
        wave.chunk("ds64", wave.number(length + 100, 8) + wave.number(length, 8) + wave.number(0, 12)),
        wave.format(channels: 1), wave.chunk("data", sound, claiming: 0xFFFF_FFFF), magic: "RF64",
        claiming: 0xFFFF_FFFF)
    }
    let right = try read(file(claiming: sound.count))
    #expect(right.samples == values)
    #expect(right.recording.status == .ok)
    #expect(right.recording.container == "RF64")
    let cut = try read(file(claiming: sound.count * 4))
    #expect(cut.samples == values)
    #expect(cut.recording.status == .truncated)
    for length in [0, -1] {
      let unfinished = try read(file(claiming: length))
      #expect(unfinished.samples == values)
      #expect(unfinished.recording.status == .recovered)
    }
  }

  @Test func chunksBeforeTheSoundArePassedOver() throws {
    let sound = wave.chunk("data", wave.samples(values))
    let format = wave.format(channels: 1, extra: [0, 0])
    for before in [wave.chunk("JUNK", [UInt8](repeating: 0, count: 5000)), wave.chunk("bext", [1, 2, 3])] {
      #expect(try read(wave.file(before, format, sound)).samples == values)
      #expect(try read(wave.file(format, before, sound)).samples == values)
    }
    let unpadded = Array(wave.chunk("bext", [1, 2, 3]).dropLast())
    #expect(try read(wave.file(format, unpadded, sound)).samples == values)
  }

  @Test func anExtensibleFormatNamesItsEncodingInAGuid() throws {
    let tail: [UInt8] = [0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
    func file(tag: Int, bits: Int, guid: [UInt8]) -> [UInt8] {
      let extra = wave.number(22, 2) + wave.number(bits, 2) + wave.number(0, 4) + wave.number(tag, 4) + guid
      return wave.file(
        wave.format(tag: 0xFFFE, channels: 1, bits: bits, extra: extra), wave.chunk("data", Array(0...255)))
    }
    let reading = try read(file(tag: 7, bits: 8, guid: tail))
    #expect(reading.encoding == "ULAW")
    #expect(reading.samples.count == 256)
    #expect(failure(file(tag: 7, bits: 8, guid: tail.reversed()))?.code == .unsupportedEncoding)
    #expect(failure(file(tag: 0x55, bits: 8, guid: tail))?.message.contains("MP3 inside WAV (0x55)") == true)
  }

  @Test(arguments: [
    (0x02, "Microsoft ADPCM (0x2)"), (0x11, "IMA ADPCM (0x11)"), (0x55, "MP3 inside WAV (0x55)"),
    (0x83, "G.729 (0x83)"), (0x1234, "an unknown codec (0x1234)"),
  ]) func aCodecThatIsNotReadIsNamed(tag: Int, name: String) {
    let bytes = wave.file(
      wave.format(tag: tag, channels: 1, bits: 4, blockAlign: 256), wave.chunk("data", [1, 2]))
    #expect(failure(bytes)?.code == .unsupportedEncoding)
    #expect(failure(bytes)?.message.contains(name) == true)
  }

  /// Wide samples in blocks that contradict them would be noise at full scale.
  @Test func aFormatThatContradictsItselfIsMalformed() {
    for (tag, bits, align) in [(1, 24, 2), (1, 24, 4), (1, 32, 2), (1, 0, 0), (3, 0, 0)] {
      let bytes = wave.file(
        wave.format(tag: tag, channels: 1, bits: bits, blockAlign: align), wave.chunk("data", [1, 2, 3, 4]))
      #expect(failure(bytes)?.code == .malformed, "\(tag) \(bits) \(align)")
    }
    let wide = wave.file(
      wave.format(channels: 1, bits: 40, blockAlign: 5), wave.chunk("data", [1, 2, 3, 4, 5]))
    #expect(failure(wide)?.code == .unsupportedEncoding)
    let stereoGsm = wave.file(
      wave.format(tag: 0x31, channels: 2, bits: 0, blockAlign: 65),
      wave.chunk("data", Array(repeating: 0, count: 65)))
    #expect(failure(stereoGsm)?.code == .malformed)
    #expect(
      failure(wave.file(wave.format(channels: 0, blockAlign: 2), wave.chunk("data", [1, 2])))?.code
        == .malformed)
    #expect(
      failure(wave.file(wave.format(sampleRate: 0), wave.chunk("data", [1, 2, 3, 4])))?.code == .malformed)
  }

  /// G.711 has 8 bits whatever the header says, as ffmpeg and SoX have it.
  @Test(arguments: [6, 7], [(0, 1), (13, 1), (16, 1), (16, 2), (8, 2), (8, 0), (14, 4)])
  func g711IsReadWhateverTheHeaderSaysOfItsBits(tag: Int, claim: (bits: Int, align: Int)) throws {
    let content = Array(UInt8(0)...255)
    func read(_ bits: Int, _ align: Int) throws -> Reading {
      try self.read(
        wave.file(
          wave.format(tag: tag, channels: 1, bits: bits, blockAlign: align), wave.chunk("data", content)))
    }
    let right = try read(8, 1)
    #expect(right.recording.status == .ok && right.recording.notes == nil)
    let wrong = try read(claim.bits, claim.align)
    #expect(wrong.samples == right.samples && wrong.encoding == right.encoding)
    #expect(wrong.recording.status == .recovered)
    let note = try #require(wrong.recording.notes?.first)
    #expect(note.contains("1 channel of \(claim.bits) bits in \(claim.align) bytes; it was read as"))
  }

  /// Bits beyond those of the sample are no reason to refuse it.
  @Test func g711InAnExtensibleFormatMayClaimMoreValidBits() throws {
    let guid: [UInt8] = [0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
    for valid in [0, 13, 16] {
      let extra = wave.number(22, 2) + wave.number(valid, 2) + wave.number(0, 4) + wave.number(6, 4) + guid
      let bytes = wave.file(
        wave.format(tag: 0xFFFE, channels: 1, bits: 8, extra: extra), wave.chunk("data", Array(0...255)))
      #expect(try read(bytes).samples.count == 256)
    }
  }

  @Test(arguments: [(16, 1), (16, 0), (16, 4), (13, 2), (12, 2), (9, 1), (0, 2)])
  func pcmIsReadByItsBits(bits: Int, align: Int) throws {
    let reading = try read(
      wave.file(
        wave.format(channels: 1, bits: bits, blockAlign: align), wave.chunk("data", wave.samples(values))))
    #expect(reading.samples == values && reading.encoding == "PCM_16")
    #expect(reading.recording.status == .recovered && reading.recording.notes?.count == 1)
  }

  /// A recorder counts a packet that it has not written yet.
  @Test func upToTwentyMillisecondsTooLittleAreNoTruncation() throws {
    let bytes = 2 * values.count
    for (missing, status) in [(2, Recording.Status.ok), (320, .ok), (322, .truncated)] {
      let reading = try read(file(data: bytes + missing))
      #expect(reading.samples == values && reading.recording.status == status, "\(missing)")
    }
    let path = folder.path.appending(Array("g.wav".utf8))
    LibrarySound.write(values, to: path, as: .gsm610)
    let whole = TemporaryFolder.read(path)
    #expect(try read(Array(whole.dropLast(33))).recording.status == .ok)
    #expect(try read(Array(whole.dropLast(65))).recording.status == .truncated)
  }

  /// Where the lengths of file and sound agree, what follows is something else.
  @Test(arguments: [
    Array(#"<?xml version="1.0"?><call agent="anna"/>"#.utf8), [UInt8](repeating: 0, count: 4096),
    Array("TAG".utf8) + [UInt8](repeating: 1, count: 125), WaveBytes().samples(WaveBytes.noise(2000)),
  ])
  func whatStandsBehindAFinishedHeaderIsNotSound(tail: [UInt8]) throws {
    let bytes = file(riff: 36 + 2 * values.count, data: nil, tail: tail)
    let reading = try read(bytes)
    #expect(reading.samples == values && reading.recording.status == .ok)
    #expect(reading.recording.notes?[0].contains("\(tail.count) bytes behind the sound") == true)
  }

  /// Text is no sound even where the header counts it.
  @Test func textBehindTheSoundIsNotSound() throws {
    let tail = Array(String(repeating: #"{"agent": "anna"} "#, count: 1000).utf8)
    for riff in [nil, 0, 36 + 2 * values.count] {
      let reading = try read(file(riff: riff, data: 2 * values.count, tail: tail))
      #expect(reading.samples == values && reading.recording.status == .ok)
    }
  }

  @Test func recordingsThatWereJoinedAreReadAsOne() throws {
    let more = Array(values.reversed())
    let joined = file(data: nil) + WaveBytes.pcm16(more) + WaveBytes.pcm16(values)
    let reading = try read(joined)
    #expect(reading.samples == values + more + values)
    #expect(reading.recording.status == .recovered)
    #expect(
      reading.recording.notes
        == [1.0, 2.0].map {
          "Two recordings were joined in one file: another begins at \($0) s."
        })
    #expect(try read(Array(joined.dropLast(4000))).recording.status == .truncated)

    let path = folder.path.appending(Array("g.wav".utf8))
    LibrarySound.write(values, to: path, as: .gsm610)
    let gsm = TemporaryFolder.read(path)
    let twice = try read(gsm + gsm)
    let once = try read(gsm)
    #expect(twice.samples.prefix(once.samples.count) == once.samples[...])
    #expect(twice.recording.duration == 2 * once.recording.duration)

    for other in [
      WaveBytes.pcm16(values, sampleRate: 16_000), WaveBytes.pcm16(values, channels: 2), gsm,
    ] {
      #expect(failure(file(data: nil) + other)?.code == .malformed)
      #expect(failure(file(data: nil) + other)?.message.contains("different formats were joined") == true)
    }
  }

  @Test func chunksThatContradictTheFileAreMalformed() {
    let format = wave.format(channels: 1)
    let sound = wave.chunk("data", wave.samples([1, 2, 3]))
    for bytes in [
      wave.file(sound, format), wave.file(format, format, sound), wave.file(format), wave.file(sound),
      wave.file(format, sound, sound),
      wave.file(format, wave.chunk("bext", [], claiming: 0xFFFF_FFF0), sound),
      wave.file(wave.chunk("fmt ", [1, 0, 1, 0]), sound),
      wave.file(wave.chunk("fmt ", [], claiming: -1), sound),
      wave.file((0..<2000).flatMap { _ in wave.chunk("JUNK", []) }, format, sound),
    ] {
      #expect(failure(bytes)?.code == .malformed)
    }
  }

  @Test func limitsAreKeptBeforeAnySampleIsRead() {
    var limits = ReadingLimits()
    limits.maximumDurationH = 0.5 / 3600
    #expect(failure(file(data: nil), limits)?.code == .tooLarge)
    limits.maximumDurationH = 1.0 / 3600
    #expect(failure(file(data: nil), limits) == nil)
    limits.maximumFileMib = 0.01
    #expect(failure(file(data: nil), limits)?.code == .tooLarge)
    func header(channels: Int, sampleRate: Int) -> [UInt8] {
      wave.file(
        wave.format(channels: channels, sampleRate: sampleRate),
        wave.chunk("data", [UInt8](repeating: 1, count: 64 * channels)))
    }
    #expect(failure(header(channels: 9, sampleRate: 8000))?.code == .tooLarge)
    #expect(failure(header(channels: 65_535, sampleRate: 8000))?.code != nil)
    #expect(failure(header(channels: 1, sampleRate: 1))?.code == .unsupportedEncoding)
    #expect(failure(header(channels: 1, sampleRate: 192_001))?.code == .tooLarge)
    #expect(failure(header(channels: 8, sampleRate: 192_000)) == nil)
    #expect(failure(header(channels: 1, sampleRate: 4000)) == nil)
  }

  /// The container's own count of samples is checked, and so is what really comes.
  @Test func aLongFlacIsRefused() {
    let path = folder.path.appending(Array("a.flac".utf8))
    LibrarySound.write(Array(repeating: 0, count: 80_000), to: path, as: .flac16)
    var limits = ReadingLimits()
    limits.maximumDurationH = 9.0 / 3600
    let failure = #expect(throws: CallFailure.self) { try Reading(path, limits) }
    #expect(failure?.error.code == .tooLarge)
  }

  @Test func aLinkIsFollowedOnlyWhereItMayBe() throws {
    let target = folder.write(file(data: nil), as: "target.wav")
    let link = folder.link("link.wav", to: target.text)
    #expect(try Reading(link).samples == values)
    let failure = #expect(throws: CallFailure.self) {
      _ = try RecordingReader(opening: link, limits: ReadingLimits(), followingLinks: false)
    }
    #expect(failure?.error.code == .unreadable)
    #expect(failure?.error.message.contains("symbolic link") == true)
  }

  @Test func aFileWrittenToWhileItIsReadIsRefused() throws {
    let bytes = file(data: nil)
    let path = folder.write(bytes, as: "live.wav")
    var reader = try RecordingReader(opening: path, limits: ReadingLimits())
    try reader.forEachBlock { _ in }
    folder.write(bytes + bytes, as: "live.wav")
    do throws(CallFailure) {
      _ = try reader.finish()
      Issue.record("it was taken")
    } catch {
      #expect(error.error.code == .changedWhileReading)
    }
  }

  @Test func aFileCutWhileItIsReadIsRefused() throws {
    let path = folder.write(WaveBytes.pcm16(WaveBytes.noise(100_000)), as: "live.wav")
    var reader = try RecordingReader(opening: path, limits: ReadingLimits())
    folder.write(file(data: nil), as: "live.wav")
    do throws(CallFailure) {
      try reader.forEachBlock { _ in }
      Issue.record("it was taken")
    } catch {
      #expect(error.error.code == .changedWhileReading)
    }
  }

  /// A folder put in the place of the open file fails every read, as a mount does that went away.
  @Test func aReadThatFailsIsNotTheEndOfTheSound() throws {
    // Behind the sound stands something that only the hash reads.
    let tail = wave.chunk("LIST", [UInt8](repeating: 1, count: 100))
    let path = folder.write(file(data: nil, tail: tail), as: "gone.wav")
    func failReads() throws {
      let opened = (0..<1024).first { descriptor in
        var target = [CChar](repeating: 0, count: Int(PATH_MAX))
        readlink("/proc/self/fd/\(descriptor)", &target, target.count - 1)
        return target.prefix { $0 != 0 } == path.bytes.map(CChar.init(bitPattern:))[...]
      }
      let other = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      dup2(other, Int32(try #require(opened)))
      close(other)
    }
    func code(_ failsLate: Bool) throws -> CallFailure.Code? {
      do throws(CallFailure) {
        var reader = try RecordingReader(opening: path, limits: ReadingLimits())
        if !failsLate { try? failReads() }
        try reader.forEachBlock { _ in }
        if failsLate { try? failReads() }
        _ = try reader.finish()
        return nil
      } catch {
        return error.error.code
      }
    }
    #expect(try code(false) == .unreadable)
    #expect(try code(true) == .unreadable)
  }

  @Test(arguments: [
    ("<!DOCTYPE html><title>404</title>", "web page"), ("Dear customer, press one", "text"),
    ("\0\0\0\u{20}ftypM4A \0\0\0\0", "MPEG-4"), ("\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "zeros"),
    ("RIFF\0\0\0\0AVI LIST", "RIFF"),
  ]) func whatIsNoSoundIsNamed(content: String, name: String) {
    let reason = failure(Array(content.utf8))
    #expect(reason?.code == .notAudio)
    #expect(reason?.message.contains(name) == true)
  }

  @Test func aiffIsNamedAndNotRead() {
    let path = folder.path.appending(Array("a.wav".utf8))
    LibrarySound.write(values, to: path, as: .aiff)
    let failure = #expect(throws: CallFailure.self) { try Reading(path) }
    #expect(failure?.error.code == .unsupportedEncoding)
    #expect(failure?.error.message.contains("AIFF") == true)
  }
}

/// Headers with bytes changed at random, the same in every run. What is read must fit into the file; a trap
/// or a loop would end the tests.
struct MutatedHeaderTests {
  @Test(arguments: [
    LibrarySound.Form.pcm16, .ulaw, .float, .gsm610, .extensible16, .rifx16, .rf64, .wave64, .flac16,
  ])
  func noHeaderMakesTheReaderFail(form: LibrarySound.Form) {
    let folder = TemporaryFolder()
    let path = folder.path.appending(Array("a.wav".utf8))
    LibrarySound.write(WaveBytes.noise(640), to: path, as: form)
    let whole = TemporaryFolder.read(path)
    var random = WaveBytes.noise(20_000).lazy.map { Int($0) + 32_768 }.makeIterator()
    var verdicts: Set<String> = []
    for _ in 0..<500 {
      var bytes = whole
      for _ in 0...random.next()! % 3 {
        let index = random.next()! % min(bytes.count, 120)
        bytes[index] = [0, 1, 0x7F, 0x80, 0xFF, UInt8(random.next()! >> 8)][random.next()! % 6]
      }
      folder.write(bytes, as: "a.wav")
      do throws(CallFailure) {
        let reading = try Reading(path)
        #expect((1...bytes.count * 8).contains(reading.samples.count))
        #expect(reading.samples.count % reading.recording.channels == 0)
        verdicts.insert(reading.recording.status.rawValue)
      } catch {
        #expect(error.error.message.hasSuffix("."))
        verdicts.insert(error.error.code.rawValue)
      }
    }
    #expect(verdicts.isSuperset(of: ["ok", "malformed"]))
  }
}
