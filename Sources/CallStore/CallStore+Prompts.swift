public import CallModel
import FoundationEssentials
import GRDB

/// What a search for prompts needs to know of a call.
public struct SearchedCall: Sendable, Hashable {
  /// Its number in the store.
  public var id: Int64
  /// SHA-256 of its file: equal ones are copies.
  public var sha256: String
  /// The landmarks of its speech.
  public var landmarks: [Landmark]
}

extension CallStore {
  /// The numbers of the calls that were not compared with others yet, by path.
  public func unsearchedCalls() throws -> [Int64] {
    try reading { db in
      try Int64.fetchAll(
        db,
        sql: """
          SELECT call_id FROM landmarks JOIN calls ON calls.id = call_id WHERE NOT searched
          ORDER BY path, path_b64, call_id
          """)
    }
  }

  /// These calls, in this order, with their landmarks.
  public func searchedCalls(_ numbers: some Sequence<Int64>) throws -> [SearchedCall] {
    try numbers.flatMap { try calls("WHERE call_id = \($0)") }
  }

  /// The calls that are remembered and were compared with others, by number.
  public func searchedCalls() throws -> [SearchedCall] { try calls("WHERE searched ORDER BY call_id") }

  private func calls(_ selection: String) throws -> [SearchedCall] {
    try reading { db in
      try Row.fetchAll(
        db,
        sql: "SELECT call_id, sha256, landmarks FROM landmarks JOIN calls ON calls.id = call_id \(selection)"
      ).map { SearchedCall(id: $0[0], sha256: $0[1], landmarks: [Landmark](bytes: [UInt8]($0[2] as Data))) }
    }
  }

  /// Where prompts are heard in a call, by start.
  public func promptPlaces(in call: Int64) throws -> [PromptPlace] {
    try StoreError.translating(at: path) {
      try database.read { db in
        try Row.fetchAll(
          db, sql: "SELECT prompt_id, start_s, end_s FROM prompt_places WHERE call_id = ? ORDER BY start_s",
          arguments: [call]
        ).map { PromptPlace(prompt: $0[0], range: TimeRange($0[1], $0[2])) }
      }
    }
  }

  /// The summary of a call from the sound alone, without its path, start and metadata.
  public func summaryAsHeard(of call: Int64) throws -> CallSummary? {
    let json = try reading { db in
      try String.fetchOne(db, sql: "SELECT heard_json FROM summaries WHERE call_id = ?", arguments: [call])
    }
    return try json.map { try JSONDecoder().decode(CallSummary.self, from: Data($0.utf8)) }
  }

  /// The calls in which a prompt is heard.
  public func calls(with prompt: Int64) throws -> [Int64] {
    try StoreError.translating(at: path) {
      try database.read { db in
        try Int64.fetchAll(
          db, sql: "SELECT DISTINCT call_id FROM prompt_places WHERE prompt_id = ? ORDER BY call_id",
          arguments: [prompt])
      }
    }
  }

  /// Stores where prompts are heard in these calls, and the summaries that follow, in one transaction; see
  /// ``StoreWriter/keep(prompts:searched:)``.
  public func keep(
    prompts calls: [Int64: (places: [PromptPlace], summary: CallSummary?)], searched: [Int64] = []
  ) throws {
    try commit { try $0.keep(prompts: calls, searched: searched) }
  }

  /// Deletes prompts that are heard nowhere and have no label.
  static func forgetIdlePrompts(in db: Database) throws {
    try db.execute(
      sql: """
        DELETE FROM prompts WHERE label IS NULL AND kind = 'unlabelled'
          AND id NOT IN (SELECT prompt_id FROM prompt_places)
        """)
  }

