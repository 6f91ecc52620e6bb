"""What a store knows, without the times and numbers that differ from run to run, and what may stand in one half-way."""
import collections
import sqlite3

# Who wrote a row and when; numbers of rows.
LEFT_OUT = {"id", "run_id", "first_run_id", "analysed_at", "failed_at"}
TABLES = ("calls", "summaries", "events", "findings", "landmarks", "call_metadata", "conflicts", "evidence", "prompts",
          "prompt_places", "files", "failures")
# The tables that follow from the sound of a call alone.
HEARD = ("summaries", "events", "landmarks")


def content_of(store):
    """The rows of each table, calls by their hash and files by their path."""
    connection = sqlite3.connect(store)
    connection.row_factory = sqlite3.Row
    try:
        content = {}
        calls = dict(map(tuple, connection.execute("SELECT id, sha256 FROM calls")))
        files = dict(map(tuple, connection.execute("SELECT id, path FROM files")))
        for table in TABLES:
            rows = []
            for row in connection.execute(f"SELECT * FROM {table}"):
                values = {key: row[key] for key in row.keys() if key not in LEFT_OUT}
                if "call_id" in values:
                    values["call_id"] = calls.get(values["call_id"])
                if "file_id" in values:
                    values["file_id"] = files[values["file_id"]]
                if "gone_run_id" in values:
                    values["gone_run_id"] = values["gone_run_id"] is not None
                rows.append(values)
            content[table] = sorted(rows, key=repr)
        return content
    finally:
        connection.close()


def difference(content, expected):
    """The rows that one of two contents has alone."""
    return {table: ([row for row in content[table] if row not in expected[table]],
                    [row for row in expected[table] if row not in content[table]])
            for table in TABLES if content[table] != expected[table]}


def calls_of(content):
    """By hash: what was heard in a call, and what each source says of it."""
    calls = {row["sha256"]: collections.defaultdict(list) for row in content["calls"]}
    for table in (*HEARD, "evidence"):
        for row in content[table]:
            calls[row["call_id"]][table].append({key: row[key] for key in row if key not in ("call_id", "searched")})
    return calls


def complaint_about(store, known, whole):
    """What is wrong with a store after a run that began with the calls `known` and would have ended with the calls
    `whole`; None where nothing is."""
    connection = sqlite3.connect(store)
    try:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return "the store is damaged"
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            return "rows of the store belong to nothing"
        version, = connection.execute("PRAGMA user_version").fetchone()
    finally:
        connection.close()
    if version < 6:
        return None if version == 5 else f"the store has version {version}"
    found = calls_of(content_of(store))
    if missing := known.keys() - found.keys():
        return f"calls are lost: {missing}"
    for content, call in found.items():
        allowed = [calls[content] for calls in (known, whole) if content in calls]
        for table in HEARD:
            if call[table] not in [other[table] for other in allowed]:
                return f"{table} of {content} are neither those before nor those after: {call[table]}"
        said = [row for other in allowed for row in other["evidence"]]
        if any(row not in said for row in call["evidence"]):
            return f"a source is said to have said of {content}: {call['evidence']}"
        sources = {row["source"] for row in call["evidence"]}
        if content in known and {row["source"] for row in known[content]["evidence"]} - sources:
            return f"a source has been forgotten of {content}: {call['evidence']}"
    return None
