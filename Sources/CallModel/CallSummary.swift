/// What Talkspurt reports about one call: schema `talkspurt.call/1`. Times are seconds from the start of the
/// recording with three decimals; what could not be measured is nil and named in `notMeasured`.
public struct CallSummary: Sendable, Hashable, Codable {
  /// The name of this schema; keys are only ever added to it.
  public static let schemaName = "talkspurt.call/1"

  /// `talkspurt.call/1`.
  public var schema = CallSummary.schemaName
  /// The file.
  public var recording: Recording
  /// What analysed it.
  public var analysis: Analysis
  /// Who is on which channel, and how that is known.
  public var roles: Roles
  /// What is measured of each party.
  public var parties: Parties
  /// The same measures of the one channel that carries both parties; nil where each has a channel.
  @Nullable public var mixed: PartySummary?
  /// How many voices that channel carries, and the confidence of their separation; nil where each party has a
  /// channel.
  @Nullable public var separation: Separation?
  /// What is measured of both together.
  public var conversation: Conversation
  /// How the call began.
  public var opening: Opening
  /// How the call ended.
  public var ending: Ending
  /// What happened, by start time.
  public var events: [CallEvent]
  /// What deserves a listener, by start time.
  public var findings: [Finding]
  /// The fields that are nil, each with its reason.
  public var notMeasured: [NotMeasured]
  /// What is known besides the sound; absent where no source has anything.
  public var metadata: CallMetadata?

  /// A summary of these parts.
  public init(
    recording: Recording, analysis: Analysis, roles: Roles, parties: Parties, mixed: PartySummary?,
    separation: Separation? = nil, conversation: Conversation, opening: Opening, ending: Ending,
    events: [CallEvent], findings: [Finding], notMeasured: [NotMeasured], metadata: CallMetadata? = nil
  ) {
    self.recording = recording
    self.analysis = analysis
    self.roles = roles
    self.parties = parties
    self.mixed = mixed
    self.separation = separation
    self.conversation = conversation
    self.opening = opening
    self.ending = ending
    self.events = events
    self.findings = findings
    self.notMeasured = notMeasured
    self.metadata = metadata
  }

  enum CodingKeys: String, CodingKey {
    case schema, recording, analysis, roles, parties, mixed, separation, conversation, opening, ending,
      events, findings, metadata
    case notMeasured = "not_measured"
  }

  /// The measures of one party.
  public subscript(party: Party) -> PartySummary {
    party == .agent ? parties.agent : parties.customer
  }
}

/// The file that was analysed.
public struct Recording: Sendable, Hashable, Codable {
  /// The state of the file: whole, cut short, or with an unfinished header that was repaired in memory.
  public enum Status: String, Sendable, Hashable, Codable {
    case ok
    case truncated = "ok_truncated"
    case recovered = "ok_recovered"
  }

  /// How a recording is not what its header or its name says, so that its figures are doubtful.
  public struct Fault: Sendable, Hashable, Codable {
    /// The finding that it is.
    public var code: Finding.Code
    /// One sentence for a person.
    public var message: String

    /// A fault of this kind.
    public init(_ code: Finding.Code, _ message: String) {
      self.code = code
      self.message = message
    }
  }

  /// The path for people; bytes that are not UTF-8 are replaced.
  public var path: String
  /// base64 of the path where it is not UTF-8.
  @Nullable public var pathBase64: String?
  /// The size of the file in bytes.
  public var bytes: Int
  /// SHA-256 of the whole file, in lower-case hexadecimal.
  public var sha256: String
  /// `WAV`, `RF64`, `FLAC`, …
  public var container: String
  /// `PCM_16`, `ULAW`, `ALAW`, `GSM610`, …
  public var encoding: String
  /// Samples per second and channel.
  public var sampleRate: Int
  /// Channels in the file.
  public var channels: Int
  /// What was read, in seconds.
  public var duration: Seconds
  /// Whether the file was whole.
  public var status: Status
  /// What the header has wrong and how the sound was read instead, one sentence each; absent where it is right.
  public var notes: [String]?
  /// What makes the figures of this recording doubtful; absent where nothing does. Each is a finding.
  public var faults: [Fault]?
  /// When the call began, ISO 8601 with zone, where a name or a record has it.
  @Nullable public var startedAt: String?

  /// A description of a file.
  public init(
    path: RecordingPath, bytes: Int, sha256: String, container: String, encoding: String, sampleRate: Int,
    channels: Int, duration: Seconds, status: Status, notes: [String] = [], faults: [Fault] = [],
    startedAt: String? = nil
  ) {
    self.path = path.text
    self.pathBase64 = path.base64
    self.bytes = bytes
    self.sha256 = sha256
    self.container = container
    self.encoding = encoding
    self.sampleRate = sampleRate
    self.channels = channels
    self.duration = duration.milliseconds
    self.status = status
    self.notes = notes.isEmpty ? nil : notes
    self.faults = faults.isEmpty ? nil : faults
    self.startedAt = startedAt
  }

