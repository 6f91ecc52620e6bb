import CallAudio
import CallModel

private let scratch = ScratchFile()

/// A minute at most, so that a byte of a header cannot make a run of hours.
private let limits: ReadingLimits = {
  var limits = ReadingLimits()
  limits.maximumDurationH = 1.0 / 60
  return limits
}()

private func reader(of bytes: UnsafeRawBufferPointer) -> RecordingReader? {
  scratch.hold(bytes)
  return try? RecordingReader(opening: RecordingPath(scratch.path), limits: limits)
}

/// Opens what begins as a WAV and goes on with the bytes: the magics are the hardest for a fuzzer to find.
func readHeader(_ bytes: UnsafeRawBufferPointer) {
  let magics = ["RIFF", "RIFX", "RF64", "BW64"]
  guard let choice = bytes.first else { return }
  let file =
    Array(magics[Int(choice) % magics.count].utf8) + bytes.dropFirst().prefix(4) + Array("WAVE".utf8)
    + bytes.dropFirst(5)
  file.withUnsafeBytes { _ = reader(of: $0) }
}

/// Reads a recording to its end.
func readRecording(_ bytes: UnsafeRawBufferPointer) {
  guard var reader = reader(of: bytes) else { return }
  var frames = 0
  let channels = reader.channels
  do throws(CallFailure) {
    try reader.forEachBlock { frames += $0.count / channels }
    let recording = try reader.finish()
    precondition(recording.bytes == bytes.count && frames > 0, "the summary is of another file")
    // A single sample is rounded to 0 s.
    precondition(recording.duration.isFinite && recording.duration >= 0, "the duration is no number")
  } catch {
    precondition(!error.error.message.isEmpty, "a failure needs its reason")
  }
}
