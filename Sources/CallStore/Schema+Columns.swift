/// Which columns are taken out of JSON.
extension Schema {
  /// Where in the summary each column of `call_metadata` is found.
  static let metadata: [(column: String, json: String)] = [
    ("direction", "direction"), ("from_number", "from"), ("to_number", "to"),
    ("customer_number", "customer"), ("line_number", "line"), ("queue", "queue"), ("agent", "agent"),
    ("recorder", "recorder"), ("recorder_call_id", "call_id"), ("record_duration_s", "duration_s"),
    ("record_talk_s", "talk_s"), ("record_ended_by", "ended_by"), ("record_channels", "channels"),
    ("record_disposition", "disposition"),
  ]

  /// The value of each column of `calls` in a summary, as SQL. The summary is a parameter or a column that is not named
  /// `json`: `json_each` has one of that name.
  static func figures(in summary: String) -> [(column: String, value: String)] {
    figures.map { ($0.column, "\(summary) ->> '$.\($0.json)'") } + [
      (
        "ending_evidence",
        "(SELECT coalesce(group_concat(value, '; '), '') FROM json_each(\(summary), '$.ending.evidence'))"
      )
    ]
  }

  /// Where in the summary each column of `calls` is found.
  private static let figures: [(column: String, json: String)] =
    [
      ("sha256", "recording.sha256"),
      ("container", "recording.container"),
      ("encoding", "recording.encoding"),
      ("sample_rate_hz", "recording.sample_rate_hz"),
      ("channels", "recording.channels"),
      ("duration_s", "recording.duration_s"),
      ("status", "recording.status"),
      ("roles_source", "roles.source"),
      ("roles_confidence", "roles.confidence"),
      ("speech_s", "conversation.speech_s"),
      ("overlap_s", "conversation.overlap_s"),
      ("mutual_silence_s", "conversation.mutual_silence_s"),
      ("dead_air_s", "conversation.dead_air_s"),
      ("dead_air_count_from_3_s", "conversation.dead_air_counts.3"),
      ("dead_air_count_from_5_s", "conversation.dead_air_counts.5"),
      ("dead_air_count_from_10_s", "conversation.dead_air_counts.10"),
      ("dead_air_count_from_15_s", "conversation.dead_air_counts.15"),
      ("dead_air_count_from_30_s", "conversation.dead_air_counts.30"),
      ("hold_s", "conversation.hold_s"),
      ("floor_transfer_count", "conversation.floor_transfer_s.count"),
      ("floor_transfer_median_s", "conversation.floor_transfer_s.median"),
      ("floor_transfer_p10_s", "conversation.floor_transfer_s.p10"),
      ("floor_transfer_p90_s", "conversation.floor_transfer_s.p90"),
      ("leg_skew_s", "conversation.leg_skew_s"),
      ("ring_count", "opening.ring_count"),
      ("ring_s", "opening.ring_s"),
      ("answered_at_s", "opening.answered_at_s"),
      ("first_speaker", "opening.first_speaker"),
      ("greeting_s", "opening.greeting_s"),
      ("greeting_latency_s", "opening.greeting_latency_s"),
      ("ending_kind", "ending.kind"),
      ("ending_abrupt", "ending.abrupt"),
      ("ending_cut_party", "ending.cut_party"),
      ("ending_first_leg_gone", "ending.first_leg_gone"),
      ("ending_tail_s", "ending.tail_s"),
      ("ending_confidence", "ending.confidence"),
    ]
    + ["agent", "customer"].flatMap { party in
      partyFigures(party, "parties.\(party)") + [
        ("\(party)_repeats_per_min", "parties.\(party).line.repeats_per_min"),
        ("\(party)_interruptions", "conversation.interruptions.\(party)"),
        ("\(party)_backchannels", "conversation.backchannels.\(party)"),
      ]
    }
    + partyFigures("mixed", "mixed")

  private static func partyFigures(_ name: String, _ json: String) -> [(column: String, json: String)] {
    [
      ("channel", "channel"), ("talk_s", "talk_s"), ("talk_share", "talk_share"),
      ("talk_ratio", "talk_ratio"),
      ("talk_confidence", "talk_confidence"), ("turns", "turns"), ("longest_turn_s", "longest_turn_s"),
      ("response_latency_count", "response_latency_s.count"),
      ("response_latency_median_s", "response_latency_s.median"),
      ("response_latency_p10_s", "response_latency_s.p10"),
      ("response_latency_p90_s", "response_latency_s.p90"),
      ("level_dbov", "level_dbov"), ("noise_dbov", "noise_dbov"), ("pitch_median_hz", "pitch_hz.median"),
      ("pitch_p10_hz", "pitch_hz.p10"), ("pitch_p90_hz", "pitch_hz.p90"),
      ("pace_syllables_per_s", "pace_syllables_per_s"), ("clipping_per_min", "line.clipping_per_min"),
      ("dropouts_per_min", "line.dropouts_per_min"), ("one_way", "line.one_way"),
      ("leakage_db", "line.leakage_db"),
    ].map { ("\(name)_\($0.0)", "\(json).\($0.1)") }
  }
}
