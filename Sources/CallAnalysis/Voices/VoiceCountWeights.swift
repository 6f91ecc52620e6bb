/// How much each cue tells of the number of voices, and of how many segments have their right one: logistic
/// regressions over simulated calls, written by `scripts/make-voice-weights` (docs/measurements/mono.md).
enum VoiceCountWeights {
  /// Of a second voice.
  static let second = SecondVoiceCues(
    constant: -3.39, evidence: 0.55, turns: -0.45, spread: 0.96, silence: -0.56, level: 0.59, pitch: 0.56)
  /// Of a third.
  static let third = ThirdVoiceCues(constant: 0.76, evidence: 1.19, turns: -0.95, distance: 0.22)
  /// Of the right voice.
  static let confidence = VoiceConfidenceCues(
    constant: -3.93, contrast: 1.125, doubt: -0.394, second: 0.303, third: -0.262)
}
