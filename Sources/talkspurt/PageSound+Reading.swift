import CallAudio
import CallModel
import CallReview

extension PageSound {
  /// The picture of the recording at `path`, and its sound where that is to be embedded. Reads it once.
  ///
  /// - Throws: why it cannot be read; `changed_while_reading` where it is not the recording that `call` is about.
  init(
    of call: CallSummary, at path: RecordingPath, limits: ReadingLimits, isEmbedded: Bool
  ) throws(CallFailure) {
    var reader = try RecordingReader(opening: path, limits: limits)
    let (channels, sampleRate) = (reader.channels, reader.sampleRate)
    let taken = call.channelsOfVoices.filter { $0 < channels }
    var meter = PeakMeter(
      sampleRate: sampleRate, channels: channels, drawn: taken,
      frames: Int(call.recording.duration * Double(sampleRate)))
    var frames = 0
    try reader.forEachBlock { block in
      meter.consume(block)
      frames += block.count / channels
    }
    guard try reader.finish().sha256 == call.recording.sha256 else { throw .notAnalysed(path) }
    self.init(
      peaks: meter.finish(), taken: taken, channels: channels, frames: frames,
      source: isEmbedded ? Self.source(path, limits, frames) : nil)
  }

  private static func source(_ path: RecordingPath, _ limits: ReadingLimits, _ frames: Int) -> Source {
    { body in
      var reader = try RecordingReader(opening: path, limits: limits)
      var failure: (any Error)?
      try reader.forEachBlock(in: 0..<frames) { block in
        guard failure == nil else { return }
        do { try body(block) } catch { failure = error }
      }
      if let failure { throw failure }
    }
  }
}
