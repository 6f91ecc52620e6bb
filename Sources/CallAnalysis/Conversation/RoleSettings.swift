/// Who is on which channel, where nobody says. Each sign weighs by the logarithm of the odds with which it tells the
/// agent's leg; the weights of speech are fitted to simulated calls (logistic regression, our measurement).
public struct RoleSettings: Sendable, Hashable, Codable {
  /// Ringing is heard on the leg of the business that is called.
  public var ring = 3.0
  /// So are the music and the beeps of a hold.
  public var hold = 3.0
  /// Who is called speaks first.
  public var speaksFirst = 0.9
  /// Who calls is the first to speak for long after the first turn, which greets.
  public var speaksLong = 1.4
  /// Such a turn lasts at least this long, in s: greetings that are returned are shorter.
  public var longTurnS = 2.5
  /// A leg that alone carries speech plays announcements, or calls a person whose line is dead.
  public var speaksAlone = 1.7

  /// The shipped settings.
  public init() {}
}
