public import CallModel

/// A recording as an audit needs it: what the sound says, and what the exchange's record says of the same call.
public struct AuditedCall: Sendable, Hashable {
  /// Where the record and the sound disagree.
  public struct Conflict: Sendable, Hashable {
    /// On what.
    public var field: CallMetadata.Field
    /// One sentence for a person.
    public var message: String

    /// A conflict on `field`.
    public init(_ field: CallMetadata.Field, _ message: String) {
      self.field = field
      self.message = message
    }
  }

  /// Who called whom, when, and how it ended.
  public var call: FollowedCall
  /// What recorded it.
  public var recorder: String?
  /// The number of channels of the recording.
  public var channels = 2
  /// Whether the exchange has a record of it.
  public var hasRecord = false
  /// Whether its source has records of the exchange.
  public var expectsRecord = false
  /// How long somebody talked by the record, in seconds.
  public var talk: Double?
  /// The outcome by the record, in lower case.
  public var disposition: String?
  /// How long somebody is heard speaking, in seconds; nil where that was not measured.
  public var speech: Double?
  /// On whose leg the opening rings; nil where nothing rings, or there is one channel.
  public var ringing: Party?
  /// The sentence of the finding that a channel carries nothing; nil where there is none.
  public var deadLeg: String?
  /// Where the record and the sound disagree.
  public var conflicts: [Conflict] = []

  /// A recording of which nothing more is known.
  public init(_ call: FollowedCall) { self.call = call }
}

/// A call that a telephone answered by the exchange's record, and of which there is no recording.
public struct UnrecordedCall: Sendable, Hashable {
  /// What the exchange calls it.
  public var callID: String
  /// When it began, in ISO 8601 with the zone of the place.
  public var startedAt: String
  /// The same in seconds since 1970.
  public var start: Double
  /// How long somebody talked, in seconds.
  public var talk: Double?
  /// `inbound` or `outbound`; nil where the record does not tell.
  public var direction: String?
  /// The business's number.
  public var line: String?
  /// The queue.
  public var queue: String?
  /// The agent.
  public var agent: String?

  /// A call of these parts.
  public init(
    callID: String, startedAt: String, start: Double, talk: Double? = nil, direction: String? = nil,
    line: String? = nil, queue: String? = nil, agent: String? = nil
  ) {
    self.callID = callID
    self.startedAt = startedAt
    self.start = start
    self.talk = talk
    self.direction = direction
    self.line = line
    self.queue = queue
    self.agent = agent
  }
}