  /// Deletes the landmarks of the calls that were searched but those of the `newest` ones and, for each prompt, of
  /// `examples` calls in which it is heard, so that it can still be found. Returns the searched calls that are left.
  @discardableResult
  public func forgetLandmarks(exceptNewest newest: Int, examples: Int) throws -> Set<Int64> {
    try commit { writer in
      try writer.db.execute(
        sql: """
          DELETE FROM landmarks WHERE searched
            AND call_id NOT IN (SELECT call_id FROM landmarks WHERE searched ORDER BY call_id DESC LIMIT :newest)
            AND call_id NOT IN (
              SELECT call_id FROM (
                SELECT call_id, dense_rank() OVER (PARTITION BY prompt_id ORDER BY call_id DESC) AS place
                FROM prompt_places JOIN landmarks USING (call_id)
              ) WHERE place <= :examples)
          """, arguments: ["newest": newest, "examples": examples])
      return try Int64.fetchSet(writer.db, sql: "SELECT call_id FROM landmarks WHERE searched")
    }
  }

  /// The prompts, by number.
  public func prompts() throws -> [RecordedPrompt] {
    try StoreError.translating(at: path) {
      try database.read { db in
        try Row.fetchAll(db, sql: "SELECT * FROM prompts_with_examples ORDER BY id").map { row in
          let exact: String? = row["first_path_b64"]
          return RecordedPrompt(
            id: row["id"], length: row["length_s"], calls: row["calls"],
            kind: PromptKind(rawValue: row["kind"]) ?? .unlabelled, label: row["label"],
            path: row["first_path"], pathBase64: exact == "" ? nil : exact, start: row["first_start_s"])
        }
      }
    }
  }

  /// Replaces the landmarks of a call, which is then to be searched.
  static func keep(_ landmarks: [Landmark], of call: Int64, in db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO landmarks (call_id, landmarks) VALUES (?, ?)
        ON CONFLICT DO UPDATE SET landmarks = excluded.landmarks, searched = 0
        """
    ).execute(arguments: [call, Data(landmarks.bytes)])
  }
}

extension StoreWriter {
  /// Stores where prompts are heard in these calls, and the summaries that follow. The places replace earlier ones,
  /// new prompts get a row, and prompts that are heard nowhere and have no label lose theirs.
  ///
  /// - Parameters:
  ///   - calls: by number: the places, and the summary that follows from them; nil brings back the one from
  ///     the sound alone.
  ///   - searched: the calls that were compared with all others.
  public func keep(
    prompts calls: [Int64: (places: [PromptPlace], summary: CallSummary?)], searched: [Int64] = []
  ) throws {
    for (id, call) in calls.sorted(by: { $0.key < $1.key }) {
      try db.execute(sql: "DELETE FROM prompt_places WHERE call_id = ?", arguments: [id])
      for place in call.places {
        try db.execute(
          sql: """
            INSERT INTO prompts (id) VALUES (:prompt) ON CONFLICT DO NOTHING;
            INSERT INTO prompt_places (call_id, start_s, end_s, prompt_id)
            VALUES (:call, :start, :end, :prompt) ON CONFLICT DO NOTHING
            """,
          arguments: [
            "call": id, "start": place.range.start, "end": place.range.end, "prompt": place.prompt,
          ])
      }
      try tell(call.summary, of: id)
    }
    for id in searched {
      try db.execute(sql: "UPDATE landmarks SET searched = 1 WHERE call_id = ?", arguments: [id])
    }
    try CallStore.forgetIdlePrompts(in: db)
  }

  /// Writes the row of a call from a summary with prompts, beside the one from the sound alone; nil brings that one
  /// back.
  private func tell(_ summary: CallSummary?, of call: Int64) throws {
    let json = try summary.map(Self.heardJSON)
    try db.execute(sql: "UPDATE summaries SET told_json = ? WHERE call_id = ?", arguments: [json, call])
    let columns = Schema.figures(in: "summary").map { "\($0.column) = \($0.value)" }
    try db.execute(
      sql: """
        UPDATE calls SET \(columns.joined(separator: ", "))
        FROM (SELECT coalesce(told_json, heard_json) AS summary FROM summaries WHERE call_id = :call) WHERE id = :call
        """, arguments: ["call": call])
    try replaceLists(of: call)
  }

  /// Labels a prompt. Returns false where there is no such prompt.
  public func label(prompt: Int64, as label: String, kind: PromptKind?) throws -> Bool {
    try db.execute(
      sql: "UPDATE prompts SET label = ?, kind = coalesce(?, kind) WHERE id = ?",
      arguments: [label, kind?.rawValue, prompt])
    return db.changesCount > 0
  }
}
