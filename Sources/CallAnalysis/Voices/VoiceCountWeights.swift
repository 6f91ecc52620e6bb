/// How much each cue tells of the number of voices, and of how many segments have their right one: logistic
/// regressions over simulated recordings, written by `scripts/make-voice-weights` (docs/measurements/mono.md).
enum VoiceCountWeights {
  /// Of a second voice.
  static let second = SecondVoiceCues(
    constant: -5.06,
    evidence: 0.206,
    turns: -0.199,
    spread: 0.95,
    silence: -1.04,
    level: 0.559,
    pitch: 1.17)
  /// Of a third.
  static let third = ThirdVoiceCues(
    constant: 1.06,
    evidence: 0.311,
    turns: -0.437)
  /// Of the right voice.
  static let confidence = VoiceConfidenceCues(
    constant: -1.71,
    contrast: -0.0853,
    doubt: -0.754,
    second: 0.367,
    third: 0.36)
}
