internal import CallModel

/// A piece of speech of at most two seconds on a channel that carries both parties, and what its voice was like.
struct VoiceSegment {
  /// A pitch of fewer voiced steps than this is chance: 160 ms.
  private static let minimumPitches = 8

  /// The number of its frames near its loudest: those describe the voice.
  var strong: Int
  /// The level of its loud frames, in dBov.
  var loud: Float
  /// The voice as a point of `VoiceSpace`: within a party its coordinates vary by about 1, so that half a float
  /// is enough.
  var point: [Float16]
  /// Level, pitch, tilt and syllables.
  var voice: Talkspurt
  /// Its pitches, in bins of `LegRecord.pitches`.
  var pitches: [UInt8]
  /// What its active speech level comes from.
  var level = SpeechLevel.Tally()
  /// The number of clipped runs in it.
  var clippedRuns = 0

  /// Where it lies, in frames of the call.
  var frames: FrameRange { voice.frames }

  /// Its pitch in semitones above 1 Hz; nil where too little of it is voiced.
  var semitones: Double? {
    guard pitches.count >= Self.minimumPitches, let pitch = voice.pitch, pitch > 0 else { return nil }
    return Talkspurt.semitones(Double(pitch))
  }

  /// Whether it follows a segment without a pause.
  func touches(_ before: VoiceSegment) -> Bool { frames.lowerBound - before.frames.upperBound <= 1 }
}
