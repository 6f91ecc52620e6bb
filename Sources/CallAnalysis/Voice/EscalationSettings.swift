/// Where a party's voice changes for good against its own beginning.
public struct EscalationSettings: Sendable, Hashable, Codable {
  /// Talkspurts with shorter pauses are one utterance, in s.
  public var utterancePauseS = 0.6
  /// Shorter utterances have no voice to speak of, in s.
  public var utteranceMinimumS = 0.4
  /// This many utterances at least stand before and after the change.
  public var utterancesOnEachSide = 3
  /// A speaker's level varies at least this much from utterance to utterance, in dB.
  public var levelSpreadDb = 3.0
  /// A speaker's pitch varies at least this much, in semitones.
  public var pitchSpreadSemitones = 2.0
  /// A speaker's tilt (1 to 3.5 kHz over 0.25 to 1 kHz) varies at least this much, in dB.
  public var tiltSpreadDb = 3.0
  /// The change summed over the three features, in spreads, times the root of the harmonic count of utterances,
  /// from which it is reported: calm speakers reach 2.8, acted anger 6.4 and more (our measurement).
  public var evidence = 4.5
  /// At least two features move by this many spreads.
  public var featureChange = 0.5

  /// The shipped settings.
  public init() {}
}
