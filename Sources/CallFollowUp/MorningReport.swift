public import CallModel

/// What the morning's report needs to know of a call.
public struct ReportedCall: Sendable, Hashable {
  /// Who called whom, when, and how it ended.
  public var call: FollowedCall
  /// What was found in it, by start.
  public var findings: [Finding]
  /// Where records and sound disagree.
  public var conflicts: [String]
  /// The agent's share of the talk of both.
  public var agentShare: Double?
  /// Dead air, in seconds.
  public var deadAir: Seconds?
  /// When it was answered, in seconds from the start.
  public var answeredAt: Seconds?

  /// A call of these parts.
  public init(
    call: FollowedCall, findings: [Finding], conflicts: [String], agentShare: Double?, deadAir: Seconds?,
    answeredAt: Seconds?
  ) {
    self.call = call
    self.findings = findings
    self.conflicts = conflicts
    self.agentShare = agentShare
    self.deadAir = deadAir
    self.answeredAt = answeredAt
  }

  /// Whether something in it is an alert.
  public var hasAlert: Bool { findings.contains { $0.severity == .alert } }
}

/// The calls worth hearing and the figures of all calls, for a supervisor in the morning.
public struct MorningReport: Sendable, Hashable {
  /// Why a call deserves a listener.
  public struct Reason: Sendable, Hashable, Codable {
    /// What kind: the code of a finding, `conflict`, `not_called_back`.
    public var code: String
    /// Whether somebody should listen, or it is only worth knowing.
    public var isAlert: Bool
    /// Where to listen from, in seconds; nil where the reason has no place in the recording.
    @Nullable public var start: Seconds?
    /// Where to listen to, in seconds.
    @Nullable public var end: Seconds?
    /// One sentence.
    public var message: String
    /// Its points: the list is ordered by their sum.
    public var points: Int
  }

  /// A call of the list.
  public struct Entry: Sendable, Hashable {
    /// The call.
    public var call: FollowedCall
    /// The reasons, the one with the most points first.
    public var reasons: [Reason]
    /// The sum of the reasons' points, by which the list is ordered.
    public var points: Int
  }

