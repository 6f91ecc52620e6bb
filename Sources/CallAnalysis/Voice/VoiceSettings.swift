/// Level, pitch and pace.
public struct VoiceSettings: Sendable, Hashable, Codable {
  /// Speech shorter than this has no level, in s.
  public var levelMinimumS = 0.5
  /// Less time without speech than this has no noise level, in s.
  public var noiseMinimumS = 0.5
  /// Fewer voiced frames than this give no pitch, in s.
  public var pitchMinimumS = 1.0
  /// A syllable nucleus stands this far above the dips beside it, in dB (de Jong and Wempe 2009).
  public var syllableDipDb = 2.0
  /// A syllable nucleus lies at most this far below the leg's loud talk, in dB (de Jong and Wempe 2009).
  public var syllableDepthDb = 25.0
  /// Talk shorter than this has no pace, in s.
  public var paceMinimumS = 5.0

  /// The shipped settings.
  public init() {}
}
