/// How much each cue tells of the number of voices, and of how much of the talk has its right one: logistic regressions
/// over simulated recordings, written by `scripts/make-voice-weights` (docs/measurements/mono.md).
enum VoiceCountWeights {
  /// Of a second voice.
  static let second = SecondVoiceCues(
    constant: -2.17,
    evidence: 0.65,
    silence: -1.36,
    pitch: 0.901)
  /// Of a third.
  static let third = ThirdVoiceCues(
    constant: -1.29,
    evidence: 0.89)
  /// Of the right voice.
  static let confidence = VoiceConfidenceCues(
    constant: -2.04,
    contrast: 0.554,
    second: 0.418)
}