  /// What calls are grouped by.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case queue, line, agent
  }

  /// The figures of a queue, a line or an agent.
  public struct Group: Sendable, Hashable {
    /// What it is.
    public var kind: Kind
    /// Its name.
    public var name: String
    /// The calls.
    public var calls: Int
    /// Of these, with an alert.
    public var alerts: Int
    /// Wilson's 95 % interval for the share of calls with an alert.
    public var alertShare: ClosedRange<Double>
    /// Of the calls, those that ended badly.
    public var bad: Int
    /// How long they lasted, in seconds.
    public var duration: Distribution
    /// The agent's share of the talk.
    public var agentShare: Distribution
    /// Dead air, in seconds.
    public var deadAir: Distribution
    /// The time to the answer, in seconds.
    public var answer: Distribution
    /// From 1, the largest share of calls with an alert first; nil below ``MorningReport/minimumToRank`` calls, and
    /// for people.
    public var rank: Int?
  }

  /// The minimum number of calls for a rank: below it the order would be mostly chance.
  public static let minimumToRank = 20

  /// The list, what deserves a listener most first; calls without a reason are not on it.
  public var list: [Entry]
  /// Figures by queue, line and agent: ranked ones first, then by name.
  public var groups: [Group]
  /// How many calls there are.
  public var calls: Int
  /// Of these, with an alert.
  public var alerts: Int
  /// What became of customers whose calls ended badly.
  public var followUp: FollowUp
  /// Recordings that could not be analysed, each with why.
  public var failures: [Failure]
  /// What the last run had to say besides its counts, a sentence each.
  public var notes: [String]

  /// A recording that could not be analysed.
  public struct Failure: Sendable, Hashable {
    /// Its path.
    public var path: String
    /// Why, for a person.
    public var message: String

    /// `path` could not be analysed because of `message`.
    public init(path: String, message: String) {
      self.path = path
      self.message = message
    }
  }

  /// Weighs calls. An alert counts 10, a notice 2, the same finding again nothing more; a conflict about who
  /// hung up or any other conflict 3; a customer who was not called back in time 5. Calls with equal points
  /// are ordered by start.
  public init(
    of calls: [ReportedCall], followUp: FollowUp, failures: [Failure], notes: [String] = []
  ) {
    self.notes = notes
    var copies: Set<String> = []
    let calls = calls.filter { copies.insert($0.call.sha256).inserted }
    let late = Dictionary(
      followUp.bad.filter { $0.isInTime.value == false }.map { ($0.call.id, $0) },
      uniquingKeysWith: { a, _ in a })
    list = calls.compactMap { Self.entry($0, late: late[$0.call.id]) }.sorted { a, b in
      (b.points, a.call.start ?? .infinity, a.call.path) < (a.points, b.call.start ?? .infinity, b.call.path)
    }
    groups = Kind.allCases.flatMap { kind in Self.groups(of: calls, by: kind) }
    self.calls = calls.count
    alerts = calls.count(where: \.hasAlert)
    self.followUp = followUp
    self.failures = failures
  }

  private static func entry(_ reported: ReportedCall, late: FollowUp.BadCall?) -> Entry? {
    var seen: Set<Finding.Code> = []
    var reasons = reported.findings.map { finding in
      let isNew = seen.insert(finding.code).inserted
      let isAlert = finding.severity == .alert
      return Reason(
        code: finding.code.rawValue, isAlert: isAlert, start: finding.start, end: finding.end,
        message: finding.message, points: isNew ? (isAlert ? 10 : 2) : 0)
    }
    reasons += reported.conflicts.map {
      Reason(code: "conflict", isAlert: false, message: $0, points: 3)
    }
    if let late {
      let message =
        late.calledBackAfter.value.map { "The customer was called back only after \(FollowUp.span($0))." }
        ?? "The customer was not called back so far."
      reasons.append(Reason(code: "not_called_back", isAlert: false, message: message, points: 5))
    }
    guard !reasons.isEmpty else { return nil }
    let sorted = reasons.enumerated().sorted { a, b in
      (b.element.points, a.offset) < (a.element.points, b.offset)
    }
    return Entry(
      call: reported.call, reasons: sorted.map(\.element), points: reasons.reduce(0) { $0 + $1.points })
  }

  private static func groups(of calls: [ReportedCall], by kind: Kind) -> [Group] {
    func name(_ call: FollowedCall) -> String? {
      switch kind {
      case .queue: call.queue
      case .line: call.direction == "inbound" ? call.line : nil
      case .agent: call.agent
      }
    }
    let named = calls.filter { name($0.call) != nil }
    var groups = Dictionary(grouping: named) { name($0.call) ?? "" }.map { name, calls in
      let alerts = calls.count(where: \.hasAlert)
      return Group(
        kind: kind, name: name, calls: calls.count, alerts: alerts,
        alertShare: wilson(alerts, of: calls.count), bad: calls.count(where: \.call.endedBadly),
        duration: Distribution(of: calls.map(\.call.duration), decimals: 1),
        agentShare: Distribution(of: calls.compactMap(\.agentShare), decimals: 3),
        deadAir: Distribution(of: calls.compactMap(\.deadAir), decimals: 1),
        answer: Distribution(of: calls.compactMap(\.answeredAt), decimals: 1))
    }
    groups.sort { a, b in
      let ranked = (a.calls >= minimumToRank && kind != .agent, b.calls >= minimumToRank && kind != .agent)
      if ranked.0 != ranked.1 { return ranked.0 }
      if ranked.0, a.alerts * b.calls != b.alerts * a.calls { return a.alerts * b.calls > b.alerts * a.calls }
      return a.name < b.name
    }
    for index in groups.indices where groups[index].calls >= minimumToRank && kind != .agent {
      groups[index].rank = index + 1
    }
    return groups
  }

  /// Wilson's interval for a share, 95 % (E. B. Wilson, 1927): unlike the normal approximation, it holds for
  /// few calls and for a share of 0.
  static func wilson(_ count: Int, of total: Int) -> ClosedRange<Double> {
    guard total > 0 else { return 0...1 }
    let z = 1.96, n = Double(total), p = Double(count) / n
    let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return max(0, middle - half)...min(1, middle + half)
  }
}
