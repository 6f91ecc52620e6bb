public import CallModel
public import CallStore

/// The result of a run; in JSON one flat object.
public struct IngestResult: Sendable, Hashable, Encodable {
  /// The number of recordings by outcome.
  public var counts = RunCounts()
  /// What it has to say besides.
  public var notes = RunNotes()
  /// How long the run took, in seconds.
  public var duration: Seconds = 0
  /// Whether something was left to the next run: it was asked to stop, or a share went away.
  public var stopped = false
  /// Recorded prompts that nobody has labelled yet and that this run heard for the first time.
  public var newPrompts = 0
  /// In how many calls of this run each kind of finding was made.
  public var findings: [Finding.Code: Int] = [:]

  enum CodingKeys: String, CodingKey {
    case stopped, findings, complaints
    case missingShares = "missing_shares"
    case passedOver = "passed_over"
    case keptFacts = "kept_facts"
    case newPrompts = "new_prompts"
    case duration = "duration_s"
  }

  /// Writes the counts, the notes, the duration and the stop beside each other.
  public func encode(to encoder: any Encoder) throws {
    try counts.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(stopped, forKey: .stopped)
    try container.encode(notes.missingShares.map(\.text), forKey: .missingShares)
    try container.encode(notes.passedOver, forKey: .passedOver)
    try container.encode(notes.complaints, forKey: .complaints)
    try container.encode(notes.keptFacts, forKey: .keptFacts)
    try container.encode(newPrompts, forKey: .newPrompts)
    try container.encode(duration, forKey: .duration)
    let named = findings.map { ($0.key.rawValue, $0.value) }
    try container.encode(Dictionary(uniqueKeysWithValues: named), forKey: .findings)
  }
}

/// The progress of a run.
public struct IngestProgress: Sendable, Hashable {
  /// Recordings finished and kept.
  public var done = 0
  /// Recordings to be analysed in this run, as far as the walk has come.
  public var total = 0
  /// Why the one that finished last failed; nil where it was analysed.
  public var failure: CallFailure?
}
