/// Silence of both parties.
public struct DeadAirSettings: Sendable, Hashable, Codable {
  /// Silence of both legs this long is dead air, in s.
  public var minimumS = 5.0

  /// The shipped settings.
  public init() {}
}
