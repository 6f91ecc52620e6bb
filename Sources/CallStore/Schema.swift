import GRDB

/// The schema of the store. The SQL is the documentation: SQLite keeps its comments, and `.schema` and
/// Datasette show them.
enum Schema {
  /// `TkSp`, in the file's header: distinguishes a store from other SQLite files.
  static let applicationID = 0x546B_5370
  /// The newest version that this program writes, as `user_version` in the file's header.
  static let version = 7

  /// Brings a store of any earlier version up to date. A version that was released is never edited: to add a
  /// column, register the next one, which can fill it from `summary_json` without another analysis.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(sql: version1)
      try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = 1")
    }
    migrator.registerMigration("2") { db in
      try db.execute(sql: version2)
      try db.execute(sql: "PRAGMA user_version = 2")
    }
    // With foreign keys in force: what belongs to a call goes with it.
    migrator.registerMigration("3", foreignKeyChecks: .immediate) { db in
      try db.execute(sql: version3)
      try db.execute(sql: "PRAGMA user_version = 3")
    }
    migrator.registerMigration("4") { db in
      try db.execute(sql: version4)
      try db.execute(sql: "PRAGMA user_version = 4")
    }
    migrator.registerMigration("5") { db in
      try db.execute(sql: version5)
      try db.execute(sql: "PRAGMA user_version = 5")
    }
    migrator.registerMigration("6") { db in
      try db.execute(sql: version6)
      try db.execute(sql: "PRAGMA user_version = 6")
    }
    migrator.registerMigration("7") { db in
      try db.execute(sql: version7)
      try db.execute(sql: "PRAGMA user_version = 7")
    }
    return migrator
  }

  static let version1 = """
    CREATE TABLE runs (
      -- One row for each run of the nightly batch.
      id INTEGER PRIMARY KEY,
      started_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
      ended_at TEXT,                       -- NULL while it runs, and for ever where it was killed
      analysis_version TEXT NOT NULL,      -- Talkspurt's
      settings_hash TEXT NOT NULL,
      shares TEXT NOT NULL,                -- what was walked, one path a line
      seen INTEGER,                        -- recordings found on the shares
      analysed INTEGER,                    -- of these, analysed in this run
      unchanged INTEGER,                   -- of these, already in calls
      failed INTEGER,                      -- of these, tried in this run without success
      failed_before INTEGER,               -- of these, already in failures and not tried again
      stopped INTEGER                      -- 1 where a signal ended the run before all was seen to
    ) STRICT;

    CREATE TABLE calls (
      -- One row for each recording that was analysed. A recording that is gone from the share keeps its row.
      -- Whatever could not be measured is NULL; summary_json says why, under not_measured.
      id INTEGER PRIMARY KEY,
      path TEXT NOT NULL,                  -- bytes that are not UTF-8 are replaced here
      path_b64 TEXT NOT NULL DEFAULT '',   -- and are exact here: base64 of such a path, empty for the others
      size_bytes INTEGER,
      mtime_ns INTEGER,                    -- since 1970, as the file system had it before the analysis
      analysed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
      run_id INTEGER REFERENCES runs(id) ON DELETE SET NULL,
      analysis_version TEXT NOT NULL,      -- Talkspurt's, when it analysed this
      settings_hash TEXT NOT NULL,
      sha256 TEXT NOT NULL,                -- of the whole file; equal ones are copies
      container TEXT NOT NULL,
      encoding TEXT NOT NULL,
      sample_rate_hz INTEGER NOT NULL,
      channels INTEGER NOT NULL,
      duration_s REAL NOT NULL,
      status TEXT NOT NULL,                -- ok, ok_truncated, ok_recovered
      started_at TEXT,                     -- ISO 8601 with zone
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
      ending_confidence REAL NOT NULL,
      summary_json TEXT NOT NULL,          -- talkspurt.call/1, of which the columns above are a part
      UNIQUE (path, path_b64)
    ) STRICT;
    CREATE INDEX calls_sha256 ON calls (sha256);
    CREATE INDEX calls_run_id ON calls (run_id);

    CREATE TABLE events (
      -- What happened in a call, in order.
      call_id INTEGER NOT NULL REFERENCES calls(id) ON DELETE CASCADE,
      number INTEGER NOT NULL,             -- from 0 within the call
      type TEXT NOT NULL,
      start_s REAL NOT NULL,
      end_s REAL NOT NULL,
      by_party TEXT,                       -- who did it
      outcome TEXT,                        -- of an interruption
      owner_party TEXT,                    -- of dead air: whose turn it was
      kind TEXT,                           -- of hold
      leg TEXT,                            -- who carries the sound
      confidence REAL,
      event_json TEXT NOT NULL,
      PRIMARY KEY (call_id, number)
    ) STRICT;
    CREATE INDEX events_type ON events (type);

    CREATE TABLE findings (
      -- What deserves a listener, in order, with the place to listen to.
      call_id INTEGER NOT NULL REFERENCES calls(id) ON DELETE CASCADE,
      number INTEGER NOT NULL,             -- from 0 within the call
      code TEXT NOT NULL,
      severity TEXT NOT NULL,              -- alert, notice
      start_s REAL NOT NULL,
      end_s REAL NOT NULL,
      party TEXT,
      value REAL,                          -- in the unit of threshold
      threshold REAL,
      message TEXT NOT NULL,
      PRIMARY KEY (call_id, number)
    ) STRICT;
    CREATE INDEX findings_code ON findings (code);

    CREATE TABLE failures (
      -- The last attempt at a recording, where it failed. An earlier row in calls is replaced by it, except
      -- when the recording could just not be read (unreadable, changed_while_reading): such a row stands
      -- beside the call, and only until the next run over the same share.
      id INTEGER PRIMARY KEY,
      path TEXT NOT NULL,
      path_b64 TEXT NOT NULL DEFAULT '',
      size_bytes INTEGER,
      mtime_ns INTEGER,
      failed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
      run_id INTEGER REFERENCES runs(id) ON DELETE SET NULL,
      analysis_version TEXT NOT NULL,
      settings_hash TEXT NOT NULL,
      code TEXT NOT NULL,
      message TEXT NOT NULL,
      failure_json TEXT NOT NULL,          -- talkspurt.failure/1
      UNIQUE (path, path_b64)
    ) STRICT;
    CREATE INDEX failures_run_id ON failures (run_id);

    CREATE VIEW recordings AS
      -- Every recording once: its call, or its failure where there is no call.
      SELECT path, path_b64, 'analysed' AS standing, started_at, mtime_ns, id AS call_id, NULL AS failure_id
      FROM calls
      UNION ALL
      SELECT path, path_b64, code, NULL, mtime_ns, NULL, id FROM failures AS f
      WHERE NOT EXISTS (SELECT 1 FROM calls AS c WHERE c.path = f.path AND c.path_b64 = f.path_b64);

    CREATE VIEW calls_with_findings AS
      -- For a person: each finding with the recording and the clock time to jump to, alerts first.
      SELECT c.path, c.started_at, f.severity, f.code,
        printf('%d:%02d', CAST(f.start_s AS INTEGER) / 60, CAST(f.start_s AS INTEGER) % 60) AS listen_at,
        f.party, f.message, c.ending_kind, c.duration_s, f.call_id
      FROM findings AS f JOIN calls AS c ON c.id = f.call_id
      ORDER BY f.severity, c.path, f.number;
    """

  static let version2 = """
    CREATE TABLE landmarks (
      -- By what the speech on the agent's leg is known again in other calls; of the newest calls, and of some in
      -- which each prompt is heard.
      call_id INTEGER PRIMARY KEY REFERENCES calls(id) ON DELETE CASCADE,
      searched INTEGER NOT NULL DEFAULT 0, -- 1 once the call was held against the others
      landmarks BLOB NOT NULL              -- 8 bytes each, lowest first: hash, step of 20 ms
    ) STRICT;
    CREATE INDEX landmarks_searched ON landmarks (searched);

    CREATE TABLE prompts (
      -- One row for each recording, as of a menu or a voicemail, that several calls share.
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL DEFAULT 'unlabelled', -- system_prompt, voicemail, ivr, hold_announcement
      label TEXT                           -- what the user calls it
    ) STRICT;

    CREATE TABLE prompt_places (
      -- Where prompts are heard; the call's summary has an event of type prompt for each.
      call_id INTEGER NOT NULL REFERENCES calls(id) ON DELETE CASCADE,
      start_s REAL NOT NULL,
      end_s REAL NOT NULL,
      prompt_id INTEGER NOT NULL REFERENCES prompts(id) ON DELETE CASCADE,
      PRIMARY KEY (call_id, start_s)
    ) STRICT;
    CREATE INDEX prompt_places_prompt_id ON prompt_places (prompt_id);

    CREATE TABLE calls_as_heard (
      -- What the sound alone said of the calls in which prompts are heard: their row in calls says what follows.
      call_id INTEGER PRIMARY KEY REFERENCES calls(id) ON DELETE CASCADE,
      summary_json TEXT NOT NULL
    ) STRICT;

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
    """

  static let version3 = """
    CREATE TABLE copies (
      -- Further files with the same content as a call's, byte for byte: the call is counted once, in calls.
      path TEXT NOT NULL,                  -- as in calls
      path_b64 TEXT NOT NULL DEFAULT '',
      size_bytes INTEGER,
      mtime_ns INTEGER,
      call_id INTEGER NOT NULL REFERENCES calls(id) ON DELETE CASCADE,
      PRIMARY KEY (path, path_b64)
    ) STRICT;
    CREATE INDEX copies_call_id ON copies (call_id);
    CREATE INDEX calls_size_bytes ON calls (size_bytes);

    ALTER TABLE runs ADD COLUMN copies /* of seen, of the same content as another that counts */ INTEGER;
    ALTER TABLE runs ADD COLUMN waiting /* of seen, written to too lately */ INTEGER;
    ALTER TABLE runs ADD COLUMN gone /* of seen, moved or deleted before their turn */ INTEGER;

    -- Earlier versions had a call for each copy.
    INSERT INTO copies (path, path_b64, size_bytes, mtime_ns, call_id)
    SELECT c.path, c.path_b64, c.size_bytes, c.mtime_ns, first.id
    FROM calls AS c JOIN (
      SELECT id, sha256, row_number() OVER (PARTITION BY sha256 ORDER BY path, path_b64) AS place FROM calls
    ) AS first ON first.sha256 = c.sha256 AND first.place = 1
    WHERE c.id <> first.id;
    DELETE FROM calls WHERE (path, path_b64) IN (SELECT path, path_b64 FROM copies);
    """

  static let version4 = """
    CREATE TABLE call_metadata (
      -- What is known of a call besides its sound, from names and records; a part of summary_json.
      call_id INTEGER PRIMARY KEY REFERENCES calls(id) ON DELETE CASCADE,
      direction TEXT,                      -- inbound, outbound, internal
      from_number TEXT,                    -- E.164 where it can be told
      to_number TEXT,
      customer_number TEXT,
      line_number TEXT,                    -- the business's
      queue TEXT,
      agent TEXT,
      recorder TEXT,
      recorder_call_id TEXT,               -- equal ones are recordings of one call
      record_duration_s REAL,              -- as the exchange has it, ringing included
      record_talk_s REAL,                  -- from the answer on
      record_ended_by TEXT,                -- agent, customer
      record_channels INTEGER,
      record_disposition TEXT,
      metadata_json TEXT NOT NULL          -- with the source of each, and what could not be used
    ) STRICT;
    CREATE INDEX call_metadata_customer_number ON call_metadata (customer_number);

    CREATE TABLE conflicts (
      -- Where sources disagree on a call, the sound among them.
      call_id INTEGER NOT NULL REFERENCES calls(id) ON DELETE CASCADE,
      number INTEGER NOT NULL,             -- from 0 within the call
      field TEXT NOT NULL,
      known TEXT NOT NULL,                 -- what stands in call_metadata
      known_source TEXT NOT NULL,          -- name, sidecar, asterisk_cdr, freeswitch_cdr, sound
      against TEXT NOT NULL,
      against_source TEXT NOT NULL,
      message TEXT NOT NULL,
      PRIMARY KEY (call_id, number)
    ) STRICT;

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
}
