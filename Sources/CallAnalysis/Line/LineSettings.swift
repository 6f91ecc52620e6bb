/// The quality of the line.
public struct LineSettings: Sendable, Hashable, Codable {
  /// The shortest hole, in ms: packets carry 20 ms.
  public var holeShortestMs = 14.0
  /// The longest hole, in ms.
  public var holeLongestMs = 90.0
  /// Whether the legs are in step is judged over this long, in s: some ten changes of speaker.
  public var skewWindowS = 60.0
  /// Each party talks at least this long in it, in s.
  public var skewTalkS = 5.0
  /// The legs may be out of step where both parties talk at once at least this often, 1 being chance; in step it is
  /// at most 0.45 in a minute, 2 s out of step 0.7 in nine calls of ten (our measurement).
  public var skewOverlapRatio = 0.5
  /// They are, where both talk at once less than half as often with one leg moved by at least this, in s: a pause
  /// within a turn is as long.
  public var skewShortestS = 0.5
  /// ... and at most this, in s.
  public var skewLongestS = 10.0
  /// A leg is one-way when the other talked at least this long without an answer, in s.
  public var oneWayTalkS = 5.0
  /// ... in at least this many stretches with a wait for an answer between them.
  public var oneWayStretches = 3

  /// The shipped settings.
  public init() {}
}
