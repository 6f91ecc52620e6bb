public import CallModel

/// The calls as a table: one row a recording, failed ones among them. Columns are only ever added, at the end.
public enum CallsTable {
  /// The names of the columns, each with its unit; the first line of a file.
  public static let header =
    columns.map(\.name) + [
      "failure_code", "failure_message", "prompt_s", "agent_repeats_per_min", "customer_repeats_per_min",
      "leg_skew_s",
    ]

  /// The first line of a file, with its line end.
  public static var headerLine: String { csvLine(header.map(CSVField.text)) }

  /// The fields of one recording, in the order of `header`. Of a failed one only the path, the status `failed`
  /// and the failure are known.
  public static func row(_ outcome: CallOutcome) -> [CSVField] {
    switch outcome {
    case .analysed(let call):
      let prompts = call.events.filter { $0.type == .prompt }.map(\.range.duration)
      return columns.map { $0.value(call) } + [
        .unknown, .unknown, prompts.isEmpty ? .unknown : .number(prompts.reduce(0, +).milliseconds),
        CSVField(call.parties.agent.line?.repeatsPerMinute),
        CSVField(call.parties.customer.line?.repeatsPerMinute), CSVField(call.conversation.legSkew),
      ]
    case .failed(let failure):
      let known: [String: CSVField] = [
        "path": .text(failure.path), "path_b64": CSVField(failure.pathBase64), "status": .text("failed"),
        "failure_code": .text(failure.error.code.rawValue), "failure_message": .text(failure.error.message),
      ]
      return header.map { known[$0] ?? .unknown }
    }
  }

  private struct Column: Sendable {
    let name: String
    let value: @Sendable (CallSummary) -> CSVField

    init(_ name: String, _ value: @escaping @Sendable (CallSummary) -> CSVField) {
      self.name = name
      self.value = value
    }
  }

  private static let columns: [Column] =
    [
      Column("path") { .text($0.recording.path) },
      Column("path_b64") { CSVField($0.recording.pathBase64) },
      Column("started_at") { CSVField($0.recording.startedAt) },
      Column("duration_s") { .number($0.recording.duration) },
      Column("status") { .text($0.recording.status.rawValue) },
      Column("bytes") { .integer($0.recording.bytes) },
      Column("sha256") { .text($0.recording.sha256) },
      Column("container") { .text($0.recording.container) },
      Column("encoding") { .text($0.recording.encoding) },
      Column("sample_rate_hz") { .integer($0.recording.sampleRate) },
      Column("channels") { .integer($0.recording.channels) },
      Column("roles_source") { .text($0.roles.source.rawValue) },
      Column("roles_confidence") { .number($0.roles.confidence) },
    ]
    + Party.allCases.flatMap { party in partyColumns(party.rawValue) { $0[party] } }
    + partyColumns("mixed") { $0.mixed }
    + [
      Column("speech_s") { .number($0.conversation.speech) },
      Column("overlap_s") { CSVField($0.conversation.overlap) },
      Column("mutual_silence_s") { .number($0.conversation.mutualSilence) },
      Column("floor_transfer_count") { CSVField($0.conversation.floorTransfer?.count) },
      Column("floor_transfer_median_s") { CSVField($0.conversation.floorTransfer?.median) },
      Column("floor_transfer_p10_s") { CSVField($0.conversation.floorTransfer?.p10) },
      Column("floor_transfer_p90_s") { CSVField($0.conversation.floorTransfer?.p90) },
      Column("dead_air_s") { .number($0.conversation.deadAir) },
    ]
    + ["3", "5", "10", "15", "30"].map { minimum in
      Column("dead_air_count_from_\(minimum)_s") { CSVField($0.conversation.deadAirCounts[minimum]) }
    }
    + [
      Column("hold_s") { .number($0.conversation.hold) },
      Column("agent_interruptions") { CSVField($0.conversation.interruptions.agent) },
      Column("customer_interruptions") { CSVField($0.conversation.interruptions.customer) },
      Column("agent_backchannels") { CSVField($0.conversation.backchannels.agent) },
      Column("customer_backchannels") { CSVField($0.conversation.backchannels.customer) },
      Column("ring_count") { .integer($0.opening.ringCount) },
      Column("ring_s") { CSVField($0.opening.ring) },
      Column("answered_at_s") { CSVField($0.opening.answeredAt) },
      Column("first_speaker") { CSVField($0.opening.firstSpeaker?.rawValue) },
      Column("greeting_s") { CSVField($0.opening.greeting) },
      Column("greeting_latency_s") { CSVField($0.opening.greetingLatency) },
      Column("ending_kind") { .text($0.ending.kind.rawValue) },
      Column("ending_abrupt") { .flag($0.ending.abrupt) },
      Column("ending_cut_party") { CSVField($0.ending.cutParty?.rawValue) },
      Column("ending_first_leg_gone") { CSVField($0.ending.firstLegGone?.rawValue) },
      Column("ending_tail_s") { CSVField($0.ending.tail) },
      Column("ending_confidence") { .number($0.ending.confidence) },
      Column("ending_evidence") { .text($0.ending.evidence.joined(separator: "; ")) },
      Column("findings") { .text(unique($0.findings.map(\.code.rawValue)).joined(separator: " ")) },
      Column("alert_count") { call in .integer(call.findings.count { $0.severity == .alert }) },
      Column("analysis_version") { .text($0.analysis.version) },
      Column("settings_hash") { .text($0.analysis.settingsHash) },
    ]

