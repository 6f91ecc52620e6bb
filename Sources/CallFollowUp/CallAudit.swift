import CallModel

/// The exchange's records against the recordings: what is missing on one side, and what both do not say alike.
public struct CallAudit: Sendable, Hashable {
  /// What is wrong with a call. The order is that of reports: what is missing first.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// A telephone answered by the record, and there is no recording.
    case noRecording = "no_recording"
    /// A recording whose source has records, and none is of this call.
    case noRecord = "no_record"
    /// One party's channel is missing, or carries nothing.
    case oneSide = "one_side"
    /// Answered by the record, and nobody is heard.
    case nobodyHeard = "nobody_heard"
    /// Not answered by the record, and a conversation is heard.
    case conversationHeard = "conversation_heard"
    /// The parties seem to be on each other's channel.
    case swappedRoles = "swapped_roles"
    /// Another party hung up by the record than by the sound.
    case hungUp = "hung_up"
    /// The recording is longer than the call, or shorter than its talk.
    case duration
  }

  /// One thing that is wrong with one call.
  public struct Entry: Sendable, Hashable {
    /// What.
    public var kind: Kind
    /// When the call began, in ISO 8601; nil where that is not known.
    public var startedAt: String?
    /// The same in seconds since 1970.
    public var start: Double?
    /// The number of the call in the store; nil where there is no recording.
    public var call: Int64?
    /// The recording; nil where there is none.
    public var path: String?
    /// What the exchange calls the call.
    public var callID: String?
    /// The business's number.
    public var line: String?
    /// The agent.
    public var agent: String?
    /// One sentence.
    public var message: String
  }

  /// A kind that a line or an agent has again and again.
  public struct Repeat: Sendable, Hashable {
    /// What.
    public var kind: Kind
    /// Whether `name` is a line's or an agent's.
    public var by: MorningReport.Kind
    /// The line or the agent.
    public var name: String
    /// In how many calls.
    public var affected: Int
    /// Of how many; those without a recording among them.
    public var calls: Int
  }

  /// Recordings that were looked at.
  public private(set) var recordings = 0
  /// Of these, with a record of the exchange.
  public private(set) var withRecord = 0
  /// What is wrong, by kind, then by start.
  public private(set) var entries: [Entry] = []
  /// What repeats, the most calls first.
  public private(set) var repeats: [Repeat] = []

  private var lines: [String: Int] = [:]
  private var agents: [String: Int] = [:]

  /// A kind repeats from so many calls of a line or an agent on, and from this share of them: two can be chance, and a
  /// rare fault of many lines is none of the line (our judgement).
  static let repeatedCalls = 3
  static let repeatedShare = 0.5

  /// Somebody talked by the record for at least this long, in s, so that somebody has to be heard: shorter ones are
  /// answered and put down again (our judgement).
  static let heardTalk = 3.0

  /// Compares recordings with records.
  ///
  /// - Parameters:
  ///   - calls: the recordings; passes each to the function that it is given.
  ///   - unrecorded: the calls that were answered without a recording.
  /// - Complexity: memory in what is wrong, in lines and in agents; not in the recordings.
  public init(
    of calls: ((AuditedCall) -> Void) throws -> Void, unrecorded: [UnrecordedCall]
  ) rethrows {
    var audit = CallAudit()
    try calls { audit.take($0) }
    for call in unrecorded { audit.take(call) }
    audit.finish()
    self = audit
  }

  private init() {}

  private mutating func take(_ audited: AuditedCall) {
    let call = audited.call
    recordings += 1
    if audited.hasRecord { withRecord += 1 }
    count(line: call.line, agent: call.agent)
    for (kind, message) in Self.faults(of: audited) {
      entries.append(
        Entry(
          kind: kind, startedAt: call.startedAt, start: call.start, call: call.id, path: call.path,
          callID: call.callID, line: call.line, agent: call.agent, message: message))
    }
  }

  private mutating func take(_ call: UnrecordedCall) {
    count(line: call.line, agent: call.agent)
    let talk = call.talk.map { " for \(FollowUp.span($0))" } ?? ""
    entries.append(
      Entry(
        kind: .noRecording, startedAt: call.startedAt, start: call.start, callID: call.callID,
        line: call.line, agent: call.agent,
        message: "Answered by the record\(talk); there is no recording of call \(call.callID)."))
  }

  private mutating func count(line: String?, agent: String?) {
    if let line { lines[line, default: 0] += 1 }
    if let agent { agents[agent, default: 0] += 1 }
  }

  private mutating func finish() {
    let order = Dictionary(uniqueKeysWithValues: Kind.allCases.enumerated().map { ($1, $0) })
    func key(_ entry: Entry) -> (Int, Double, Int64, String) {
      (order[entry.kind] ?? 0, entry.start ?? .infinity, entry.call ?? 0, entry.callID ?? "")
    }
    entries.sort { key($0) < key($1) }
    repeats =
      (repeats(by: .line, of: lines, \.line) + repeats(by: .agent, of: agents, \.agent)).sorted { a, b in
        (b.affected, order[a.kind] ?? 0, a.by.rawValue, a.name)
          < (a.affected, order[b.kind] ?? 0, b.by.rawValue, b.name)
      }
  }

  private func repeats(
    by kind: MorningReport.Kind, of calls: [String: Int], _ name: KeyPath<Entry, String?>
  ) -> [Repeat] {
    struct Place: Hashable {
      var kind: Kind
      var name: String
    }
    var affected: [Place: Int] = [:]
    for entry in entries {
      if let name = entry[keyPath: name] { affected[Place(kind: entry.kind, name: name), default: 0] += 1 }
    }
    return affected.compactMap { place, number in
      let all = calls[place.name] ?? number
      guard number >= Self.repeatedCalls, Double(number) >= Self.repeatedShare * Double(all) else {
        return nil
      }
      return Repeat(kind: place.kind, by: kind, name: place.name, affected: number, calls: all)
    }
  }
}
