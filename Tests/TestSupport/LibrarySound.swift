import CSndFile
public import CallModel

/// libsndfile used plainly, by path: it writes files for tests, and reads them as the second opinion.
public enum LibrarySound {
  /// What it is asked to write.
  public enum Form: Sendable, CaseIterable {
    case pcmU8, pcm16, pcm24, pcm32, float, double, ulaw, alaw, gsm610
    case extensible16, rifx16, rf64, wave64, flac16, flac24, opus, vorbis, mp3, imaAdpcm, aiff

    var number: Int {
      switch self {
      case .pcmU8: SF_FORMAT_WAV | SF_FORMAT_PCM_U8
      case .pcm16: SF_FORMAT_WAV | SF_FORMAT_PCM_16
      case .pcm24: SF_FORMAT_WAV | SF_FORMAT_PCM_24
      case .pcm32: SF_FORMAT_WAV | SF_FORMAT_PCM_32
      case .float: SF_FORMAT_WAV | SF_FORMAT_FLOAT
      case .double: SF_FORMAT_WAV | SF_FORMAT_DOUBLE
      case .ulaw: SF_FORMAT_WAV | SF_FORMAT_ULAW
      case .alaw: SF_FORMAT_WAV | SF_FORMAT_ALAW
      case .gsm610: SF_FORMAT_WAV | SF_FORMAT_GSM610
      case .extensible16: SF_FORMAT_WAVEX | SF_FORMAT_PCM_16
      case .rifx16: SF_FORMAT_WAV | SF_FORMAT_PCM_16 | SF_ENDIAN_BIG
      case .rf64: SF_FORMAT_RF64 | SF_FORMAT_PCM_16
      case .wave64: SF_FORMAT_W64 | SF_FORMAT_PCM_16
      case .flac16: SF_FORMAT_FLAC | SF_FORMAT_PCM_16
      case .flac24: SF_FORMAT_FLAC | SF_FORMAT_PCM_24
      case .opus: SF_FORMAT_OGG | SF_FORMAT_OPUS
      case .vorbis: SF_FORMAT_OGG | SF_FORMAT_VORBIS
      case .mp3: SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III
      case .imaAdpcm: SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM
      case .aiff: SF_FORMAT_AIFF | SF_FORMAT_PCM_16
      }
    }
  }

  /// Writes interleaved samples to `path`.
  public static func write(
    _ samples: [Int16], to path: RecordingPath, as form: Form, channels: Int = 1, sampleRate: Int = 8000
  ) {
    var info = SF_INFO()
    info.channels = Int32(channels)
    info.samplerate = Int32(sampleRate)
    info.format = Int32(form.number)
    let file = path.withCString { sf_open($0, Int32(SFM_WRITE), &info) }
    precondition(file != nil, "libsndfile cannot write \(form)")
    sf_write_short(file, samples, Int64(samples.count))
    sf_close(file)
  }

  /// All samples of the file at `path`, interleaved.
  public static func read(_ path: RecordingPath) -> [Int16] {
    var info = SF_INFO()
    let file = path.withCString { sf_open($0, Int32(SFM_READ), &info) }
    precondition(file != nil, "libsndfile cannot read \(path.text)")
    defer { sf_close(file) }
    return [Int16](unsafeUninitializedCapacity: Int(info.frames) * Int(info.channels)) { buffer, count in
      count = Int(sf_readf_short(file, buffer.baseAddress, info.frames)) * Int(info.channels)
    }
  }
}
