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

  /// Where in the summary each column of `calls` is found.
  static let figures: [(column: String, json: String)] =
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
      ("ending_confidence", "ending.confidence"),
    ]
    + ["agent", "customer"].flatMap { party in
      [
        ("\(party)_channel", "parties.\(party).channel"),
        ("\(party)_talk_s", "parties.\(party).talk_s"),
        ("\(party)_talk_share", "parties.\(party).talk_share"),
        ("\(party)_talk_ratio", "parties.\(party).talk_ratio"),
        ("\(party)_turns", "parties.\(party).turns"),
        ("\(party)_longest_turn_s", "parties.\(party).longest_turn_s"),
        ("\(party)_response_latency_median_s", "parties.\(party).response_latency_s.median"),
        ("\(party)_level_dbov", "parties.\(party).level_dbov"),
        ("\(party)_noise_dbov", "parties.\(party).noise_dbov"),
        ("\(party)_pitch_median_hz", "parties.\(party).pitch_hz.median"),
        ("\(party)_pace_syllables_per_s", "parties.\(party).pace_syllables_per_s"),
        ("\(party)_clipping_per_min", "parties.\(party).line.clipping_per_min"),
        ("\(party)_dropouts_per_min", "parties.\(party).line.dropouts_per_min"),
        ("\(party)_one_way", "parties.\(party).line.one_way"),
        ("\(party)_leakage_db", "parties.\(party).line.leakage_db"),
        ("\(party)_interruptions", "conversation.interruptions.\(party)"),
        ("\(party)_backchannels", "conversation.backchannels.\(party)"),
      ]
    }
}
