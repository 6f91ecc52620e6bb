/// Something that happened in the call, with its time. Which of the optional fields are there depends on the
/// type; in JSON the others are absent.
public struct CallEvent: Sendable, Hashable, Codable {
  /// What happened.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case interruption, backchannel
    case deadAir = "dead_air"
    case hold, ringback
    case busyTone = "busy_tone"
    case congestionTone = "congestion_tone"
    case dialTone = "dial_tone"
    case sit, dtmf, beep, tone, escalation
    /// Ringing in the middle of a call, after which somebody speaks on the leg that rang.
    case transfer
    /// A leg carries nothing more, while the other goes on.
    case legDead = "leg_dead"
    /// Fax machines or modems call, answer and talk to each other.
    case fax
    /// A recording that other calls share; only the store reports it.
    case prompt
  }

  /// How an interruption ended.
  public enum Outcome: String, Sendable, Hashable, Codable {
    /// The other party stopped and the starter held the floor.
    case successful
    /// The starter gave up.
    case failed
  }

  /// What a hold, or a ringback that is not a tone, sounded like.
  public enum HoldKind: String, Sendable, Hashable, Codable {
    case music, beep, silence
  }

  /// What happened.
  public var type: Kind
  /// Where it begins, in seconds.
  public var start: Seconds
  /// Where it ends, in seconds.
  public var end: Seconds
  /// The party that did it: interrupted, uttered the backchannel, got agitated.
  public var by: Party?
  /// How the interruption ended.
  public var outcome: Outcome?
  /// The party whose turn it was while nobody spoke.
  public var owner: Party?
  /// What the hold sounded like; `music` for a ringback of music.
  public var kind: HoldKind?
  /// The party whose leg carries the sound; nil where one channel carries both parties.
  public var leg: Party?
  /// How long it rang at a transfer, in seconds.
  public var ring: Seconds?
  /// Whether another voice speaks after a transfer; null where that is not known, absent elsewhere.
  public var newVoice: Nullable<Bool>?
  /// The confidence, 0 to 1.
  public var confidence: Double?
  /// What moved at an escalation or a transfer.
  public var features: [FeatureChange]?
  /// The turn before an escalation.
  public var precedingTurn: PrecedingTurn?

  /// An event of `type` from `start` to `end`, in seconds.
  public init(
    _ type: Kind, start: Seconds, end: Seconds, by: Party? = nil, outcome: Outcome? = nil,
    owner: Party? = nil, kind: HoldKind? = nil, leg: Party? = nil, ring: Seconds? = nil,
    newVoice: Nullable<Bool>? = nil, confidence: Double? = nil, features: [FeatureChange]? = nil,
    precedingTurn: PrecedingTurn? = nil
  ) {
    self.type = type
    self.start = start.milliseconds
    self.end = end.milliseconds
    self.by = by
    self.outcome = outcome
    self.owner = owner
    self.kind = kind
    self.leg = leg
    self.ring = ring?.milliseconds
    self.newVoice = newVoice
    self.confidence = confidence?.rounded(decimals: 2)
    self.features = features
    self.precedingTurn = precedingTurn
  }

  /// Where it lies, in seconds.
  public var range: TimeRange { TimeRange(start, end) }

  enum CodingKeys: String, CodingKey {
    case type, by, outcome, owner, kind, leg, confidence, features
    case start = "start_s"
    case end = "end_s"
    case ring = "ring_s"
    case newVoice = "new_voice"
    case precedingTurn = "preceding_turn"
  }
}

/// How one feature of a voice moved at an escalation.
public struct FeatureChange: Sendable, Hashable, Codable {
  /// `level` (dBov), `pitch` (Hz), `tilt` (dB), `pace` (syllables per second), `overlap` (ratio).
  public var name: String
  /// The median before.
  public var before: Double
  /// The median after.
  public var after: Double
  /// The change in standard deviations of the speaker's own baseline.
  public var z: Double

  /// `name` moved from `before` to `after`.
  public init(name: String, before: Double, after: Double, z: Double) {
    self.name = name
    self.before = before.rounded(decimals: 2)
    self.after = after.rounded(decimals: 2)
    self.z = z.rounded(decimals: 2)
  }
}

/// The turn before an escalation.
public struct PrecedingTurn: Sendable, Hashable, Codable {
  /// Whose turn it was.
  public var by: Party
  /// Where it begins, in seconds.
  public var start: Seconds
  /// Where it ends, in seconds.
  public var end: Seconds

  /// A turn by `by`.
  public init(by: Party, start: Seconds, end: Seconds) {
    self.by = by
    self.start = start.milliseconds
    self.end = end.milliseconds
  }

  enum CodingKeys: String, CodingKey {
    case by
    case start = "start_s"
    case end = "end_s"
  }
}

/// Something about the call that deserves a listener, with the place to listen to.
public struct Finding: Sendable, Hashable, Codable {
  /// What was found.
  public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
    case hungUpOnCustomer = "hung_up_on_customer"
    case customerCutOff = "customer_cut_off"
    case agentCutOff = "agent_cut_off"
    case abandonedOnHold = "abandoned_on_hold"
    case abandonedInQueue = "abandoned_in_queue"
    case noHumanAnswered = "no_human_answered"
    case voicemail
    case deadAir = "dead_air"
    case longTail = "long_tail"
    case longHold = "long_hold"
    case agentInterrupts = "agent_interrupts"
    case agentMonologue = "agent_monologue"
    case slowAnswer = "slow_answer"
    case noGreeting = "no_greeting"
    case rushedClosing = "rushed_closing"
    case escalation
    case oneWayAudio = "one_way_audio"
    case dropouts, clipping
    case concealedLoss = "concealed_loss"
    case legsOutOfStep = "legs_out_of_step"
    case legDead = "leg_dead"
    case silentRecording = "silent_recording"
    case lowLevel = "low_level"
    case leakage
    case bothChannelsSame = "both_channels_same"
    case truncatedRecording = "truncated_recording"
    case stereoAsMono = "stereo_as_mono"
    case legsUnaligned = "legs_unaligned"
    case wrongSampleRate = "wrong_sample_rate"
  }

  /// How much it matters.
  public enum Severity: String, Sendable, Hashable, Codable {
    /// Somebody should listen.
    case alert
    /// Worth knowing.
    case notice
  }

  /// What was found.
  public var code: Code
  /// How much it matters.
  public var severity: Severity
  /// Where to listen from, in seconds.
  public var start: Seconds
  /// Where to listen to, in seconds.
  public var end: Seconds
  /// Whom it concerns.
  @Nullable public var party: Party?
  /// What was measured, in the unit of `threshold`.
  @Nullable public var value: Double?
  /// The setting that it crossed.
  @Nullable public var threshold: Double?
  /// One sentence for a person.
  public var message: String

  /// A finding.
  public init(
    _ code: Code, _ severity: Severity, start: Seconds, end: Seconds, party: Party? = nil,
    value: Double? = nil, threshold: Double? = nil, message: String
  ) {
    self.code = code
    self.severity = severity
    self.start = start.milliseconds
    self.end = end.milliseconds
    self.party = party
    self.value = value?.milliseconds
    self.threshold = threshold
    self.message = message
  }

  enum CodingKeys: String, CodingKey {
    case code, severity, party, value, threshold, message
    case start = "start_s"
    case end = "end_s"
  }
}
