/// How the call ended.
public struct EndingSettings: Sendable, Hashable, Codable {
  /// A talkspurt that reaches this close to the end of the recording was cut by it, in ms.
  public var edgeMs = 30.0
  /// ... unless it has decayed this far below the leg's loud talk, in dB.
  public var decayDb = 26.0
  /// A leg dies when its level falls this far within `fallMs`, in dB.
  public var fallDb = 20.0
  /// A leg dies when it falls this far into digital silence, in dB, having carried live noise.
  public var fallToSilenceDb = 12.0
  /// The time within which a dying leg falls, in ms.
  public var fallMs = 15.0
  /// A busy tone this close to the last word tells that the leg died, in s.
  public var busyAfterS = 0.5
  /// The other party talks on this long after a leg died whose noise went with it, in s.
  public var talkOnS = 0.3
  /// The other party talks on this long without an answer after a leg died that had no noise to lose, in s.
  public var talkToNobodyS = 4.0
  /// A customer who spoke less than this did not converse, in s.
  public var conversationMinimumS = 0.5
  /// A pause in which a speaker waits for an answer, in s: announcements leave none, people who get no answer do.
  public var waitS = 1.0
  /// So many such pauses tell a person who gets no answer from an announcement.
  public var waits = 2
  /// A hold that reaches this close to the end was left, in s; beeps may pause once more as they did before.
  public var musicTailS = 3.0

  /// The shipped settings.
  public init() {}
}
