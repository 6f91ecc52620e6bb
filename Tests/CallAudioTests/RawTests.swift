import CallAudio
import CallModel
import TestSupport
import Testing

/// Recordings without a header.
struct RawTests {
  let folder = TemporaryFolder()
  let wave = WaveBytes()
  let values = WaveBytes.noise(1600)

  func failure(_ bytes: [UInt8], as name: String) -> CallFailure.Reason? {
    do throws(CallFailure) {
      _ = try Reading(folder.write(bytes, as: name))
      return nil
    } catch {
      return error.error
    }
  }

  func limits(_ format: RawFormat) -> ReadingLimits {
    var limits = ReadingLimits()
    limits.rules = [
      ReadingRule(RecordingPath("other/*"), raw: RawFormat(.alaw)),
      ReadingRule(RecordingPath("*.sln*"), raw: format),
    ]
    return limits
  }

  @Test func aRuleSaysWhatSamplesAre() throws {
    let linear = folder.write(wave.samples(values), as: "a.sln16")
    let reading = try Reading(linear, limits(RawFormat(.s16le, sampleRate: 16_000, channels: 2)))
    #expect(reading.samples == values && reading.encoding == "PCM_16")
    #expect(reading.recording.sampleRate == 16_000 && reading.recording.channels == 2)
    #expect(reading.recording.container == "RAW" && reading.recording.status == .ok)
    for (encoding, tag) in [(RawFormat.Encoding.ulaw, 7), (.alaw, 6)] {
      let raw = try Reading(folder.write(Array(0...255), as: "b.sln"), limits(RawFormat(encoding)))
      let wav = folder.write(
        wave.file(wave.format(tag: tag, channels: 1, bits: 8), wave.chunk("data", Array(0...255))),
        as: "b.wav")
      #expect(raw.samples == (try Reading(wav).samples) && raw.samples.count == 256)
    }
    // 33 bytes are 20 ms; zeros but for the mark of a frame are silence.
    let frame: [UInt8] = [0xD0] + [UInt8](repeating: 0, count: 32)
    let gsm = try Reading(folder.write(frame + frame + [0xD0], as: "c.sln"), limits(RawFormat(.gsm)))
    #expect(gsm.samples.count == 320 && gsm.encoding == "GSM610")
  }

  @Test func aHeaderGoesBeforeTheRule() throws {
    let reading = try Reading(folder.write(WaveBytes.pcm16(values), as: "a.sln"), limits(RawFormat(.ulaw)))
    #expect(reading.samples == values && reading.recording.container == "WAV")
  }

  @Test func withoutARuleTheFormatIsNamed() {
    let sound = wave.samples(values)
    for (name, format, advice) in [
      ("a.sln", "16-bit linear sound at 8000 Hz", #"raw = { encoding = "s16le", sample_rate_hz = 8000 }"#),
      ("a.sln16", "16-bit linear sound at 16000 Hz", "sox -t raw -r 16000 -e signed -b 16 -c 1 IN OUT.wav"),
      ("a.ULAW", "G.711 mu-law", #"raw = { encoding = "ulaw", sample_rate_hz = 8000 }"#),
      ("a.alaw", "G.711 A-law", "sox -t al -r 8000 -c 1 IN OUT.wav"),
      ("a.g722", "G.722", "ffmpeg -f g722 -i IN OUT.wav"), ("a.vox", "Dialogic ADPCM", "sox -t vox"),
    ] {
      let reason = failure(sound, as: name)
      #expect(reason?.code == .unsupportedEncoding, "\(name)")
      #expect(reason?.message.contains(format) == true && reason?.message.contains(advice) == true, "\(name)")
    }
    #expect(failure(sound, as: "a.xyz")?.code == .notAudio)
    #expect(failure(Array("Dear customer, press one".utf8), as: "a.sln")?.message.contains("text") == true)
  }

  @Test func gsmIsKnownByItsFrames() {
    let frame: [UInt8] = [0xD3] + [UInt8](repeating: 0x5A, count: 32)
    let bytes = (0..<20).flatMap { _ in frame }
    #expect(failure(bytes, as: "a.wav")?.message.contains("GSM 6.10 in frames of 33 bytes") == true)
    #expect(failure(bytes.dropFirst() + [1], as: "a.wav")?.code == .notAudio)
  }

  @Test func speexInOggIsNamed() {
    let page = Array("OggS".utf8) + [UInt8](repeating: 0, count: 23) + [1] + Array("Speex   1.2.0".utf8)
    let reason = failure(page + [UInt8](repeating: 0, count: 100), as: "a.ogg")
    #expect(reason?.code == .unsupportedEncoding && reason?.message.contains("Speex") == true)
  }
}
