/// How much speech level, noise, pitch and pace need.
public struct VoiceSettings: Sendable, Hashable, Codable {
  /// Speech shorter than this has no level, in s.
  public var levelMinimumS = 0.5
  /// Less time without speech than this has no noise level, in s.
  public var noiseMinimumS = 0.5
  /// Fewer voiced frames than this give no pitch, in s.
  public var pitchMinimumS = 1.0
  /// Talk shorter than this has no pace, in s.
  public var paceMinimumS = 5.0

  /// The shipped settings.
  public init() {}
}
