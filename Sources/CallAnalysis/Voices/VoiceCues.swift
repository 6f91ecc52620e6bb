internal import CallModel

/// What the voices of a recording were counted from, and what came of it: what `voice-cues` prints to train by.
@_spi(Training) public struct VoiceCues: Sendable, Encodable {
  /// What says that there is a second voice; nil where hardly anything is said.
  var second: SecondVoiceCues?
  /// What says that there is a third; nil where there can be none.
  var third: ThirdVoiceCues?
  /// What says how much of the talk has its right voice.
  var confidence: VoiceConfidenceCues?
  /// The segments, in order.
  var segments: [Segment] = []

  /// One segment.
  struct Segment: Sendable, Encodable {
    /// Where it begins and ends, in s.
    var start: Double
    var end: Double
    /// Its voice, 0 or 1; nil where it is too faint to be either's.
    var voice: Int?
    /// The number of frames that describe its voice.
    var strong: Int
    /// Its point in the space of voices.
    var point: [Float]
  }
}

extension VoiceCues {
  /// The cues of the segments of one channel.
  init(of segments: [VoiceSegment]) {
    let separation = VoiceSeparation(segments)
    self = separation.cues
    self.segments = zip(segments, separation.labels).map { segment, label in
      let range = Frames.range(segment.frames)
      return Segment(
        start: range.start, end: range.end, voice: label?.rawValue, strong: segment.strong,
        point: segment.point.map(Float.init))
    }
  }
}
