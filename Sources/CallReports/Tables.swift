/// The calls as a table: one row a recording, failed ones among them. Columns are only ever added, at the end.
public enum CallsTable {
  /// The names of the columns, each with its unit; the first line of a file. The store has most of them under the same
  /// names.
  public static let header =
    [
      "path", "path_b64", "started_at", "duration_s", "status", "bytes", "sha256", "container", "encoding",
      "sample_rate_hz", "channels", "roles_source", "roles_confidence",
    ] + ["agent", "customer", "mixed"].flatMap { party in partyColumns.map { "\(party)_\($0)" } } + [
      "speech_s", "overlap_s", "mutual_silence_s", "floor_transfer_count", "floor_transfer_median_s",
      "floor_transfer_p10_s", "floor_transfer_p90_s", "dead_air_s", "dead_air_count_from_3_s",
      "dead_air_count_from_5_s", "dead_air_count_from_10_s", "dead_air_count_from_15_s",
      "dead_air_count_from_30_s", "hold_s", "agent_interruptions", "customer_interruptions",
      "agent_backchannels", "customer_backchannels", "ring_count", "ring_s", "answered_at_s",
      "first_speaker", "greeting_s", "greeting_latency_s", "ending_kind", "ending_abrupt",
      "ending_cut_party", "ending_first_leg_gone", "ending_confidence", "ending_evidence", "findings",
      "alert_count", "analysis_version", "settings_hash", "failure_code", "failure_message", "prompt_s",
      "agent_repeats_per_min", "customer_repeats_per_min", "leg_skew_s", "ending_tail_s",
    ]

  private static let partyColumns = [
    "channel", "talk_s", "talk_share", "talk_ratio", "talk_confidence", "turns", "longest_turn_s",
    "response_latency_count", "response_latency_median_s", "response_latency_p10_s",
    "response_latency_p90_s", "level_dbov", "noise_dbov", "pitch_median_hz", "pitch_p10_hz",
    "pitch_p90_hz", "pace_syllables_per_s", "clipping_per_min", "dropouts_per_min", "one_way", "leakage_db",
  ]

  /// The columns that say yes or no.
  public static let flags: Set<String> = [
    "agent_one_way", "customer_one_way", "mixed_one_way", "ending_abrupt",
  ]

  /// The first line of a file, with its line end.
  public static var headerLine: String { csvLine(header.map(CSVField.text)) }

  /// The fields of a recording that failed: only its path, the status `failed` and the failure are known.
  public static func row(
    ofFailed path: String, pathBase64: String?, _ code: String, _ message: String
  ) -> [CSVField] {
    let known: [String: CSVField] = [
      "path": .text(path), "path_b64": CSVField(pathBase64), "status": .text("failed"),
      "failure_code": .text(code), "failure_message": .text(message),
    ]
    return header.map { known[$0] ?? .unknown }
  }
}

/// The events as a table: one row an event, by start time within a call; none for a recording that failed.
public enum EventsTable {
  /// The names of the columns, each with its unit; the first line of a file.
  public static let header = [
    "path", "type", "by", "outcome", "owner", "kind", "leg", "start_s", "end_s", "confidence", "path_b64",
  ]

  /// The first line of a file, with its line end.
  public static var headerLine: String { csvLine(header.map(CSVField.text)) }
}