  enum CodingKeys: String, CodingKey {
    case path, bytes, sha256, container, encoding, channels, status, notes, faults
    case pathBase64 = "path_b64"
    case sampleRate = "sample_rate_hz"
    case duration = "duration_s"
    case startedAt = "started_at"
  }
}

/// What analysed the recording.
public struct Analysis: Sendable, Hashable, Codable {
  /// Talkspurt's version.
  public var version: String
  /// A hash of the effective analysis settings: equal hashes and versions give equal summaries.
  public var settingsHash: String

  /// An analysis by `version` with settings that hash to `settingsHash`.
  public init(version: String, settingsHash: String) {
    self.version = version
    self.settingsHash = settingsHash
  }

  enum CodingKeys: String, CodingKey {
    case version
    case settingsHash = "settings_hash"
  }
}

/// Who is on which channel, and how that is known.
public struct Roles: Sendable, Hashable, Codable {
  /// Where the roles come from.
  public enum Source: String, Sendable, Hashable, Codable {
    /// Given by the user or by a configured source.
    case given
    /// Inferred from evidence in the sound.
    case inferred
    /// No evidence: the agent is taken to be on channel 0.
    case assumed
  }

  /// Where the roles come from.
  public var source: Source
  /// The confidence, 0 to 1; 1 where the roles were given.
  public var confidence: Double

  /// Roles from `source`, with `confidence`.
  public init(source: Source, confidence: Double) {
    self.source = source
    self.confidence = confidence.rounded(decimals: 2)
  }
}

/// The voices on a channel that carries both parties.
public struct Separation: Sendable, Hashable, Codable {
  /// How many voices are heard: 0, 1, 2, or 3 for more than two; nil where it is one or two.
  @Nullable public var voices: Int?
  /// The confidence that each stretch of speech has the right voice, 0 to 1; nil unless two voices are heard.
  @Nullable public var confidence: Double?

  /// `voices` voices, separated with `confidence`.
  public init(voices: Int?, confidence: Double?) {
    self.voices = voices
    self.confidence = confidence?.rounded(decimals: 2)
  }
}

/// One field that is nil, and why.
public struct NotMeasured: Sendable, Hashable, Codable {
  /// The field's path in the summary, as in `parties.agent.talk_s`.
  public var field: String
  /// Why it could not be measured, for a person.
  public var reason: String

  /// `field` was not measured because of `reason`.
  public init(field: String, reason: String) {
    self.field = field
    self.reason = reason
  }
}

/// A recording that could not be analysed: schema `talkspurt.failure/1`.
public struct CallFailure: Error, Sendable, Hashable, Codable {
  /// What kind of failure; operators match on it.
  public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
    /// Not a sound file, whatever its name.
    case notAudio = "not_audio"
    /// A sound file in a form that is not read, or not without a setting.
    case unsupportedEncoding = "unsupported_encoding"
    /// A sound file whose structure contradicts itself.
    case malformed
    /// No samples in it.
    case empty
    /// Longer or larger than the limits allow.
    case tooLarge = "too_large"
    /// The file system could not read it.
    case unreadable
    /// It was written to while it was read.
    case changedWhileReading = "changed_while_reading"
    /// The analysis crashed on it.
    case crashed
    /// The analysis came no further.
    case timeout
  }

  /// The code and the sentence.
  public struct Reason: Sendable, Hashable, Codable {
    /// What kind of failure.
    public var code: Code
    /// What happened and what the operator can do, as one sentence.
    public var message: String
  }

  /// `talkspurt.failure/1`.
  public var schema = "talkspurt.failure/1"
  /// The path for people.
  public var path: String
  /// base64 of the path where it is not UTF-8.
  @Nullable public var pathBase64: String?
  /// The code and the sentence.
  public var error: Reason

  /// The recording at `path` failed with `code`; `message` says what an operator can do.
  public init(path: RecordingPath, code: Code, message: String) {
    self.path = path.text
    self.pathBase64 = path.base64
    self.error = Reason(code: code, message: message)
  }

  enum CodingKeys: String, CodingKey {
    case schema, path, error
    case pathBase64 = "path_b64"
  }
}

/// What became of one recording.
public enum CallOutcome: Sendable, Hashable {
  case analysed(CallSummary)
  case failed(CallFailure)
}

extension Recording {
  /// Whether a lossy codec for any sound wrote the file: MPEG audio, Vorbis or Opus.
  public var isLossy: Bool { encoding.hasPrefix("MPEG") || encoding == "VORBIS" || encoding == "OPUS" }
}
