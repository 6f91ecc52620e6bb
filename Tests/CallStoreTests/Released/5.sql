-- A store as version 5 of the schema wrote it; never edited.
PRAGMA application_id = 1416319856;
PRAGMA user_version = 5;
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
INSERT INTO "call_metadata" VALUES(3,'inbound',NULL,NULL,'+491701234567',NULL,'sales','Anna',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"conflicts":[{"against":{"source":"sound","value":"agent"},"field":"ended_by","known":{"source":"freeswitch_cdr","value":"customer"},"message":"They differ."}],"fields":{"agent":{"source":"sidecar","value":"Anna"},"customer":{"source":"asterisk_cdr","value":"+491701234567"},"direction":{"source":"name","value":"inbound"},"queue":{"source":"asterisk_cdr","value":"sales"},"started_at":{"source":"name","value":"2026-01-31T09:00:00+01:00"}},"not_known":[]}');
CREATE TABLE "calls" (
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
INSERT INTO "calls" VALUES(1,'f399cbfb20574e36813c66b32043bb6e99626b8533febe7743b4a742124d48b1','/share/one.wav','',64080,1700000000000000007,NULL,'2023-11-14',1700000000,'2026-11-01T02:00:00Z',1,'0.1.0','62edffa0c9b3','WAV','PCM_32',8000,2,1.0,'ok','assumed',0.0,0,0.0,NULL,0.0,0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,1,0.0,NULL,0.0,0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,0.0,0.0,0.0,0.0,0,0,0,0,0,0.0,0,0,0,0,1,1.0,NULL,NULL,NULL,NULL,'no_conversation',0,NULL,NULL,0.9);
INSERT INTO "calls" VALUES(3,'e4fad515870680c3eb45d9864aeaa920a3c7a34044a8c6b0f81413c7c656a449','/share/first copy.wav','',64080,1700000000000000007,'2026-01-31T09:00:00+01:00','2026-01-31',1769846400,'2026-11-01T02:00:00Z',1,'0.1.0','62edffa0c9b3','WAV','PCM_32',8000,2,1.0,'ok','assumed',0.0,0,0.0,NULL,0.0,0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,1,0.0,NULL,0.0,0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,0.0,0.0,0.0,0.0,0,0,0,0,0,0.0,0,0,0,0,1,1.0,NULL,NULL,NULL,NULL,'no_conversation',0,NULL,NULL,0.9);
INSERT INTO "calls" VALUES(4,'efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef','/share/caf�.wav','L3NoYXJlL2NhZukud2F2',64080,1700000000000000007,NULL,'2023-11-14',1700000000,'2026-11-01T02:00:00Z',1,'0.1.0','62edffa0c9b3','WAV','PCM_32',8000,2,1.0,'ok','assumed',0.0,0,0.0,NULL,0.0,0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,1,0.0,NULL,0.0,0,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,0.0,0.0,0.0,0.0,0,0,0,0,0,0.0,0,0,0,0,1,1.0,NULL,NULL,NULL,NULL,'no_conversation',0,NULL,NULL,0.9);
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
INSERT INTO "conflicts" VALUES(3,0,'ended_by','customer','freeswitch_cdr','agent','sound','They differ.');
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
INSERT INTO "events" VALUES(1,0,'tone',0.1,0.9,NULL,NULL,NULL,NULL,'agent',NULL,'{}');
INSERT INTO "events" VALUES(3,0,'tone',0.1,0.9,NULL,NULL,NULL,NULL,'agent',NULL,'{}');
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
INSERT INTO "evidence" VALUES(3,'asterisk_cdr','/share/first copy.wav','',1,'{"source":"asterisk_cdr","unusable":[],"fields":{"customer":"+491701234567","queue":"sales"}}');
INSERT INTO "evidence" VALUES(3,'name','/share/first copy.wav','',1,'{"source":"name","unusable":[],"fields":{"direction":"inbound"},"started":{"exact":{"_0":1769846400}}}');
INSERT INTO "evidence" VALUES(3,'sidecar','/share/first copy.wav','',1,'{"source":"sidecar","unusable":[],"fields":{"agent":"Anna"}}');
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
INSERT INTO "failures" VALUES(5,'2023-11-14','2026-11-01T02:00:00Z',1,'0.1.0','0123456789ab','not_audio','This is text.');
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
INSERT INTO "files" VALUES(1,'/share/one.wav','',64080,1700000000000000007,1,0,1,NULL);
INSERT INTO "files" VALUES(2,'/share/first copy.wav','',64080,1700000000000000007,3,2,1,NULL);
INSERT INTO "files" VALUES(3,'/share/caf�.wav','L3NoYXJlL2NhZukud2F2',64080,1700000000000000007,4,0,1,NULL);
INSERT INTO "files" VALUES(4,'/share/second copy.wav','',64080,1700000000000000007,3,0,NULL,NULL);
INSERT INTO "files" VALUES(5,'/share/bad.wav','',2,1700000000000000007,NULL,0,1,NULL);
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
INSERT INTO "findings" VALUES(1,0,'no_greeting','notice',0.0,1.0,'agent',NULL,NULL,'No greeting.');
INSERT INTO "findings" VALUES(3,0,'no_greeting','notice',0.0,1.0,'agent',NULL,NULL,'No greeting.');
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('1');
INSERT INTO "grdb_migrations" VALUES('2');
INSERT INTO "grdb_migrations" VALUES('3');
INSERT INTO "grdb_migrations" VALUES('4');
INSERT INTO "grdb_migrations" VALUES('5');
CREATE TABLE landmarks (
  -- By what the speech on the agent's leg is known again in other calls; of the newest calls, and of some in
  -- which each prompt is heard.
  call_id INTEGER PRIMARY KEY REFERENCES calls(id) ON DELETE CASCADE,
  searched INTEGER NOT NULL DEFAULT 0, -- 1 once the call was held against the others
  landmarks BLOB NOT NULL              -- 8 bytes each, lowest first: hash, step of 20 ms
) STRICT;
INSERT INTO "landmarks" VALUES(1,1,X'0100000002000000');
INSERT INTO "landmarks" VALUES(3,1,X'0100000002000000');
CREATE TABLE prompt_places (
  -- Where prompts are heard; the call's summary has an event of type prompt for each.
  call_id INTEGER NOT NULL REFERENCES calls(id) ON DELETE CASCADE,
  start_s REAL NOT NULL,
  end_s REAL NOT NULL,
  prompt_id INTEGER NOT NULL REFERENCES prompts(id) ON DELETE CASCADE,
  PRIMARY KEY (call_id, start_s)
) STRICT;
INSERT INTO "prompt_places" VALUES(1,0.1,0.9,7);
CREATE TABLE prompts (
  -- One row for each recording, as of a menu or a voicemail, that several calls share.
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL DEFAULT 'unlabelled', -- system_prompt, voicemail, ivr, hold_announcement
  label TEXT                           -- what the user calls it
) STRICT;
INSERT INTO "prompts" VALUES(7,'voicemail','Closed');
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
, copies /* of seen, of the same content as another that counts */ INTEGER, waiting /* of seen, written to too lately */ INTEGER, gone /* of seen, moved or deleted before their turn */ INTEGER, passed_over /* beside seen, of other kinds, as 120 mp3 */ TEXT, lost /* calls of which this run found the last file gone */ INTEGER, missing_shares /* not there, or empty though known; one a line */ TEXT, complaints /* about sources of facts that could not be read; one a line */ TEXT, analyses /* versions and settings of all sources, one a line */ TEXT, kept_facts /* calls with facts that a source has no more, as 68 asterisk_cdr */ TEXT) STRICT;
INSERT INTO "runs" VALUES(1,'2026-11-01T02:00:00Z','2026-11-01T02:00:09Z','0.1.0','0123456789ab','/share',4,3,0,1,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE summaries (
  -- talkspurt.call/1 of each call, without path, start and metadata; whole it is in calls_as_json.
  call_id INTEGER PRIMARY KEY REFERENCES calls(id) ON DELETE CASCADE,
  heard_json TEXT NOT NULL,            -- what the sound alone said
  told_json TEXT                       -- the same with recorded prompts; NULL where none is heard
) STRICT;
INSERT INTO "summaries" VALUES(1,'{"analysis":{"settings_hash":"62edffa0c9b3","version":"0.1.0"},"conversation":{"backchannels":{"agent":0,"customer":0},"dead_air_counts":{"10":0,"15":0,"3":0,"30":0,"5":0},"dead_air_s":0,"floor_transfer_s":{"count":0,"median":null,"p10":null,"p90":null},"hold_s":0,"interruptions":{"agent":0,"customer":0},"mutual_silence_s":0,"overlap_s":0,"speech_s":0},"ending":{"abrupt":false,"confidence":0.9,"cut_party":null,"evidence":["the agent''s leg carries no speech","the customer''s leg carries no speech"],"first_leg_gone":null,"kind":"no_conversation"},"events":[{"end_s":1,"leg":"agent","start_s":0,"type":"ringback"},{"end_s":1,"leg":"customer","start_s":0,"type":"ringback"}],"findings":[{"code":"no_human_answered","end_s":1,"message":"Evidence suggests that no conversation came about.","party":null,"severity":"notice","start_s":0,"threshold":null,"value":null}],"mixed":null,"not_measured":[{"field":"opening.answered_at_s","reason":"nothing is heard after the ring"},{"field":"opening.first_speaker","reason":"nobody talked"},{"field":"opening.greeting_s","reason":"the agent did not talk"},{"field":"opening.greeting_latency_s","reason":"the agent did not talk"},{"field":"parties.agent.level_dbov","reason":"less than 0.5 s of speech"},{"field":"parties.agent.noise_dbov","reason":"the line is digitally silent outside speech, or speech leaves it no time"},{"field":"parties.agent.pitch_hz","reason":"less than 1.0 s of voiced speech"},{"field":"parties.agent.pace_syllables_per_s","reason":"less than 5.0 s of speech"},{"field":"parties.agent.line.clipping_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.agent.line.dropouts_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.agent.line.leakage_db","reason":"the other party''s voice was not found on this leg"},{"field":"parties.agent.talk_share","reason":"nobody talked"},{"field":"parties.agent.talk_confidence","reason":"nobody talked"},{"field":"parties.customer.level_dbov","reason":"less than 0.5 s of speech"},{"field":"parties.customer.noise_dbov","reason":"the line is digitally silent outside speech, or speech leaves it no time"},{"field":"parties.customer.pitch_hz","reason":"less than 1.0 s of voiced speech"},{"field":"parties.customer.pace_syllables_per_s","reason":"less than 5.0 s of speech"},{"field":"parties.customer.line.clipping_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.customer.line.dropouts_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.customer.line.leakage_db","reason":"the other party''s voice was not found on this leg"},{"field":"parties.customer.talk_share","reason":"nobody talked"},{"field":"parties.customer.talk_confidence","reason":"nobody talked"}],"opening":{"answered_at_s":null,"first_speaker":null,"greeting_latency_s":null,"greeting_s":null,"ring_count":1,"ring_s":1},"parties":{"agent":{"channel":0,"level_dbov":null,"line":{"clipping_per_min":null,"dropouts_per_min":null,"leakage_db":null,"one_way":false},"longest_turn_s":0,"noise_dbov":null,"pace_syllables_per_s":null,"pitch_hz":null,"response_latency_s":{"count":0,"median":null,"p10":null,"p90":null},"talk_confidence":null,"talk_ratio":0,"talk_s":0,"talk_share":null,"talkspurts":[],"turns":0},"customer":{"channel":1,"level_dbov":null,"line":{"clipping_per_min":null,"dropouts_per_min":null,"leakage_db":null,"one_way":false},"longest_turn_s":0,"noise_dbov":null,"pace_syllables_per_s":null,"pitch_hz":null,"response_latency_s":{"count":0,"median":null,"p10":null,"p90":null},"talk_confidence":null,"talk_ratio":0,"talk_s":0,"talk_share":null,"talkspurts":[],"turns":0}},"recording":{"bytes":64080,"channels":2,"container":"WAV","duration_s":1,"encoding":"PCM_32","path":"","path_b64":null,"sample_rate_hz":8000,"sha256":"f399cbfb20574e36813c66b32043bb6e99626b8533febe7743b4a742124d48b1","started_at":null,"status":"ok"},"roles":{"confidence":0,"source":"assumed"},"schema":"talkspurt.call/1"}','{"analysis":{"settings_hash":"62edffa0c9b3","version":"0.1.0"},"conversation":{"backchannels":{"agent":0,"customer":0},"dead_air_counts":{"10":0,"15":0,"3":0,"30":0,"5":0},"dead_air_s":0,"floor_transfer_s":{"count":0,"median":null,"p10":null,"p90":null},"hold_s":0,"interruptions":{"agent":0,"customer":0},"mutual_silence_s":0,"overlap_s":0,"speech_s":0},"ending":{"abrupt":false,"confidence":0.9,"cut_party":null,"evidence":["the agent''s leg carries no speech","the customer''s leg carries no speech"],"first_leg_gone":null,"kind":"no_conversation"},"events":[{"end_s":1,"leg":"agent","start_s":0,"type":"ringback"},{"end_s":1,"leg":"customer","start_s":0,"type":"ringback"}],"findings":[{"code":"no_human_answered","end_s":1,"message":"Evidence suggests that no conversation came about.","party":null,"severity":"notice","start_s":0,"threshold":null,"value":null}],"mixed":null,"not_measured":[{"field":"opening.answered_at_s","reason":"nothing is heard after the ring"},{"field":"opening.first_speaker","reason":"nobody talked"},{"field":"opening.greeting_s","reason":"the agent did not talk"},{"field":"opening.greeting_latency_s","reason":"the agent did not talk"},{"field":"parties.agent.level_dbov","reason":"less than 0.5 s of speech"},{"field":"parties.agent.noise_dbov","reason":"the line is digitally silent outside speech, or speech leaves it no time"},{"field":"parties.agent.pitch_hz","reason":"less than 1.0 s of voiced speech"},{"field":"parties.agent.pace_syllables_per_s","reason":"less than 5.0 s of speech"},{"field":"parties.agent.line.clipping_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.agent.line.dropouts_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.agent.line.leakage_db","reason":"the other party''s voice was not found on this leg"},{"field":"parties.agent.talk_share","reason":"nobody talked"},{"field":"parties.agent.talk_confidence","reason":"nobody talked"},{"field":"parties.customer.level_dbov","reason":"less than 0.5 s of speech"},{"field":"parties.customer.noise_dbov","reason":"the line is digitally silent outside speech, or speech leaves it no time"},{"field":"parties.customer.pitch_hz","reason":"less than 1.0 s of voiced speech"},{"field":"parties.customer.pace_syllables_per_s","reason":"less than 5.0 s of speech"},{"field":"parties.customer.line.clipping_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.customer.line.dropouts_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.customer.line.leakage_db","reason":"the other party''s voice was not found on this leg"},{"field":"parties.customer.talk_share","reason":"nobody talked"},{"field":"parties.customer.talk_confidence","reason":"nobody talked"}],"opening":{"answered_at_s":null,"first_speaker":null,"greeting_latency_s":null,"greeting_s":null,"ring_count":1,"ring_s":1},"parties":{"agent":{"channel":0,"level_dbov":null,"line":{"clipping_per_min":null,"dropouts_per_min":null,"leakage_db":null,"one_way":false},"longest_turn_s":0,"noise_dbov":null,"pace_syllables_per_s":null,"pitch_hz":null,"response_latency_s":{"count":0,"median":null,"p10":null,"p90":null},"talk_confidence":null,"talk_ratio":0,"talk_s":0,"talk_share":null,"talkspurts":[],"turns":0},"customer":{"channel":1,"level_dbov":null,"line":{"clipping_per_min":null,"dropouts_per_min":null,"leakage_db":null,"one_way":false},"longest_turn_s":0,"noise_dbov":null,"pace_syllables_per_s":null,"pitch_hz":null,"response_latency_s":{"count":0,"median":null,"p10":null,"p90":null},"talk_confidence":null,"talk_ratio":0,"talk_s":0,"talk_share":null,"talkspurts":[],"turns":0}},"recording":{"bytes":64080,"channels":2,"container":"WAV","duration_s":1,"encoding":"PCM_32","path":"","path_b64":null,"sample_rate_hz":8000,"sha256":"f399cbfb20574e36813c66b32043bb6e99626b8533febe7743b4a742124d48b1","started_at":null,"status":"ok"},"roles":{"confidence":0,"source":"assumed"},"schema":"talkspurt.call/1"}');
INSERT INTO "summaries" VALUES(3,'{"analysis":{"settings_hash":"62edffa0c9b3","version":"0.1.0"},"conversation":{"backchannels":{"agent":0,"customer":0},"dead_air_counts":{"10":0,"15":0,"3":0,"30":0,"5":0},"dead_air_s":0,"floor_transfer_s":{"count":0,"median":null,"p10":null,"p90":null},"hold_s":0,"interruptions":{"agent":0,"customer":0},"mutual_silence_s":0,"overlap_s":0,"speech_s":0},"ending":{"abrupt":false,"confidence":0.9,"cut_party":null,"evidence":["the agent''s leg carries no speech","the customer''s leg carries no speech"],"first_leg_gone":null,"kind":"no_conversation"},"events":[{"end_s":1,"leg":"agent","start_s":0,"type":"ringback"},{"end_s":1,"leg":"customer","start_s":0,"type":"ringback"}],"findings":[{"code":"no_human_answered","end_s":1,"message":"Evidence suggests that no conversation came about.","party":null,"severity":"notice","start_s":0,"threshold":null,"value":null}],"mixed":null,"not_measured":[{"field":"opening.answered_at_s","reason":"nothing is heard after the ring"},{"field":"opening.first_speaker","reason":"nobody talked"},{"field":"opening.greeting_s","reason":"the agent did not talk"},{"field":"opening.greeting_latency_s","reason":"the agent did not talk"},{"field":"parties.agent.level_dbov","reason":"less than 0.5 s of speech"},{"field":"parties.agent.noise_dbov","reason":"the line is digitally silent outside speech, or speech leaves it no time"},{"field":"parties.agent.pitch_hz","reason":"less than 1.0 s of voiced speech"},{"field":"parties.agent.pace_syllables_per_s","reason":"less than 5.0 s of speech"},{"field":"parties.agent.line.clipping_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.agent.line.dropouts_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.agent.line.leakage_db","reason":"the other party''s voice was not found on this leg"},{"field":"parties.agent.talk_share","reason":"nobody talked"},{"field":"parties.agent.talk_confidence","reason":"nobody talked"},{"field":"parties.customer.level_dbov","reason":"less than 0.5 s of speech"},{"field":"parties.customer.noise_dbov","reason":"the line is digitally silent outside speech, or speech leaves it no time"},{"field":"parties.customer.pitch_hz","reason":"less than 1.0 s of voiced speech"},{"field":"parties.customer.pace_syllables_per_s","reason":"less than 5.0 s of speech"},{"field":"parties.customer.line.clipping_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.customer.line.dropouts_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.customer.line.leakage_db","reason":"the other party''s voice was not found on this leg"},{"field":"parties.customer.talk_share","reason":"nobody talked"},{"field":"parties.customer.talk_confidence","reason":"nobody talked"}],"opening":{"answered_at_s":null,"first_speaker":null,"greeting_latency_s":null,"greeting_s":null,"ring_count":1,"ring_s":1},"parties":{"agent":{"channel":0,"level_dbov":null,"line":{"clipping_per_min":null,"dropouts_per_min":null,"leakage_db":null,"one_way":false},"longest_turn_s":0,"noise_dbov":null,"pace_syllables_per_s":null,"pitch_hz":null,"response_latency_s":{"count":0,"median":null,"p10":null,"p90":null},"talk_confidence":null,"talk_ratio":0,"talk_s":0,"talk_share":null,"talkspurts":[],"turns":0},"customer":{"channel":1,"level_dbov":null,"line":{"clipping_per_min":null,"dropouts_per_min":null,"leakage_db":null,"one_way":false},"longest_turn_s":0,"noise_dbov":null,"pace_syllables_per_s":null,"pitch_hz":null,"response_latency_s":{"count":0,"median":null,"p10":null,"p90":null},"talk_confidence":null,"talk_ratio":0,"talk_s":0,"talk_share":null,"talkspurts":[],"turns":0}},"recording":{"bytes":64080,"channels":2,"container":"WAV","duration_s":1,"encoding":"PCM_32","path":"","path_b64":null,"sample_rate_hz":8000,"sha256":"e4fad515870680c3eb45d9864aeaa920a3c7a34044a8c6b0f81413c7c656a449","started_at":null,"status":"ok"},"roles":{"confidence":0,"source":"assumed"},"schema":"talkspurt.call/1"}',NULL);
INSERT INTO "summaries" VALUES(4,'{"analysis":{"settings_hash":"62edffa0c9b3","version":"0.1.0"},"conversation":{"backchannels":{"agent":0,"customer":0},"dead_air_counts":{"10":0,"15":0,"3":0,"30":0,"5":0},"dead_air_s":0,"floor_transfer_s":{"count":0,"median":null,"p10":null,"p90":null},"hold_s":0,"interruptions":{"agent":0,"customer":0},"mutual_silence_s":0,"overlap_s":0,"speech_s":0},"ending":{"abrupt":false,"confidence":0.9,"cut_party":null,"evidence":["the agent''s leg carries no speech","the customer''s leg carries no speech"],"first_leg_gone":null,"kind":"no_conversation"},"events":[{"end_s":1,"leg":"agent","start_s":0,"type":"ringback"},{"end_s":1,"leg":"customer","start_s":0,"type":"ringback"}],"findings":[{"code":"no_human_answered","end_s":1,"message":"Evidence suggests that no conversation came about.","party":null,"severity":"notice","start_s":0,"threshold":null,"value":null}],"mixed":null,"not_measured":[{"field":"opening.answered_at_s","reason":"nothing is heard after the ring"},{"field":"opening.first_speaker","reason":"nobody talked"},{"field":"opening.greeting_s","reason":"the agent did not talk"},{"field":"opening.greeting_latency_s","reason":"the agent did not talk"},{"field":"parties.agent.level_dbov","reason":"less than 0.5 s of speech"},{"field":"parties.agent.noise_dbov","reason":"the line is digitally silent outside speech, or speech leaves it no time"},{"field":"parties.agent.pitch_hz","reason":"less than 1.0 s of voiced speech"},{"field":"parties.agent.pace_syllables_per_s","reason":"less than 5.0 s of speech"},{"field":"parties.agent.line.clipping_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.agent.line.dropouts_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.agent.line.leakage_db","reason":"the other party''s voice was not found on this leg"},{"field":"parties.agent.talk_share","reason":"nobody talked"},{"field":"parties.agent.talk_confidence","reason":"nobody talked"},{"field":"parties.customer.level_dbov","reason":"less than 0.5 s of speech"},{"field":"parties.customer.noise_dbov","reason":"the line is digitally silent outside speech, or speech leaves it no time"},{"field":"parties.customer.pitch_hz","reason":"less than 1.0 s of voiced speech"},{"field":"parties.customer.pace_syllables_per_s","reason":"less than 5.0 s of speech"},{"field":"parties.customer.line.clipping_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.customer.line.dropouts_per_min","reason":"less than 0.5 s of speech"},{"field":"parties.customer.line.leakage_db","reason":"the other party''s voice was not found on this leg"},{"field":"parties.customer.talk_share","reason":"nobody talked"},{"field":"parties.customer.talk_confidence","reason":"nobody talked"}],"opening":{"answered_at_s":null,"first_speaker":null,"greeting_latency_s":null,"greeting_s":null,"ring_count":1,"ring_s":1},"parties":{"agent":{"channel":0,"level_dbov":null,"line":{"clipping_per_min":null,"dropouts_per_min":null,"leakage_db":null,"one_way":false},"longest_turn_s":0,"noise_dbov":null,"pace_syllables_per_s":null,"pitch_hz":null,"response_latency_s":{"count":0,"median":null,"p10":null,"p90":null},"talk_confidence":null,"talk_ratio":0,"talk_s":0,"talk_share":null,"talkspurts":[],"turns":0},"customer":{"channel":1,"level_dbov":null,"line":{"clipping_per_min":null,"dropouts_per_min":null,"leakage_db":null,"one_way":false},"longest_turn_s":0,"noise_dbov":null,"pace_syllables_per_s":null,"pitch_hz":null,"response_latency_s":{"count":0,"median":null,"p10":null,"p90":null},"talk_confidence":null,"talk_ratio":0,"talk_s":0,"talk_share":null,"talkspurts":[],"turns":0}},"recording":{"bytes":64080,"channels":2,"container":"WAV","duration_s":1,"encoding":"PCM_32","path":"","path_b64":null,"sample_rate_hz":8000,"sha256":"f399cbfb20574e36813c66b32043bb6e99626b8533febe7743b4a742124d48b1","started_at":null,"status":"ok"},"roles":{"confidence":0,"source":"assumed"},"schema":"talkspurt.call/1"}',NULL);
CREATE INDEX events_type ON events (type);
CREATE INDEX findings_code ON findings (code);
CREATE INDEX landmarks_searched ON landmarks (searched);
CREATE INDEX prompt_places_prompt_id ON prompt_places (prompt_id);
CREATE INDEX call_metadata_customer_number ON call_metadata (customer_number);
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
