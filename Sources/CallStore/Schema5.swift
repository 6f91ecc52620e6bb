/// Version 5: calls by content, facts by source.
extension Schema {
  static let version5 = """
    DROP VIEW recordings;
    DROP VIEW calls_with_findings;
    DROP VIEW prompts_with_examples;
    DROP VIEW prompt_times;
    DROP VIEW metadata_sources;
    DROP VIEW calls_with_metadata;

    ALTER TABLE runs ADD COLUMN passed_over /* beside seen, of other kinds, as 120 mp3 */ TEXT;
    ALTER TABLE runs ADD COLUMN lost /* calls of which this run found the last file gone */ INTEGER;
    ALTER TABLE runs ADD COLUMN missing_shares /* not there, or empty though known; one a line */ TEXT;
    ALTER TABLE runs ADD COLUMN complaints /* about sources of facts that could not be read; one a line */ TEXT;
    ALTER TABLE runs ADD COLUMN analyses /* versions and settings of all sources, one a line */ TEXT;
    ALTER TABLE runs ADD COLUMN kept_facts /* calls with facts that a source has no more, as 68 asterisk_cdr */ TEXT;

    CREATE TABLE contents (
      -- One row for each content that was analysed: a call, whatever files have it. Only `forget` and `prune` delete it.
      -- Whatever could not be measured is NULL; its summary says why, under not_measured.
      id INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL UNIQUE,         -- of the whole file
      path TEXT NOT NULL,                  -- of the file that is shown, or was; bytes that are not UTF-8 are replaced
      path_b64 TEXT NOT NULL DEFAULT '',   -- and are exact here: base64 of such a path, empty for the others
      size_bytes INTEGER,
      mtime_ns INTEGER,                    -- since 1970, of that file
      started_at TEXT,                     -- ISO 8601 with zone, where a source has it
      day TEXT NOT NULL,                   -- on which it began, on the clock of the place; else that of the file
      began INTEGER NOT NULL,              -- in seconds since 1970; where no source has it, when the file was written
      analysed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
      run_id INTEGER REFERENCES runs(id) ON DELETE SET NULL,
      analysis_version TEXT NOT NULL,      -- Talkspurt's, when it analysed this
      settings_hash TEXT NOT NULL,
      container TEXT NOT NULL,
      encoding TEXT NOT NULL,
      sample_rate_hz INTEGER NOT NULL,
      channels INTEGER NOT NULL,
      duration_s REAL NOT NULL,
      status TEXT NOT NULL,                -- ok, ok_truncated, ok_recovered
      roles_source TEXT NOT NULL,          -- given, inferred, assumed
      roles_confidence REAL NOT NULL,
      agent_channel INTEGER,
      agent_talk_s REAL,
      agent_talk_share REAL,               -- of the talk of both
      agent_talk_ratio REAL,               -- of the duration of the recording
      agent_turns INTEGER,
      agent_longest_turn_s REAL,
      agent_response_latency_median_s REAL,
      agent_level_dbov REAL,
      agent_noise_dbov REAL,
      agent_pitch_median_hz REAL,
      agent_pace_syllables_per_s REAL,
      agent_clipping_per_min REAL,
      agent_dropouts_per_min REAL,
      agent_one_way INTEGER,
      agent_leakage_db REAL,
      customer_channel INTEGER,
      customer_talk_s REAL,
      customer_talk_share REAL,
      customer_talk_ratio REAL,
      customer_turns INTEGER,
      customer_longest_turn_s REAL,
      customer_response_latency_median_s REAL,
      customer_level_dbov REAL,
      customer_noise_dbov REAL,
      customer_pitch_median_hz REAL,
      customer_pace_syllables_per_s REAL,
      customer_clipping_per_min REAL,
      customer_dropouts_per_min REAL,
      customer_one_way INTEGER,
      customer_leakage_db REAL,
      speech_s REAL,
      overlap_s REAL,
      mutual_silence_s REAL,
      dead_air_s REAL,
      dead_air_count_from_3_s INTEGER,     -- stretches of at least 3 s
      dead_air_count_from_5_s INTEGER,
      dead_air_count_from_10_s INTEGER,
      dead_air_count_from_15_s INTEGER,
      dead_air_count_from_30_s INTEGER,
      hold_s REAL,
      agent_interruptions INTEGER,         -- by the agent
      customer_interruptions INTEGER,
      agent_backchannels INTEGER,
      customer_backchannels INTEGER,
      ring_count INTEGER,
      ring_s REAL,
      answered_at_s REAL,
      first_speaker TEXT,
      greeting_s REAL,
      greeting_latency_s REAL,
      ending_kind TEXT NOT NULL,
      ending_abrupt INTEGER NOT NULL,
      ending_cut_party TEXT,
      ending_first_leg_gone TEXT,
      ending_confidence REAL NOT NULL
    ) STRICT;
    INSERT INTO contents (id, sha256, path, path_b64, size_bytes, mtime_ns, started_at, day, began,
      \(keptColumns))
    SELECT id, sha256, path, path_b64, size_bytes, mtime_ns, started_at, \(dayOfCall), \(beginOfCall),
      \(keptColumns)
    FROM calls;

    CREATE TABLE summaries (
      -- talkspurt.call/1 of each call, without path, start and metadata; whole it is in calls_as_json.
      call_id INTEGER PRIMARY KEY REFERENCES calls(id) ON DELETE CASCADE,
      heard_json TEXT NOT NULL,            -- what the sound alone said
      told_json TEXT                       -- the same with recorded prompts; NULL where none is heard
    ) STRICT;
    INSERT INTO summaries (call_id, heard_json, told_json)
    SELECT id, \(bare("coalesce(h.summary_json, c.summary_json)")),
      iif(h.call_id IS NULL, NULL, \(bare("c.summary_json")))
    FROM calls AS c LEFT JOIN calls_as_heard AS h ON h.call_id = c.id;

    CREATE TABLE files (
      -- Where contents are, and where they were.
      id INTEGER PRIMARY KEY,
      path TEXT NOT NULL,                  -- as in calls
      path_b64 TEXT NOT NULL DEFAULT '',
      size_bytes INTEGER,
      mtime_ns INTEGER,                    -- since 1970, as the file system had it before the analysis
      call_id INTEGER REFERENCES calls(id) ON DELETE SET NULL, -- its content; NULL where that could not be analysed
      described INTEGER NOT NULL DEFAULT 0, -- 1 where a source of the configuration matched, 2 where it had facts too
      first_run_id INTEGER,                -- that saw it
      gone_run_id INTEGER,                 -- that found it gone; NULL while it is there
      UNIQUE (path, path_b64)
    ) STRICT;
    INSERT INTO files (path, path_b64, size_bytes, mtime_ns, call_id, described, first_run_id)
    SELECT path, path_b64, size_bytes, mtime_ns, id, iif(m.call_id IS NULL, 0, 2), run_id
    FROM calls LEFT JOIN call_metadata AS m ON m.call_id = id
    UNION ALL SELECT path, path_b64, size_bytes, mtime_ns, call_id, 0, NULL FROM copies;
    INSERT INTO files (path, path_b64, size_bytes, mtime_ns, first_run_id)
    SELECT path, path_b64, size_bytes, mtime_ns, run_id FROM failures WHERE true ON CONFLICT DO NOTHING;

    ALTER TABLE failures RENAME TO failed;
    CREATE TABLE failures (
      -- The last attempt at a file, where it failed; no call is touched by it. unreadable and changed_while_reading
      -- stand only until the next run over the same share.
      file_id INTEGER PRIMARY KEY REFERENCES files(id) ON DELETE CASCADE,
      day TEXT NOT NULL,                   -- on which the file was last written to
      failed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
      run_id INTEGER REFERENCES runs(id) ON DELETE SET NULL,
      analysis_version TEXT NOT NULL,
      settings_hash TEXT NOT NULL,
      code TEXT NOT NULL,
      message TEXT NOT NULL
    ) STRICT;
    INSERT INTO failures
    SELECT f.id, coalesce(\(dayOfFile("x.")), date(failed_at)), failed_at, run_id, analysis_version, settings_hash, code,
      message
    FROM failed AS x JOIN files AS f USING (path, path_b64);
    DROP TABLE failed;

    CREATE TABLE evidence (
      -- What each source said of a call, as it was written there. A source replaces what it said itself; silence takes
      -- nothing away.
      call_id INTEGER NOT NULL REFERENCES calls(id) ON DELETE CASCADE,
      source TEXT NOT NULL,                -- name, sidecar, asterisk_cdr, freeswitch_cdr
      path TEXT NOT NULL,                  -- of the file with this content for which it was said
      path_b64 TEXT NOT NULL DEFAULT '',
      run_id INTEGER,
      said_json TEXT NOT NULL,
      PRIMARY KEY (call_id, source)
    ) STRICT, WITHOUT ROWID;
    -- Earlier versions kept only what followed from it.
    INSERT INTO evidence (call_id, source, path, path_b64, run_id, said_json)
    SELECT c.id, f.value ->> 'source', c.path, c.path_b64, c.run_id,
      json_patch(
        json_object(
          'source', f.value ->> 'source', 'unusable', json('[]'),
          'fields', json_group_object(f.key, f.value ->> 'value') FILTER (WHERE f.key <> 'started_at')),
        coalesce(max(iif(f.key = 'started_at', json_object(
          'started', json_object('exact', json_object('_0', unixepoch(f.value ->> 'value')))), NULL)), '{}'))
    FROM calls AS c JOIN call_metadata AS m ON m.call_id = c.id, json_each(m.metadata_json, '$.fields') AS f
    GROUP BY c.id, f.value ->> 'source';

    DROP TABLE calls_as_heard;
    DROP TABLE copies;
    DROP TABLE calls;
    ALTER TABLE contents RENAME TO calls;
    CREATE INDEX calls_path ON calls (path, path_b64);
    CREATE INDEX calls_day ON calls (day);
    CREATE INDEX calls_began ON calls (began);
    CREATE INDEX calls_run_id ON calls (run_id);
    CREATE INDEX calls_ending_kind ON calls (ending_kind);
    CREATE INDEX files_call_id ON files (call_id);
    CREATE INDEX files_size_time ON files (size_bytes, mtime_ns);
    CREATE INDEX failures_run_id ON failures (run_id);
    CREATE INDEX failures_day ON failures (day);
    CREATE INDEX call_metadata_agent ON call_metadata (agent);
    CREATE INDEX call_metadata_queue ON call_metadata (queue);
    CREATE INDEX call_metadata_recorder_call_id ON call_metadata (recorder_call_id);

    CREATE VIEW calls_as_json AS
      -- talkspurt.call/1, whole, as `export --format ndjson` writes it.
      SELECT c.id AS call_id, replace(
        json_set(coalesce(s.told_json, s.heard_json), '$.recording.path', c.path,
          '$.recording.path_b64', nullif(c.path_b64, ''), '$.recording.started_at', c.started_at),
        ',"mixed":', coalesce(',"metadata":' || m.metadata_json, '') || ',"mixed":') AS summary_json
      FROM calls AS c JOIN summaries AS s ON s.call_id = c.id LEFT JOIN call_metadata AS m ON m.call_id = c.id;

    CREATE VIEW recordings AS
      -- Every call once, and every file that could not be analysed.
      SELECT path, path_b64, 'analysed' AS standing, day, began, id AS call_id, NULL AS file_id FROM calls
      UNION ALL
      SELECT path, path_b64, code, day, mtime_ns / 1000000000, NULL, file_id
      FROM failures JOIN files ON files.id = file_id
      WHERE call_id IS NULL;

    CREATE VIEW calls_with_findings AS
      -- For a person: each finding with the recording and the clock time to jump to, alerts first.
      SELECT c.path, c.started_at, f.severity, f.code,
        printf('%d:%02d', CAST(f.start_s AS INTEGER) / 60, CAST(f.start_s AS INTEGER) % 60) AS listen_at,
        f.party, f.message, c.ending_kind, c.duration_s, f.call_id
      FROM findings AS f JOIN calls AS c ON c.id = f.call_id
      ORDER BY f.severity, c.path, f.number;

    CREATE VIEW prompts_with_examples AS
      -- For a person: each prompt with a recording to hear it in.
      SELECT p.id, coalesce(round(max(h.end_s - h.start_s), 3), 0) AS length_s,
        count(DISTINCT h.call_id) AS calls, p.kind, p.label,
        first.path AS first_path, first.path_b64 AS first_path_b64, first.start_s AS first_start_s
      FROM prompts AS p LEFT JOIN prompt_places AS h ON h.prompt_id = p.id
      LEFT JOIN (
        SELECT prompt_id, path, path_b64, start_s,
          row_number() OVER (PARTITION BY prompt_id ORDER BY path, path_b64, start_s) AS place
        FROM prompt_places JOIN calls ON calls.id = call_id
      ) AS first ON first.prompt_id = p.id AND first.place = 1
      GROUP BY p.id;

    CREATE VIEW prompt_times AS
      -- The time of each call that recorded prompts take, and the part of it that is a menu.
      SELECT call_id, round(sum(end_s - start_s), 3) AS prompt_s,
        round(sum(iif(kind = 'ivr', end_s - start_s, 0)), 3) AS ivr_s
      FROM prompt_places JOIN prompts ON prompts.id = prompt_id GROUP BY call_id;

    CREATE VIEW metadata_sources AS
      -- Each value with where it comes from.
      SELECT call_id, field.key AS field, field.value ->> 'value' AS value, field.value ->> 'source' AS source
      FROM call_metadata, json_each(metadata_json, '$.fields') AS field;

    CREATE VIEW calls_with_metadata AS
      -- For a person: who called whom when, and how it ended.
      SELECT c.id AS call_id, c.started_at, m.direction, m.customer_number, m.line_number, m.queue, m.agent,
        c.duration_s, c.ending_kind,
        (SELECT count(*) FROM findings AS f WHERE f.call_id = c.id AND f.severity = 'alert') AS alerts,
        (SELECT group_concat(message, ' ') FROM conflicts AS x WHERE x.call_id = c.id) AS conflicts, c.path
      FROM calls AS c LEFT JOIN call_metadata AS m ON m.call_id = c.id;
    """

