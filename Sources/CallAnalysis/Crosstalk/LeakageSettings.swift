/// One leg's voice heard on the other.
public struct LeakageSettings: Sendable, Hashable, Codable {
  /// The shortest lag of the leaked voice behind its own leg, in ms; negative where recorders skew the legs.
  public var shortestLagMs = -20.0
  /// The longest lag, in ms: a round trip through a hybrid or a speakerphone.
  public var longestLagMs = 250.0
  /// Only frames where the other leg lies this far below its source are compared, in dB.
  public var depthDb = 8.0
  /// The source is strong within this range of its 95 % level, in dB.
  public var sourceRangeDb = 20.0
  /// One leg leaks into the other where their spectra correlate by this more at one lag than at any (208 true leaks
  /// .09 to .9, two of them below .15; 284 legs without at most .12; our measurement).
  public var correlation = 0.15
  /// The leaked power is taken this many times as strong as its median, since it fluctuates.
  public var margin = 4.0
  /// A leak's gain is followed through windows this long, in s.
  public var driftWindowS = 30.0
  /// By this quantile of what the leg has less than its source: the lower part is the leak, above it are other sounds.
  public var driftQuantile = 0.3
  /// Where it moves by more than this, in dB: the margin covers less.
  public var driftFromDb = 3.0
  /// Fewer strong frames than this tell nothing, in s.
  public var minimumS = 2.0

  /// The shipped settings.
  public init() {}
}
