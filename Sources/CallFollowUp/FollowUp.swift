public import CallModel

/// The time spans of a follow-up, in seconds.
public struct FollowUpRules: Sendable, Hashable {
  /// The promise: a customer whose call ended badly is called back within this time of its end.
  public var promise: Double = 30 * 60
  /// A customer who calls again within this time was put through or dialled again at once: it is the same
  /// matter and not a repeat.
  public var transfer: Double = 15 * 60
  /// For how long a call back is looked for; also the longer of the two spans for repeat calls.
  public var horizon: Double = 7 * 86_400
  /// The shorter span for repeat calls.
  public var day: Double = 86_400

  /// The default spans.
  public init() {}
}

/// A figure that is known only where the data go on for long enough: what would come after the end of the
/// data is not the same as what never came.
public struct Known<Value: Sendable & Hashable & Codable>: Sendable, Hashable {
  /// The value; nil where it is not known yet.
  public var value: Value?
  /// Why it is nil.
  public var reason: String?

  init(_ value: Value?, _ reason: String? = nil) {
    self.value = value
    self.reason = value == nil ? reason : nil
  }
}

/// What became of customers over all calls of a store.
public struct FollowUp: Sendable, Hashable {
  /// A call that ended badly, and what came after it.
  public struct BadCall: Sendable, Hashable {
    /// The call.
    public var call: FollowedCall
    /// Whether the customer was called back within the promise.
    public var isInTime: Known<Bool>
    /// How long after its end the customer was first called back, in seconds.
    public var calledBackAfter: Known<Double>
    /// How long after its end the first outbound call in which the customer was reached began, in seconds.
    public var reachedAfter: Known<Double>
    /// How long after its end the customer called again, in seconds.
    public var calledAgainAfter: Known<Double>
    /// How long after its end the data go on, in seconds; 0 where the call cannot be followed up.
    public var knownFor: Double
  }

  /// A call of a customer, and whether they had to call again.
  public struct InboundCall: Sendable, Hashable {
    /// The call.
    public var call: FollowedCall
    /// Whether they called again within a day, transfers left out.
    public var repeatedInDay: Known<Bool>
    /// Whether they called again within seven days.
    public var repeatedInWeek: Known<Bool>
    /// The number of calls after this one that count as transfers of the same matter.
    public var transfers: Int
    /// How long after the end of the matter the data go on, in seconds.
    public var knownFor: Double
  }

  /// A line of the business in an hour of the day.
  public struct LineHour: Sendable, Hashable {
    /// The number that was called; nil where it is not known.
    public var line: String?
    /// The hour of the day, 0 to 23, on the clock of the place.
    public var hour: Int
    /// Calls of customers that began in it.
    public var calls: Int
    /// Of these, calls that nobody answered.
    public var unanswered: Int
  }

  /// The rules.
  public var rules: FollowUpRules
  /// When the last of all calls ended, in seconds since 1970; nothing is known after it. Nil if there are no
  /// calls.
  public var edge: Double?
  /// Calls that ended badly, by start.
  public var bad: [BadCall]
  /// Every call of a customer, by start; of several that are one matter, the first.
  public var inbound: [InboundCall]
  /// Lines and hours with calls, by line and hour.
  public var hours: [LineHour]
  /// The number of calls that could not be followed up, by reason.
  public var leftOut: [String: Int]

  /// Follows up every call. Recordings with the same content or of the same call are one call, which ends as
  /// the part that ends last.
  ///
  /// - Parameters:
  ///   - calls: in any order; of the whole store, or those that can matter for `period`.
  ///   - period: the calls that are listed; what followed them is looked for in all calls.
  ///   - edge: when the last call of the store ended; by default the last of `calls`.
  /// - Complexity: n log n in the calls.
  public init(
    of calls: [FollowedCall], rules: FollowUpRules = FollowUpRules(), period: CallPeriod = CallPeriod(),
    edge: Double? = nil
  ) {
    self.rules = rules
    func isTold(_ call: FollowedCall) -> Bool {
      guard let day = call.startedAt?.prefix(10), let start = call.start else { return period.isOpen }
      return period.contains(day: String(day), moment: start)
    }
    var leftOut: [String: Int] = [:]
    var known: [FollowedCall] = []
    let whole = Self.whole(calls)
    for call in whole {
      if call.start == nil {
        leftOut["when it began is not known", default: 0] += 1
      } else if call.direction == nil {
        if isTold(call) { leftOut["who called whom is not known", default: 0] += 1 }
      } else if call.direction != "internal" {
        known.append(call)
      }
    }
    known.sort { ($0.start ?? 0, $0.id) < ($1.start ?? 0, $1.id) }
    let edge = edge ?? whole.compactMap(\.end).max()

    let byCustomer = Dictionary(grouping: known.filter { $0.customer != nil }) { $0.customer ?? "" }
    var bad: [BadCall] = []
    var inbound: [InboundCall] = []
    for history in byCustomer.values {
      for (index, call) in history.enumerated() where isTold(call) && call.endedBadly {
        bad.append(Self.follow(call, by: history[(index + 1)...], rules, edge))
      }
      inbound += Self.repeats(in: history.filter { $0.direction == "inbound" }, rules, edge).filter {
        isTold($0.call)
      }
    }
    for call in known where call.customer == nil && isTold(call) {
      if call.endedBadly {
        let why = "the customer's number is not known"
        bad.append(
          BadCall(
            call: call, isInTime: Known(nil, why), calledBackAfter: Known(nil, why),
            reachedAfter: Known(nil, why), calledAgainAfter: Known(nil, why), knownFor: 0))
      }
      leftOut["the customer's number is not known", default: 0] += 1
    }
    func order(_ a: FollowedCall, _ b: FollowedCall) -> Bool { (a.start ?? 0, a.id) < (b.start ?? 0, b.id) }
    self.edge = edge
    self.bad = bad.sorted { order($0.call, $1.call) }
    self.inbound = inbound.sorted { order($0.call, $1.call) }
    self.leftOut = leftOut
    hours = Self.hours(known.filter { $0.direction == "inbound" && isTold($0) })
  }

