/// One leg's voice heard on the other.
public struct LeakageSettings: Sendable, Hashable, Codable {
  /// The shortest lag of the leaked voice behind its own leg, in ms; negative where recorders skew the legs.
  public var shortestLagMs = -20.0
  /// The longest lag, in ms: a round trip through a hybrid or a speakerphone.
  public var longestLagMs = 250.0

  /// The shipped settings.
  public init() {}
}
