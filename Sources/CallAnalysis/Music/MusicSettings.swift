/// Hold music: spectral peaks that stand still where speech moves.
public struct MusicSettings: Sendable, Hashable, Codable {
  /// Music lasts at least this long, in s (the definition of a hold).
  public var minimumS = 8.0
  /// Gaps in music up to this long are bridged, in s.
  public var bridgeS = 3.0
  /// Music lies above this level, in dBov; steady lines below are hum.
  public var lowestDbov = -58.0

  /// The shipped settings.
  public init() {}
}