  /// Copies and parts as one call each.
  private static func whole(_ calls: [FollowedCall]) -> [FollowedCall] {
    var copies: Set<String> = []
    var parts: [String: Int] = [:]
    var whole: [FollowedCall] = []
    for call in calls.sorted(by: { ($0.start ?? .infinity, $0.id) < ($1.start ?? .infinity, $1.id) })
    where copies.insert(call.sha256).inserted {
      guard let id = call.callID, let index = parts[id] else {
        if let id = call.callID { parts[id] = whole.count }
        whole.append(call)
        continue
      }
      var first = whole[index]
      if let start = first.start, let end = call.end, end > start + first.duration {
        first.duration = end - start
        first.ending = call.ending
      }
      first.customer = first.customer ?? call.customer
      first.direction = first.direction ?? call.direction
      first.line = first.line ?? call.line
      first.queue = first.queue ?? call.queue
      first.agent = first.agent ?? call.agent
      whole[index] = first
    }
    return whole
  }

  private static func follow(
    _ call: FollowedCall, by later: ArraySlice<FollowedCall>, _ rules: FollowUpRules, _ edge: Double?
  ) -> BadCall {
    let end = call.end ?? 0
    let known = (edge ?? end) - end
    func first(_ matches: (FollowedCall) -> Bool) -> Double? {
      later.first { matches($0) && ($0.start ?? 0) - end <= rules.horizon }.map {
        max(0, ($0.start ?? 0) - end)
      }
    }
    let days = "\(Int(rules.horizon / 86_400)) days"
    let why =
      known < rules.horizon
      ? "not by the end of the data, \(span(known)) after the call" : "not within \(days)"
    let back = first { $0.direction == "outbound" }
    let inTime: Bool? = back.map { $0 <= rules.promise } ?? (known >= rules.promise ? false : nil)
    return BadCall(
      call: call,
      isInTime: Known(
        inTime, "the data end \(span(known)) after the call, before the \(span(rules.promise)) are over"),
      calledBackAfter: Known(back, why),
      reachedAfter: Known(first { $0.direction == "outbound" && !$0.isUnanswered }, why),
      calledAgainAfter: Known(first { $0.direction == "inbound" }, why), knownFor: known)
  }

  /// The matters in the inbound calls of one customer, each with whether another one followed.
  private static func repeats(
    in calls: [FollowedCall], _ rules: FollowUpRules, _ edge: Double?
  ) -> [InboundCall] {
    var matters: [(first: FollowedCall, end: Double, transfers: Int)] = []
    for call in calls {
      guard let start = call.start, let end = call.end else { continue }
      if let last = matters.last, start - last.end < rules.transfer {
        matters[matters.count - 1] = (last.first, max(last.end, end), last.transfers + 1)
      } else {
        matters.append((call, end, 0))
      }
    }
    return matters.enumerated().map { index, matter in
      let next = index + 1 < matters.count ? matters[index + 1].first.start.map { $0 - matter.end } : nil
      let known = (edge ?? matter.end) - matter.end
      func within(_ length: Double) -> Known<Bool> {
        if let next, next <= length { return Known(true) }
        return Known(
          known >= length ? false : nil,
          "the data end \(span(known)) after the call, before the \(span(length)) are over")
      }
      return InboundCall(
        call: matter.first, repeatedInDay: within(rules.day), repeatedInWeek: within(rules.horizon),
        transfers: matter.transfers, knownFor: known)
    }
  }

  private static func hours(_ calls: [FollowedCall]) -> [LineHour] {
    struct Place: Hashable {
      var line: String?
      var hour: Int
    }
    var found: [Place: LineHour] = [:]
    for call in calls {
      guard let hour = call.hour else { continue }
      let place = Place(line: call.line, hour: hour)
      var entry = found[place] ?? LineHour(line: call.line, hour: hour, calls: 0, unanswered: 0)
      entry.calls += 1
      if call.isUnanswered { entry.unanswered += 1 }
      found[place] = entry
    }
    return found.values.sorted { ($0.line ?? "", $0.hour) < ($1.line ?? "", $1.hour) }
  }

  /// A length for a sentence: `45 s`, `12 min`, `30 h`, `7 days`, cut, not rounded.
  static func span(_ seconds: Double) -> String {
    let whole = Int(max(0, seconds))
    switch whole {
    case ..<120: return "\(whole) s"
    case ..<7200: return "\(whole / 60) min"
    case ..<172_800: return "\(whole / 3600) h"
    default: return "\(whole / 86_400) days"
    }
  }
}
