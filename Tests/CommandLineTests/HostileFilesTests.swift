import CallModel
import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Files that a share may hold and a program may choke on, each through the built program.
struct HostileFilesTests {
  /// What one line of output must say of a recording: the part of both schemas that concerns the file.
  struct Row: Decodable {
    struct Recording: Decodable {
      var path: String
      var pathB64: String?
      var status: String
      var durationS: Double
      var container: String
      var encoding: String
      var channels: Int
    }
    struct Failure: Decodable {
      var code: String
      var message: String
    }
    var schema: String
    var recording: Recording?
    var error: Failure?
    var path: String?
    var pathB64: String?

    /// The status of what was analysed or the code of what failed.
    var verdict: String { recording?.status ?? error?.code ?? "neither" }
  }

  let folder = TemporaryFolder()
  let wave = WaveBytes()

  func rows(_ run: ProgramRun) throws -> [Row] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try run.lines.map { try decoder.decode(Row.self, from: Data($0.utf8)) }
  }

  /// The one row that the program gives for these bytes.
  func row(_ bytes: [UInt8], as name: String = "call.wav") throws -> Row {
    try row(of: folder.write(bytes, as: name))
  }

  func row(of path: RecordingPath) throws -> Row {
    let run = try ProgramRun.talkspurt([Array("analyze".utf8), path.bytes])
    let rows = try rows(run)
    try #require(rows.count == 1)
    #expect(run.errors == "")
    #expect(run.status == (rows[0].error == nil ? 0 : 3))
    if let message = rows[0].error?.message { #expect(message.hasSuffix(".")) }
    return rows[0]
  }

  func mono(_ count: Int) -> [UInt8] { WaveBytes.pcm16(WaveBytes.noise(count)) }

  /// A header of zeros, as Asterisk writes it first, before `count` samples.
  func unfinished(_ count: Int) -> [UInt8] {
    wave.file(
      wave.format(channels: 1), wave.chunk("data", wave.samples(WaveBytes.noise(count)), claiming: 0),
      claiming: 0)
  }

  @Test func anEmptyFile() throws { #expect(try row([]).verdict == "empty") }

  @Test func aHeaderOnly() throws { #expect(try row(mono(0)).verdict == "empty") }

  @Test func aHeaderOfZerosOnly() throws { #expect(try row(unfinished(0)).verdict == "empty") }

  @Test func aHeaderOfZerosWithSound() throws {
    let row = try row(unfinished(16_000))
    #expect(row.verdict == "ok_recovered")
    #expect(row.recording?.durationS == 2)
  }

  @Test func aHeaderCutInItsMiddle() throws {
    for count in [1, 11, 20, 43] {
      #expect(["not_audio", "malformed"].contains(try row(Array(mono(10).prefix(count))).verdict))
    }
  }

  @Test func soundCutInTheMiddleOfASample() throws {
    let row = try row(Array(mono(16_000).prefix(44 + 16_001)))
    #expect(row.verdict == "ok_truncated")
    #expect(row.recording?.durationS == 1)
  }

  @Test func aHeaderOutOfDate() throws {
    let bytes = wave.file(
      wave.format(channels: 1), wave.chunk("data", wave.samples(WaveBytes.noise(16_000)), claiming: 8000),
      claiming: 8036)
    let row = try row(bytes)
    #expect(row.verdict == "ok_recovered")
    #expect(row.recording?.durationS == 2)
  }

  @Test func text() throws { #expect(try row(Array("Dear customer".utf8)).verdict == "not_audio") }

  @Test func aWebPage() throws {
    #expect(try row(Array("<!DOCTYPE html><html><body>404".utf8)).verdict == "not_audio")
  }

  @Test func anMpeg4() throws {
    let bytes = [0, 0, 0, 0x20] + Array("ftypM4A ".utf8) + [UInt8](repeating: 0, count: 500)
    #expect(try row(bytes).verdict == "not_audio")
  }

  @Test func noiseWithoutAHeader() throws {
    #expect(try row(wave.samples(WaveBytes.noise(1000).map { $0 | 0x101 })).verdict == "not_audio")
  }

  @Test func aFolderNamedAsARecording() throws {
    let inner = folder.makeFolder("folder.wav")
    #expect(try ProgramRun.talkspurt(["analyze", inner.text]).output.isEmpty)
    folder.write(mono(100), as: "folder.wav/a.wav")
    let run = try ProgramRun.talkspurt(["analyze", inner.text])
    #expect(run.status == 0)
    #expect(try rows(run).map(\.recording?.path) == [inner.text + "/a.wav"])
  }

  @Test func aFifo() throws {
    let path = folder.path.appending(Array("fifo.wav".utf8))
    #expect(path.withCString { mkfifo($0, 0o600) } == 0)
    #expect(try row(of: path).verdict == "not_audio")
  }

  @Test func aDevice() throws { #expect(try row(of: RecordingPath("/dev/zero")).verdict == "not_audio") }

  @Test func floatsThatAreNoNumbers() throws {
    let values: [Float] = [
      .nan, .infinity, -.infinity, 1e38, -0.0, 0.5, .signalingNaN, .leastNonzeroMagnitude,
    ]
    let content = (0..<4000).flatMap { wave.number(Int(values[$0 % values.count].bitPattern), 4) }
    let bytes = wave.file(wave.format(tag: 3, channels: 1, bits: 32), wave.chunk("data", content))
    #expect(try row(bytes).verdict == "ok")
  }

  @Test func aTebibyteOfNothing() throws {
    let length = 1 << 40
    let header = wave.file(
      wave.chunk("ds64", wave.number(length, 8) + wave.number(length - 1000, 8) + wave.number(0, 12)),
      wave.format(channels: 1), wave.chunk("data", [], claiming: 0xFFFF_FFFF), magic: "RF64",
      claiming: 0xFFFF_FFFF)
    let path = folder.write(header, as: "huge.wav")
    try #require(path.withCString { truncate($0, length) } == 0)
    #expect(try row(of: path).verdict == "too_large")
  }

  @Test func aDayOfSilenceInASparseFile() throws {
    let length = 86_400 * 16_000
    let header = wave.file(wave.format(channels: 1), wave.chunk("data", [], claiming: length))
    let path = folder.write(header, as: "day.wav")
    try #require(path.withCString { truncate($0, length + 44) } == 0)
    #expect(try row(of: path).verdict == "too_large")
  }

  @Test func oneSample() throws {
    let row = try row(mono(1))
    #expect(row.verdict == "ok")
    #expect(row.recording?.durationS == 0)
  }

  @Test func allZeros() throws {
    #expect(try row(WaveBytes.pcm16(Array(repeating: 0, count: 24_000))).verdict == "ok")
  }

  @Test func fullScaleThroughout() throws {
    let values = (0..<24_000).map { $0 % 2 == 0 ? Int16.max : Int16.min }
    #expect(try row(WaveBytes.pcm16(values, channels: 2)).verdict == "ok")
  }

  @Test func eightChannelsAndNine() throws {
    let eight = try row(WaveBytes.pcm16(WaveBytes.noise(8000), channels: 8))
    #expect(eight.verdict == "ok")
    #expect(eight.recording?.channels == 8)
    #expect(try row(WaveBytes.pcm16(WaveBytes.noise(9000), channels: 9)).verdict == "too_large")
    #expect(try row(WaveBytes.pcm16(WaveBytes.noise(9), channels: 65_535)).error != nil)
  }

  @Test func absurdSampleRates() throws {
    #expect(try row(WaveBytes.pcm16([1, 2], sampleRate: 0)).verdict == "malformed")
    #expect(try row(WaveBytes.pcm16([1, 2], sampleRate: 1)).verdict == "unsupported_encoding")
    #expect(try row(WaveBytes.pcm16([1, 2], sampleRate: 2_147_483_647)).verdict == "too_large")
    #expect(try row(WaveBytes.pcm16([1, 2], sampleRate: 4_294_967_295)).verdict == "too_large")
  }

  @Test func aFlacNamedWav() throws {
    let path = folder.path.appending(Array("flac.wav".utf8))
    LibrarySound.write(WaveBytes.noise(8000), to: path, as: .flac16)
    let row = try row(of: path)
    #expect(row.verdict == "ok")
    #expect(row.recording?.container == "FLAC")
  }

  @Test func anMp3NamedWav() throws {
    let path = folder.path.appending(Array("mp3.wav".utf8))
    LibrarySound.write(WaveBytes.noise(8000), to: path, as: .mp3)
    let row = try row(of: path)
    #expect(row.verdict == "ok")
    #expect(row.recording?.container == "MP3")
  }

  @Test func codecsThatAreNotRead() throws {
    for tag in [0x02, 0x11, 0x55, 0x83, 0x1234, 0xFFFF] {
      let bytes = wave.file(
        wave.format(tag: tag, channels: 1, bits: 4, blockAlign: 256),
        wave.chunk("data", [UInt8](repeating: 0xFF, count: 512)))
      #expect(try row(bytes).verdict == "unsupported_encoding")
    }
  }

  @Test func twoDataChunksAndTwoFilesInOne() throws {
    let sound = wave.chunk("data", wave.samples(WaveBytes.noise(100)))
    #expect(try row(wave.file(wave.format(channels: 1), sound, sound)).verdict == "malformed")
    #expect(try row(mono(100) + mono(100)).verdict == "ok_recovered")
  }

  @Test func chunksOfAbsurdLength() throws {
    let (format, sound) = (wave.format(channels: 1), wave.chunk("data", wave.samples(WaveBytes.noise(100))))
    for length in [0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0, 0xFFFF_FFFF] {
      for id in ["fmt ", "bext", "LIST", "zzzz"] {
        #expect(
          try row(wave.file(wave.chunk(id, [], claiming: length), format, sound)).verdict == "malformed")
      }
      let claimed = wave.chunk("data", wave.samples(WaveBytes.noise(100)), claiming: length)
      #expect(try row(wave.file(format, claimed)).verdict == "ok_recovered")
    }
  }

  @Test func lengthsThatOverflow() throws {
    let ds64 = wave.chunk("ds64", [UInt8](repeating: 0xFF, count: 28))
    let sound = wave.chunk("data", wave.samples(WaveBytes.noise(100)), claiming: 0xFFFF_FFFF)
    let bytes = wave.file(ds64, wave.format(channels: 1), sound, magic: "RF64", claiming: 0xFFFF_FFFF)
    #expect(try row(bytes).verdict == "ok_recovered")
  }

  /// A name in bytes that are not UTF-8, one with a line break, one for a spreadsheet to trip over.
  @Test func namesThatAreTraps() throws {
    let names: [[UInt8]] = [
      Array("\n=cmd|'x'!A0\r\n.wav".utf8), [0x63, 0xE9, 0xFF] + Array(".wav".utf8),
      Array("\"\\\u{1B}[31m.wav".utf8),
    ]
    for name in names {
      let path = folder.write(mono(100), as: name)
      let row = try row(of: path)
      #expect(row.verdict == "ok")
      #expect(row.recording?.path == path.text)
      #expect(row.recording?.pathB64 == path.base64)
    }
    let missing = folder.path.appending([0xFF])
    let row = try row(of: missing)
    #expect(row.verdict == "unreadable")
    #expect(row.pathB64 == missing.base64)
    #expect(row.pathB64 != nil)
  }

  @Test func namesThatLookLikeOptions() throws {
    for name in ["-", "--jobs", "-x.wav"] { folder.write(mono(100), as: name) }
    let run = try ProgramRun.talkspurt(["analyze", "--", "-", "--jobs", "-x.wav"], in: folder.path.text)
    #expect(run.status == 0)
    #expect(try rows(run).map(\.recording?.path) == ["-", "--jobs", "-x.wav"])
    let listed = try ProgramRun.talkspurt(
      ["analyze", "--files-from", "-"], input: "-x.wav\n\n-\n", in: folder.path.text)
    #expect(try rows(listed).map(\.recording?.path) == ["-x.wav", "-"])
  }

  @Test func aLinkToNowhereAndALoop() throws {
    #expect(try row(of: folder.link("dangling.wav", to: "nowhere.wav")).verdict == "unreadable")
    #expect(try row(of: folder.link("loop.wav", to: "loop.wav")).verdict == "unreadable")
    #expect(try row(of: folder.path.appending(Array(repeating: 0x61, count: 300))).verdict == "unreadable")
  }

  /// Root may read everything, so that there is nothing to see.
  @Test(.enabled(if: geteuid() != 0)) func noPermission() throws {
    let path = folder.write(mono(100), as: "locked.wav")
    _ = path.withCString { chmod($0, 0) }
    #expect(try row(of: path).verdict == "unreadable")
  }
}
