/// The settings of earlier versions that no longer exist, and what replaced them.
///
/// A configuration that still has one is refused: the value was set for a reason, and nobody would notice
/// that it has no effect.
enum RetiredSettings {
  /// What replaced most of them.
  private static let constant = "it is a constant of the program now"

  /// What replaced whole tables that were removed.
  private static let tables = [
    "roles": "the weights of the signs by which roles are inferred are constants of the program now"
  ]

  /// What became of the retired setting or table of a name, as in `activity.room_share`; nil where there was none.
  static func explanation(of name: String) -> String? {
    tables[name] ?? (names.contains(name) ? constant : nil)
  }

  /// What became of the retired setting of an environment variable, as in `TALKSPURT_ACTIVITY_ROOM_SHARE`; nil where
  /// there was none.
  static func explanation(ofVariable variable: String) -> String? {
    if names.contains(where: { Self.variable($0) == variable }) { return constant }
    return tables.first { variable.hasPrefix(Self.variable($0.key) + "_") }?.value
  }

  private static func variable(_ name: String) -> String {
    "TALKSPURT_" + String(name.map { $0 == "." ? "_" : $0 }).uppercased()
  }

  /// Every retired setting of the tables that are left, as in `activity.room_share`.
  static let names = Set(
    namesByTable.flatMap { table, names in
      names.split(whereSeparator: \.isWhitespace).map { "\(table).\($0)" }
    })

  private static let namesByTable = [
    "activity": """
    floor_percentile floor_factor floor_lowest_dbov floor_depth_db floor_smoothing_ms
    noise_window_s noise_percentile noise_rise_from_db noise_step_db voicing_onset core_onset_db
    core_minimum_ms core_total_ms core_pitch_step_octaves core_depth_db room_share room_apart_ms
    room_depth_db room_valley_from_db room_valley_to_db room_talkspurt_db drift_window_s
    drift_db_per_s room_near_db room_reach_ms noisy_below_db far_depth_db far_distance
    far_window_s onset_share onset_lowest_db onset_highest_db offset_db noise_guard_ms
    noise_minimum_s noise_onset_percentile noise_offset_percentile noise_onset_cap_share
    noise_offset_cap_share standing_ms standing_deviation_db standing_apart_ms standing_depth_db
    standing_onset_db onset_minimum_ms foreign_distance foreign_longest_s voicing_spread
    low_share_spread high_voice_hz pitch_spread_octaves hold_below_db hold_ms_per_db
    hold_longest_ms hold_offset_db
    """,
    "tones": """
    line_share high_line_share lone_minimum_ms ghost_hz ghost_depth_db pair_depth_db harmonic_hz
    jump_hz pair_spread key_depth_db key_bridge_ms key_tolerance_share recording_beep_minimum_ms
    information_shortest_ms information_longest_ms information_pause_ms bridge_ms deviation_hz
    long_ms drift_hz lone_deviation_hz lone_drift_hz steady_s steady_hz contrast_db
    high_contrast_db tail_ms tail_depth_db loud_share key_loud_share cadence_share
    double_ring_pause_s slow_pulse_s slow_congestion_hz alternating_hz hold_beep_longest_ms
    leaked_db
    """,
    "music": """
    window_s persistence rest_db rest_weight_db glide_weight_db glide_octaves glide_leap_octaves
    slack_db evidence_db_s strong_db rise_db quiet fade_db edge_db voice_s voice_glide_share
    rest_ms
    """,
    "leakage": """
    depth_db source_range_db correlation margin drift_window_s drift_quantile drift_from_db
    minimum_s
    """,
    "ending": """
    edge_ms decay_db fall_db fall_to_silence_db fall_ms busy_after_s talk_on_s talk_to_nobody_s
    """,
    "line": """
    hole_highest_lsb hole_edge_lsb smeared_leap smeared_fall smeared_edge_lsb repeat_lag_ms
    repeat_edge_lsb repeat_longest_ms skew_window_s skew_talk_s skew_overlap_ratio skew_shortest_s
    skew_longest_s
    """,
    "voice": """
    syllable_dip_db syllable_depth_db
    """,
    "escalation": """
    utterance_pause_s utterance_minimum_s level_spread_db pitch_spread_semitones tilt_spread_db
    feature_change
    """,
    "voices": """
    core_depth_db offset_db hold_below_db segment_longest_s segment_shortest_s depth_db
    strong_minimum_ms island_db segment_noise_frames learnt_segments stay two_voices_odds pause_s
    silent_turn_s mood_evidence mood_ratio mood_doubt mood_minimum_segments mood_maximum_segments
    turn_variance copy_distance raised_hz third_talk_s mood_semitones third_odds third_doubt_odds
    doubted_confidence first_odds ring_odds greeting_odds greeting_s reply_s reply_odds_per_s
    before_hold_odds after_hold_odds silence_s before_silence_odds after_silence_odds
    """,
    "prompts": """
    minimum_landmarks landmarks_per_s gap_s
    """,
  ]
}
