public import CallModel

/// What one source has on a call, as it is written there.
public struct Evidence: Sendable, Hashable, Codable {
  /// Which source.
  public var source: CallMetadata.Source
  /// Its values, without the start.
  public var fields: [CallMetadata.Field: String]
  /// The start of the call.
  public var started: CallTime?
  /// Values that cannot be used, each with its reason.
  public var unusable: [NotMeasured] = []

  /// Evidence from `source`.
  public init(
    _ source: CallMetadata.Source, fields: [CallMetadata.Field: String] = [:], started: CallTime? = nil
  ) {
    self.source = source
    self.fields = fields
    self.started = started
  }

  /// Adds a value, if there is one and it is not empty.
  mutating func take(_ field: CallMetadata.Field, _ value: String?) {
    if let value, !value.isEmpty { fields[field] = value }
  }

  /// Adds a start.
  mutating func takeStart(_ text: String?) {
    guard let text, !text.isEmpty else { return }
    started = CallTime(text)
    if started == nil {
      unusable.append(
        NotMeasured(field: CallMetadata.Field.startedAt.rawValue, reason: "\"\(text.prefix(40))\" is no time")
      )
    }
  }
}

/// How recordings of one place are described.
public struct MetadataRules: Sendable, Hashable {
  /// Forms of names, the first that matches decides.
  public var names: [NamePattern] = []
  /// The wall clock of names and records without a zone; nil where it is not configured.
  public var clock: WallClock?
  /// Where national numbers belong, by ISO 3166.
  public var region: String?
  /// Whether `X.json` beside `X.wav` is read.
  public var readsSidecars = false
  /// A name of sidecars that describe all recordings in their folder; nil where each has its own.
  public var folderSidecar: String?
  /// The keys of a field in that JSON, joined by dots; the first key that exists is used.
  public var keys: [CallMetadata.Field: [String]] = [:]
  /// Files of Asterisk (`Master.csv`, `queue_log`) and folders of FreeSWITCH's records.
  public var records: [String] = []

  /// Whether the recorder may write each leg of a call to a file of its own, both from the same moment on: Asterisk's
  /// `Monitor()`, which VICIdial uses. rtpengine's single streams have no gaps, and cannot be put together so.
  public var hasLegs: Bool { names.contains { ["asterisk", "vicidial"].contains($0.recorder) } }

  /// No rules.
  public init() {}
}

extension MetadataRules {
  /// Where the JSON of a recorder has the fields, as its vendor documents them: Amazon Connect's contact records,
  /// Twilio's recordings.
  public static func presetKeys(_ recorder: String) -> [CallMetadata.Field: [String]] {
    presets[recorder == "twilio-flex" ? "twilio" : recorder] ?? [:]
  }

  private static let presets: [String: [CallMetadata.Field: [String]]] = [
    "amazon-connect": [
      .callID: ["ContactId"], .startedAt: ["InitiationTimestamp"], .direction: ["InitiationMethod"],
      .customer: ["CustomerEndpoint.Address"], .line: ["SystemEndpoint.Address"], .queue: ["Queue.Name"],
      .agent: ["Agent.Username"], .endedBy: ["DisconnectReason"],
    ],
    // The API has the first names, its callbacks the second.
    "twilio": [
      .callID: ["call_sid", "CallSid"], .startedAt: ["start_time", "RecordingStartTime", "date_created"],
      .channels: ["channels", "RecordingChannels"], .duration: ["duration", "RecordingDuration"],
      .from: ["From"], .to: ["To"], .direction: ["Direction"],
    ],
    // `recording.json` of Genesys Interaction Recording; the agent is the first that joined with a user name.
    "genesys": [
      .callID: ["id"], .startedAt: ["startTime", "eventHistory.occurredAt"], .from: ["callerPhoneNumber"],
      .to: ["dialedPhoneNumber"], .agent: ["eventHistory.contact.userName"], .duration: ["duration"],
    ],
  ]

  /// The name of the file that describes all recordings in its folder; nil where the recorder writes none.
  public static func presetFolderSidecar(_ recorder: String) -> String? {
    recorder == "genesys" ? "recording.json" : nil
  }
}
