/// What is known of a call besides its sound: from the name of its file and from records beside it. Each value
/// says where it comes from; where sources disagree, among them the sound, that is a conflict.
public struct CallMetadata: Sendable, Hashable, Codable {
  /// What can be known.
  public enum Field: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
    /// When the call began, ISO 8601 with zone.
    case startedAt = "started_at"
    /// `inbound`, `outbound` or `internal`, as the business sees it.
    case direction
    /// The number that called; E.164 where the number could be completed.
    case from
    /// The number that was called.
    case to
    /// The customer's number.
    case customer
    /// The business's number.
    case line
    /// The queue or ring group.
    case queue
    /// The agent's name, number or extension.
    case agent
    /// What recorded the call.
    case recorder
    /// What the recorder or the exchange calls the call: recordings with the same one are parts of one call.
    case callID = "call_id"
    /// How long the call lasted, ringing included, in seconds.
    case duration = "duration_s"
    /// How long it lasted from the answer on, in seconds.
    case talk = "talk_s"
    /// How many legs its record has: a queue's attempts, transfers, menus.
    case legs
    /// Who hung up: `agent`, the business's side, or `customer`.
    case endedBy = "ended_by"
    /// How many channels the recording should have.
    case channels
    /// The outcome of the call by the exchange, as in `no answer`.
    case disposition
  }

  /// Where a value comes from.
  public enum Source: String, Sendable, Hashable, Codable {
    /// The name of the recording.
    case name
    /// A JSON file beside the recording.
    case sidecar
    /// Lines of Asterisk's CDR and `queue_log`.
    case asterisk = "asterisk_cdr"
    /// A file of FreeSWITCH's `mod_json_cdr` or `mod_xml_cdr`.
    case freeswitch = "freeswitch_cdr"
    /// The recording itself.
    case sound
  }

  /// A value with its source.
  public struct Value: Sendable, Hashable, Codable {
    /// As text, numbers too.
    public var value: String
    /// Where it comes from.
    public var source: Source

    /// `value` from `source`.
    public init(_ value: String, from source: Source) {
      self.value = value
      self.source = source
    }
  }

  /// Two sources that do not agree.
  public struct Conflict: Sendable, Hashable, Codable {
    /// On what.
    public var field: Field
    /// The value in the fields.
    public var known: Value
    /// The value that contradicts it.
    public var against: Value
    /// One sentence for a person.
    public var message: String

    /// `known` against `against`.
    public init(_ field: Field, _ known: Value, against: Value, _ message: String) {
      self.field = field
      self.known = known
      self.against = against
      self.message = message
    }
  }

  /// What is known.
  public var fields: [Field: Value]
  /// Where sources disagree.
  public var conflicts: [Conflict]
  /// Values of records that could not be used, each with its reason.
  public var notKnown: [NotMeasured]

  /// Metadata of these parts.
  public init(
    fields: [Field: Value] = [:], conflicts: [Conflict] = [], notKnown: [NotMeasured] = []
  ) {
    self.fields = fields
    self.conflicts = conflicts
    self.notKnown = notKnown
  }

  /// Who called whom; nil where that is not known, or both are of the business.
  public var callDirection: CallDirection? { self[.direction].flatMap(CallDirection.init) }

  /// The text of a field.
  public subscript(field: Field) -> String? { fields[field]?.value }

  enum CodingKeys: String, CodingKey {
    case fields, conflicts
    case notKnown = "not_known"
  }
}

/// Who called whom, as the business sees it.
public enum CallDirection: String, Sendable, Hashable, Codable {
  /// The customer called.
  case inbound
  /// The business called.
  case outbound

  /// The party whose telephone rings.
  public var called: Party { self == .inbound ? .agent : .customer }
}

/// The facts from the sound that records can contradict.
public struct HeardCall: Sendable, Hashable {
  /// How long the recording lasts, in seconds.
  public var duration: Seconds
  /// Its channels.
  public var channels: Int
  /// How it ended.
  public var ending: Ending.Kind
  /// Who was cut off.
  public var cutParty: Party?
  /// Whose leg went first.
  public var firstLegGone: Party?
  /// Whether both parties have at least two turns.
  public var isConversation: Bool

  /// A call of these parts.
  public init(
    duration: Seconds, channels: Int, ending: Ending.Kind, cutParty: Party?, firstLegGone: Party?,
    isConversation: Bool
  ) {
    self.duration = duration
    self.channels = channels
    self.ending = ending
    self.cutParty = cutParty
    self.firstLegGone = firstLegGone
    self.isConversation = isConversation
  }

  /// What a summary says.
  public init(_ call: CallSummary) {
    self.init(
      duration: call.recording.duration, channels: call.recording.channels, ending: call.ending.kind,
      cutParty: call.ending.cutParty, firstLegGone: call.ending.firstLegGone,
      isConversation: Party.allCases.allSatisfy { call[$0].turns ?? 0 >= 2 })
  }
}

extension CallSummary {
  /// Takes over what is known besides the sound, the start of the recording among it.
  public mutating func take(_ metadata: CallMetadata?) {
    self.metadata = metadata
    recording.startedAt = metadata?[.startedAt]
  }
}
