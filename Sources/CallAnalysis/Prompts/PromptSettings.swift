/// What makes a stretch of sound that several calls share a recorded prompt; only `ingest` looks for them.
public struct PromptSettings: Sendable, Hashable, Codable {
  /// Heard in this many calls or more, it is a recording and not a person.
  public var minimumCalls = 3
  /// Shorter shared stretches are chance or a single word, in s.
  public var minimumS = 1.5
  /// A prompt reaches to the end of the talkspurt it begins or ends in, where that is no farther than this, in s.
  public var edgeS = 0.6
  /// The share of the agent's talk that prompts cover where nobody answers, 0 to 1.
  public var coveredRatio = 0.9
  /// So many of the newest calls are remembered by their landmarks, some 10 kB for a minute of the agent's talk.
  public var rememberedCalls = 2000

  /// The shipped settings.
  public init() {}
}
