/// What is measured of both parties together.
public struct Conversation: Sendable, Hashable, Codable {
  /// Time in which anybody speaks, in seconds; the only figure here that one mixed channel has too.
  public var speech: Seconds
  /// Both parties speak, in seconds.
  @Nullable public var overlap: Seconds?
  /// Nobody speaks between the first and the last speech, in seconds; tones and music count as silence here.
  public var mutualSilence: Seconds
  /// The floor-transfer offsets of both directions, in seconds: at each change of speaker the gap, or less than
  /// zero the overlap (Heldner and Edlund 2010); over talkspurts, which `responseLatency` joins to turns.
  @Nullable public var floorTransfer: Distribution?
  /// How much later the customer's channel is than the agent's, in seconds; 0 where they are in step, nil
  /// where there is too little speech to decide.
  @Nullable public var legSkew: Seconds?
  /// From where to where the channels are out of step, in seconds; absent where they are in step.
  public var legSkewSpan: TimeRange?
  /// The stretches in which both channels carry the same sound though elsewhere each has a party of its own,
  /// in seconds: talk there counts for both parties. Absent where there are none.
  public var sameSound: [TimeRange]?
  /// Dead-air stretches of at least 3, 5, 10, 15 and 30 seconds.
  public var deadAirCounts: [String: Int]
  /// The sum of the dead-air events, in seconds.
  public var deadAir: Seconds
  /// The sum of the hold events, in seconds.
  public var hold: Seconds
  /// The agent's talk, or that of the one channel for both, that is recorded prompts, in seconds: the
  /// parties' figures count it. Only in a store, where other calls share them; nil elsewhere.
  public var promptTalk: Seconds?
  /// Interruptions by the party that interrupts.
  public var interruptions: CountByParty
  /// Backchannels by the party that utters them.
  public var backchannels: CountByParty

  /// A conversation with these measures.
  public init(
    speech: Seconds, overlap: Seconds?, mutualSilence: Seconds, floorTransfer: Distribution? = nil,
    legSkew: Seconds? = nil, deadAirCounts: [String: Int], deadAir: Seconds, hold: Seconds,
    interruptions: CountByParty, backchannels: CountByParty
  ) {
    self.speech = speech
    self.overlap = overlap
    self.mutualSilence = mutualSilence
    self.floorTransfer = floorTransfer
    self.legSkew = legSkew
    self.deadAirCounts = deadAirCounts
    self.deadAir = deadAir
    self.hold = hold
    self.interruptions = interruptions
    self.backchannels = backchannels
  }

  enum CodingKeys: String, CodingKey {
    case interruptions, backchannels
    case speech = "speech_s"
    case overlap = "overlap_s"
    case mutualSilence = "mutual_silence_s"
    case floorTransfer = "floor_transfer_s"
    case legSkew = "leg_skew_s"
    case legSkewSpan = "leg_skew_span_s"
    case sameSound = "same_sound_s"
    case deadAirCounts = "dead_air_counts"
    case deadAir = "dead_air_s"
    case hold = "hold_s"
    case promptTalk = "prompt_talk_s"
  }
}

/// A count for each party; nil where one channel carries both.
public struct CountByParty: Sendable, Hashable, Codable {
  /// The agent's.
  @Nullable public var agent: Int?
  /// The customer's.
  @Nullable public var customer: Int?

  /// These counts.
  public init(agent: Int?, customer: Int?) {
    self.agent = agent
    self.customer = customer
  }
}

/// How the call began.
public struct Opening: Sendable, Hashable, Codable {
  /// The number of rings before the answer; a double ring is one. 0 where the recording begins after the
  /// answer.
  public var ringCount: Int
  /// From the first ring's start to the last ring's end, in seconds; nil without a ring.
  @Nullable public var ring: Seconds?
  /// When the line was answered: the first sound after the last ring; nil without a ring.
  @Nullable public var answeredAt: Seconds?
  /// How long recorded prompts play before the agent's first own word, in seconds. Only in a store, where
  /// other calls share them; nil elsewhere.
  public var prompt: Seconds?
  /// Who spoke first; nil where nobody did, or where one channel carries both parties and they were not
  /// separated.
  @Nullable public var firstSpeaker: Party?
  /// Who was called: by the name of the recording, or the party whose leg rings; nil where neither tells.
  @Nullable public var called: Party?
  /// The agent's first turn, in seconds; nil where the agent did not speak.
  @Nullable public var greeting: Seconds?
  /// From the answer to the agent's first word, in seconds; nil without an answer time.
  @Nullable public var greetingLatency: Seconds?

  /// An opening with these measures.
  public init(
    ringCount: Int = 0, ring: Seconds? = nil, answeredAt: Seconds? = nil, firstSpeaker: Party? = nil,
    called: Party? = nil, greeting: Seconds? = nil, greetingLatency: Seconds? = nil
  ) {
    self.ringCount = ringCount
    self.ring = ring
    self.answeredAt = answeredAt
    self.firstSpeaker = firstSpeaker
    self.called = called
    self.greeting = greeting
    self.greetingLatency = greetingLatency
  }

  enum CodingKeys: String, CodingKey {
    case ringCount = "ring_count"
    case ring = "ring_s"
    case prompt = "prompt_s"
    case answeredAt = "answered_at_s"
    case firstSpeaker = "first_speaker"
    case called
    case greeting = "greeting_s"
    case greetingLatency = "greeting_latency_s"
  }
}

/// How the call ended.
public struct Ending: Sendable, Hashable, Codable {
  /// The verdict.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case natural
    case cutOff = "cut_off"
    case abandonedOnHold = "abandoned_on_hold"
    case abandonedInQueue = "abandoned_in_queue"
    case systemPrompt = "system_prompt"
    case voicemail
    case fax
    case noConversation = "no_conversation"
    case truncatedRecording = "truncated_recording"
    case unknown
  }

  /// The verdict.
  public var kind: Kind
  /// Whether a party was cut off in mid-word or left a queue or a hold without an answer.
  public var abrupt: Bool
  /// The party cut off.
  @Nullable public var cutParty: Party?
  /// The party whose leg went silent or tonal first.
  @Nullable public var firstLegGone: Party?
  /// The silence from the last speech, tone, hold or prompt on any leg to the end of the recording, in seconds; nil
  /// where nothing is heard, and in summaries of earlier versions.
  @Nullable public var tail: Seconds?
  /// The confidence, 0 to 1.
  public var confidence: Double
  /// What speaks for the verdict, in words.
  public var evidence: [String]
  /// Where to listen from to hear the ending, in seconds; absent in summaries of earlier versions.
  public var from: Seconds?

  /// An ending of `kind`.
  public init(
    kind: Kind, abrupt: Bool, cutParty: Party? = nil, firstLegGone: Party? = nil, confidence: Double,
    evidence: [String]
  ) {
    self.kind = kind
    self.abrupt = abrupt
    self.cutParty = cutParty
    self.firstLegGone = firstLegGone
    self.confidence = confidence.rounded(decimals: 2)
    self.evidence = evidence
  }

  enum CodingKeys: String, CodingKey {
    case kind, abrupt, confidence, evidence
    case from = "from_s"
    case cutParty = "cut_party"
    case firstLegGone = "first_leg_gone"
    case tail = "tail_s"
  }
}
