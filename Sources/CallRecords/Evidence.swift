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
  /// The keys of a field in that JSON, joined by dots; the first key that exists is used.
  public var keys: [CallMetadata.Field: [String]] = [:]
  /// Files of Asterisk (`Master.csv`) and folders of FreeSWITCH's JSON records.
  public var records: [String] = []

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
    "twilio": [
      .callID: ["call_sid"], .startedAt: ["start_time", "date_created"], .channels: ["channels"],
      .duration: ["duration"],
    ],
  ]
}
