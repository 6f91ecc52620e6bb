/// Version 6: every column of the table of calls, and what facts were merged from.
extension Schema {
  static let version6 = """
    -- What `export --format csv` writes stands in columns: no summary is read for it.
    ALTER TABLE calls ADD COLUMN agent_talk_confidence TEXT;
    ALTER TABLE calls ADD COLUMN agent_response_latency_count INTEGER;
    ALTER TABLE calls ADD COLUMN agent_response_latency_p10_s REAL;
    ALTER TABLE calls ADD COLUMN agent_response_latency_p90_s REAL;
    ALTER TABLE calls ADD COLUMN agent_pitch_p10_hz REAL;
    ALTER TABLE calls ADD COLUMN agent_pitch_p90_hz REAL;
    ALTER TABLE calls ADD COLUMN agent_repeats_per_min REAL;
    ALTER TABLE calls ADD COLUMN customer_talk_confidence TEXT;
    ALTER TABLE calls ADD COLUMN customer_response_latency_count INTEGER;
    ALTER TABLE calls ADD COLUMN customer_response_latency_p10_s REAL;
    ALTER TABLE calls ADD COLUMN customer_response_latency_p90_s REAL;
    ALTER TABLE calls ADD COLUMN customer_pitch_p10_hz REAL;
    ALTER TABLE calls ADD COLUMN customer_pitch_p90_hz REAL;
    ALTER TABLE calls ADD COLUMN customer_repeats_per_min REAL;
    ALTER TABLE calls ADD COLUMN mixed_channel /* one channel with both parties: what is measured of it */ INTEGER;
    ALTER TABLE calls ADD COLUMN mixed_talk_s REAL;
    ALTER TABLE calls ADD COLUMN mixed_talk_share REAL;
    ALTER TABLE calls ADD COLUMN mixed_talk_ratio REAL;
    ALTER TABLE calls ADD COLUMN mixed_talk_confidence TEXT;
    ALTER TABLE calls ADD COLUMN mixed_turns INTEGER;
    ALTER TABLE calls ADD COLUMN mixed_longest_turn_s REAL;
    ALTER TABLE calls ADD COLUMN mixed_response_latency_count INTEGER;
    ALTER TABLE calls ADD COLUMN mixed_response_latency_median_s REAL;
    ALTER TABLE calls ADD COLUMN mixed_response_latency_p10_s REAL;
    ALTER TABLE calls ADD COLUMN mixed_response_latency_p90_s REAL;
    ALTER TABLE calls ADD COLUMN mixed_level_dbov REAL;
    ALTER TABLE calls ADD COLUMN mixed_noise_dbov REAL;
    ALTER TABLE calls ADD COLUMN mixed_pitch_median_hz REAL;
    ALTER TABLE calls ADD COLUMN mixed_pitch_p10_hz REAL;
    ALTER TABLE calls ADD COLUMN mixed_pitch_p90_hz REAL;
    ALTER TABLE calls ADD COLUMN mixed_pace_syllables_per_s REAL;
    ALTER TABLE calls ADD COLUMN mixed_clipping_per_min REAL;
    ALTER TABLE calls ADD COLUMN mixed_dropouts_per_min REAL;
    ALTER TABLE calls ADD COLUMN mixed_one_way INTEGER;
    ALTER TABLE calls ADD COLUMN mixed_leakage_db REAL;
    ALTER TABLE calls ADD COLUMN floor_transfer_count INTEGER;
    ALTER TABLE calls ADD COLUMN floor_transfer_median_s REAL;
    ALTER TABLE calls ADD COLUMN floor_transfer_p10_s REAL;
    ALTER TABLE calls ADD COLUMN floor_transfer_p90_s REAL;
    ALTER TABLE calls ADD COLUMN leg_skew_s REAL;
    ALTER TABLE calls ADD COLUMN ending_tail_s REAL;
    ALTER TABLE calls ADD COLUMN ending_evidence TEXT;
    UPDATE calls SET
      agent_talk_confidence = summary ->> '$.parties.agent.talk_confidence',
      agent_response_latency_count = summary ->> '$.parties.agent.response_latency_s.count',
      agent_response_latency_p10_s = summary ->> '$.parties.agent.response_latency_s.p10',
      agent_response_latency_p90_s = summary ->> '$.parties.agent.response_latency_s.p90',
      agent_pitch_p10_hz = summary ->> '$.parties.agent.pitch_hz.p10',
      agent_pitch_p90_hz = summary ->> '$.parties.agent.pitch_hz.p90',
      agent_repeats_per_min = summary ->> '$.parties.agent.line.repeats_per_min',
      customer_talk_confidence = summary ->> '$.parties.customer.talk_confidence',
      customer_response_latency_count = summary ->> '$.parties.customer.response_latency_s.count',
      customer_response_latency_p10_s = summary ->> '$.parties.customer.response_latency_s.p10',
      customer_response_latency_p90_s = summary ->> '$.parties.customer.response_latency_s.p90',
      customer_pitch_p10_hz = summary ->> '$.parties.customer.pitch_hz.p10',
      customer_pitch_p90_hz = summary ->> '$.parties.customer.pitch_hz.p90',
      customer_repeats_per_min = summary ->> '$.parties.customer.line.repeats_per_min',
      mixed_channel = summary ->> '$.mixed.channel',
      mixed_talk_s = summary ->> '$.mixed.talk_s',
      mixed_talk_share = summary ->> '$.mixed.talk_share',
      mixed_talk_ratio = summary ->> '$.mixed.talk_ratio',
      mixed_talk_confidence = summary ->> '$.mixed.talk_confidence',
      mixed_turns = summary ->> '$.mixed.turns',
      mixed_longest_turn_s = summary ->> '$.mixed.longest_turn_s',
      mixed_response_latency_count = summary ->> '$.mixed.response_latency_s.count',
      mixed_response_latency_median_s = summary ->> '$.mixed.response_latency_s.median',
      mixed_response_latency_p10_s = summary ->> '$.mixed.response_latency_s.p10',
      mixed_response_latency_p90_s = summary ->> '$.mixed.response_latency_s.p90',
      mixed_level_dbov = summary ->> '$.mixed.level_dbov',
      mixed_noise_dbov = summary ->> '$.mixed.noise_dbov',
      mixed_pitch_median_hz = summary ->> '$.mixed.pitch_hz.median',
      mixed_pitch_p10_hz = summary ->> '$.mixed.pitch_hz.p10',
      mixed_pitch_p90_hz = summary ->> '$.mixed.pitch_hz.p90',
      mixed_pace_syllables_per_s = summary ->> '$.mixed.pace_syllables_per_s',
      mixed_clipping_per_min = summary ->> '$.mixed.line.clipping_per_min',
      mixed_dropouts_per_min = summary ->> '$.mixed.line.dropouts_per_min',
      mixed_one_way = summary ->> '$.mixed.line.one_way',
      mixed_leakage_db = summary ->> '$.mixed.line.leakage_db',
      floor_transfer_count = summary ->> '$.conversation.floor_transfer_s.count',
      floor_transfer_median_s = summary ->> '$.conversation.floor_transfer_s.median',
      floor_transfer_p10_s = summary ->> '$.conversation.floor_transfer_s.p10',
      floor_transfer_p90_s = summary ->> '$.conversation.floor_transfer_s.p90',
      leg_skew_s = summary ->> '$.conversation.leg_skew_s',
      ending_tail_s = summary ->> '$.ending.tail_s',
      ending_evidence = (
        SELECT coalesce(group_concat(value, '; '), '') FROM json_each(summary, '$.ending.evidence'))
    FROM (SELECT call_id, coalesce(told_json, heard_json) AS summary FROM summaries) AS s WHERE s.call_id = id;

    ALTER TABLE files ADD COLUMN facts_hash /* of what its sources said last, and of what was known */ INTEGER;
    ALTER TABLE files ADD COLUMN silent_sources /* then: had said something of it before; one a line */ TEXT;
    """
}