  private static func partyColumns(
    _ name: String, _ party: @escaping @Sendable (CallSummary) -> PartySummary?
  ) -> [Column] {
    func number(_ column: String, _ value: @escaping @Sendable (PartySummary) -> Double?) -> Column {
      Column("\(name)_\(column)") { CSVField(party($0).flatMap(value)) }
    }
    return [
      Column("\(name)_channel") { CSVField(party($0)?.channel) },
      number("talk_s") { $0.talk },
      number("talk_share") { $0.talkShare },
      number("talk_ratio") { $0.talkRatio },
      Column("\(name)_talk_confidence") { CSVField(party($0)?.talkConfidence?.rawValue) },
      Column("\(name)_turns") { CSVField(party($0)?.turns) },
      number("longest_turn_s") { $0.longestTurn },
      Column("\(name)_response_latency_count") { CSVField(party($0)?.responseLatency?.count) },
      number("response_latency_median_s") { $0.responseLatency?.median },
      number("response_latency_p10_s") { $0.responseLatency?.p10 },
      number("response_latency_p90_s") { $0.responseLatency?.p90 },
      number("level_dbov") { $0.level },
      number("noise_dbov") { $0.noise },
      number("pitch_median_hz") { $0.pitch?.median },
      number("pitch_p10_hz") { $0.pitch?.p10 },
      number("pitch_p90_hz") { $0.pitch?.p90 },
      number("pace_syllables_per_s") { $0.pace },
      number("clipping_per_min") { $0.line?.clippingPerMinute },
      number("dropouts_per_min") { $0.line?.dropoutsPerMinute },
      Column("\(name)_one_way") { CSVField(party($0)?.line?.oneWay) },
      number("leakage_db") { $0.line?.leakage },
    ]
  }

  /// The codes without repetition, in the order in which they first occur.
  private static func unique(_ codes: [String]) -> [String] {
    var seen: Set<String> = []
    return codes.filter { seen.insert($0).inserted }
  }
}

/// The events as a table: one row an event, by start time within a call.
public enum EventsTable {
  /// The names of the columns, each with its unit; the first line of a file.
  public static let header = [
    "path", "type", "by", "outcome", "owner", "kind", "leg", "start_s", "end_s", "confidence", "path_b64",
  ]

  /// The first line of a file, with its line end.
  public static var headerLine: String { csvLine(header.map(CSVField.text)) }

  /// The fields of each event of one recording, in the order of `header`; none for a failed one.
  public static func rows(_ outcome: CallOutcome) -> [[CSVField]] {
    guard case .analysed(let call) = outcome else { return [] }
    return call.events.map { event in
      [
        .text(call.recording.path), .text(event.type.rawValue), CSVField(event.by?.rawValue),
        CSVField(event.outcome?.rawValue), CSVField(event.owner?.rawValue), CSVField(event.kind?.rawValue),
        CSVField(event.leg?.rawValue), .number(event.start), .number(event.end), CSVField(event.confidence),
        CSVField(call.recording.pathBase64),
      ]
    }
  }
}
