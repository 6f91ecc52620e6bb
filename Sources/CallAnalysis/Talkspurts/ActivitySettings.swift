/// Telling speech from everything else on one leg. The statistic is the whitened signal-to-noise ratio, in dB: 20 log10
/// of the mean over 19 bands of the root of power over noise floor. Coloured noise weighs no more in it than white noise.
public struct ActivitySettings: Sendable, Hashable, Codable {
  /// A line is digitally silent where fewer samples than this share differ from the one before; codecs
  /// repeat a constant (A-law 8, mu-law 0), analogue noise does not.
  public var digitalSilenceRatio = 0.02
  /// Frames this far below the 90 % level of the party's voiced frames are not speech, in dB: the range of
  /// conversational speech.
  public var rangeDb = 40.0
  /// Pauses of one party below this belong to the talkspurt, in ms (the definition of a talkspurt).
  public var bridgeMs = 200.0
  /// Talkspurts shorter than this are dropped, in ms: shorter than any syllable.
  public var talkspurtMinimumMs = 60.0
  /// Talk is measured again with the thresholds this far up and down, in dB: results depend on the threshold
  /// (Brady 1968), and a figure that depends on it much is marked.
  public var sensitivityDb = 3.0
  /// A talk share that moves by more than this is of low confidence, as a share.
  public var sensitivityShare = 0.05

  /// The shipped settings.
  public init() {}
}
