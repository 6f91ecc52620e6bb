internal import CallModel

/// What the voices of a recording were counted from, and what came of it: what `voice-cues` prints to train by.
@_spi(Training) public struct VoiceCues: Sendable, Encodable {
  /// What says that there is a second voice; nil where hardly anything is said.
  var second: SecondVoiceCues?
  /// What says that there is a third; nil where there can be none.
  var third: ThirdVoiceCues?
  /// What says how much of the talk has its right voice.
  var confidence: VoiceConfidenceCues?
  /// Where each segment begins and ends, in s, and its voice, 0 or 1.
  var segments: [[Double]] = []
}

extension VoiceCues {
  /// The cues of the segments of one channel.
  init(of segments: [VoiceSegment]) {
    let separation = VoiceSeparation(segments)
    self = separation.cues
    self.segments = zip(segments, separation.labels).compactMap { segment, label in
      label.map {
        let range = Frames.range(segment.frames)
        return [range.start, range.end, Double($0.rawValue)]
      }
    }
  }
}
