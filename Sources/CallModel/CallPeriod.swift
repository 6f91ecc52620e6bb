/// Which calls a question is about, by when they began; by default all.
public struct CallPeriod: Sendable, Hashable {
  /// A bound of a period.
  public enum Bound: Sendable, Hashable {
    /// A whole day, `YYYY-MM-DD`, on the clock of the place where the call was.
    case day(String)
    /// A moment, in seconds since 1970.
    case moment(Int)
  }

  /// The first day, or the moment from which on calls are meant.
  public var since: Bound?
  /// The last day, or the moment before which calls are meant: periods that follow each other have no call twice.
  public var until: Bound?

  /// From one bound to another; nil is open.
  public init(since: Bound? = nil, until: Bound? = nil) {
    self.since = since
    self.until = until
  }

  /// One day.
  public static func day(_ day: String) -> CallPeriod { CallPeriod(since: .day(day), until: .day(day)) }

  /// Whether all calls are meant.
  public var isOpen: Bool { since == nil && until == nil }

  /// Whether a call that began on `day`, at `moment`, is meant.
  public func contains(day: String, moment: Double) -> Bool {
    let isSince =
      switch since {
      case nil: true
      case .day(let first): day >= first
      case .moment(let first): moment >= Double(first)
      }
    let isUntil =
      switch until {
      case nil: true
      case .day(let last): day <= last
      case .moment(let end): moment < Double(end)
      }
    return isSince && isUntil
  }
}