  /// The day of a file, in the zone of the machine; NULL where its time is not known.
  static func dayOfFile(_ table: String = "") -> String {
    "date(\(table)mtime_ns / 1000000000, 'unixepoch', 'localtime')"
  }

  /// The columns of a call that version 5 takes over as they are.
  private static let keptColumns = """
    analysed_at, run_id, analysis_version, settings_hash, container, encoding, sample_rate_hz, channels,
    duration_s, status, roles_source, roles_confidence, agent_channel, agent_talk_s, agent_talk_share,
    agent_talk_ratio, agent_turns, agent_longest_turn_s, agent_response_latency_median_s,
    agent_level_dbov, agent_noise_dbov, agent_pitch_median_hz, agent_pace_syllables_per_s,
    agent_clipping_per_min, agent_dropouts_per_min, agent_one_way, agent_leakage_db, customer_channel,
    customer_talk_s, customer_talk_share, customer_talk_ratio, customer_turns, customer_longest_turn_s,
    customer_response_latency_median_s, customer_level_dbov, customer_noise_dbov,
    customer_pitch_median_hz, customer_pace_syllables_per_s, customer_clipping_per_min,
    customer_dropouts_per_min, customer_one_way, customer_leakage_db, speech_s, overlap_s,
    mutual_silence_s, dead_air_s, dead_air_count_from_3_s, dead_air_count_from_5_s,
    dead_air_count_from_10_s, dead_air_count_from_15_s, dead_air_count_from_30_s, hold_s,
    agent_interruptions, customer_interruptions, agent_backchannels, customer_backchannels, ring_count,
    ring_s, answered_at_s, first_speaker, greeting_s, greeting_latency_s, ending_kind, ending_abrupt,
    ending_cut_party, ending_first_leg_gone, ending_confidence
    """

  /// The day of a call from its columns.
  static let dayOfCall = "coalesce(substr(started_at, 1, 10), \(dayOfFile()), date(analysed_at))"

  /// When a call began, in seconds since 1970, from its columns.
  static let beginOfCall =
    "coalesce(unixepoch(started_at), mtime_ns / 1000000000, unixepoch(analysed_at))"

  /// A summary of an earlier version without what stands elsewhere now.
  private static func bare(_ json: String) -> String {
    """
    json_set(json_remove(\(json), '$.metadata'), '$.recording.path', '', '$.recording.path_b64', NULL,
      '$.recording.started_at', NULL)
    """
  }
}
