public import CallModel

/// What a follow-up needs to know of a call.
public struct FollowedCall: Sendable, Hashable {
  /// Its number in the store.
  public var id: Int64
  /// The recording.
  public var path: String
  /// When it began, in ISO 8601 with the zone of the place.
  public var startedAt: String?
  /// The same in seconds since 1970.
  public var start: Double?
  /// How long it lasted, in seconds.
  public var duration: Seconds
  /// `inbound`, `outbound`, `internal`.
  public var direction: String?
  /// The customer's number, or a pseudonym.
  public var customer: String?
  /// The business's number.
  public var line: String?
  /// The queue.
  public var queue: String?
  /// The agent.
  public var agent: String?
  /// What the exchange calls the call: recordings with the same one are parts of one call.
  public var callID: String?
  /// SHA-256 of the file: equal ones are copies.
  public var sha256: String
  /// How it ended.
  public var ending: Ending.Kind

  /// A call of these parts.
  public init(
    id: Int64, path: String, startedAt: String?, start: Double?, duration: Seconds, direction: String?,
    customer: String?, line: String?, queue: String?, agent: String?, callID: String?, sha256: String,
    ending: Ending.Kind
  ) {
    self.id = id
    self.path = path
    self.startedAt = startedAt
    self.start = start
    self.duration = duration
    self.direction = direction
    self.customer = customer
    self.line = line
    self.queue = queue
    self.agent = agent
    self.callID = callID
    self.sha256 = sha256
    self.ending = ending
  }

  /// The end, in seconds since 1970.
  public var end: Double? { start.map { $0 + duration } }

  /// The hour of the day, 0 to 23, on the clock of the place.
  public var hour: Int? {
    startedAt.flatMap { text in
      text.count >= 13 ? Int(text.dropFirst(11).prefix(2)) : nil
    }
  }

  /// Whether nobody of the business spoke to the customer.
  public var isUnanswered: Bool {
    [.abandonedInQueue, .systemPrompt, .voicemail, .noConversation].contains(ending)
  }

  /// Whether the customer is to be called back: they left or were cut off, or nobody answered them. An
  /// outbound call that nobody took does not count.
  public var endedBadly: Bool {
    switch ending {
    case .cutOff, .abandonedOnHold: direction == "inbound" || direction == "outbound"
    case .abandonedInQueue, .systemPrompt, .voicemail, .noConversation: direction == "inbound"
    case .natural, .fax, .truncatedRecording, .unknown: false
    }
  }
}
