/// How the call ended.
public struct EndingSettings: Sendable, Hashable, Codable {
  /// A party that spoke less than this did not converse, in s.
  public var conversationMinimumS = 0.5
  /// A pause in which a speaker waits for an answer, in s: announcements leave none, people who get no answer do.
  public var waitS = 1.0
  /// From this number of pauses on, the speaker is a person who gets no answer and not an announcement.
  public var waits = 2
  /// A hold that reaches this close to the end was left, in s; beeps may pause once more as they did before.
  public var musicTailS = 3.0

  /// The shipped settings.
  public init() {}
}
