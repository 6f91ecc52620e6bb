/// Turns, interruptions, backchannels.
public struct TurnSettings: Sendable, Hashable, Codable {
  /// Own pauses below this are merged when interruptions are judged, in s.
  public var mergeS = 0.6
  /// An interruption starts when the other has spoken at least this long, in s.
  public var startS = 0.25
  /// Overlaps shorter than this are turn-taking, in s.
  public var overlapS = 0.38
  /// The starter holds the floor when going on this long after the other stopped, in s.
  public var holdS = 0.4
  /// Who interrupts utters a talkspurt this long at least, in s.
  public var speakS = 0.35
  /// A talkspurt inside the other's turn is at most this long as a backchannel, in s.
  public var backchannelS = 1.0
  /// A pause this long ends a turn, in s (the definition of a turn).
  public var pauseS = 3.0

  /// The shipped settings.
  public init() {}
}
