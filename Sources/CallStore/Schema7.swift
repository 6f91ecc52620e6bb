/// Version 7: what an audit of the exchange's records needs, and calls of two files.
extension Schema {
  static let version7 = """
    ALTER TABLE files ADD COLUMN expects_record /* 1 where its source has records of the exchange; NULL: not asked yet */ INTEGER;
    ALTER TABLE files ADD COLUMN second_leg /* size and time of the other party's file, where each party has one */ TEXT;

    CREATE TABLE unrecorded (
      -- Calls that a telephone answered by the exchange's record, and of which no recording was known when a run ended.
      -- Calls from before the first recording, and internal ones, are not here.
      call_key TEXT PRIMARY KEY,           -- what the exchange calls the call
      ids_json TEXT NOT NULL,              -- of all its legs, one of which a recording can be named after
      day TEXT NOT NULL,                   -- on which it began, on the clock of the place
      began INTEGER NOT NULL,              -- in seconds since 1970
      started_at TEXT NOT NULL,            -- ISO 8601 with zone
      talk_s REAL,
      direction TEXT,                      -- inbound, outbound
      line_number TEXT,
      queue TEXT,
      agent TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX unrecorded_day ON unrecorded (day);
    CREATE INDEX unrecorded_began ON unrecorded (began);

    CREATE TABLE record_files (
      -- How far the files of the exchange's records were looked through for calls without a recording.
      path TEXT PRIMARY KEY,
      hash INTEGER NOT NULL,               -- of its first bytes and the last that were read: another one is another file
      read_bytes INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}
