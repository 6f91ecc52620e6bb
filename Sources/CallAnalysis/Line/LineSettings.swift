/// The quality of the line.
public struct LineSettings: Sendable, Hashable, Codable {
  /// The shortest hole, in ms: packets carry 20 ms.
  public var holeShortestMs = 14.0
  /// The longest hole, in ms.
  public var holeLongestMs = 90.0
  /// A leg is one-way when the other talked at least this long without an answer, in s.
  public var oneWayTalkS = 5.0
  /// ... in at least this many stretches with a wait for an answer between them.
  public var oneWayStretches = 3

  /// The shipped settings.
  public init() {}
}
