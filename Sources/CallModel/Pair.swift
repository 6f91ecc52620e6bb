/// One of two that stand beside each other in a call: a party, a leg, a voice.
public protocol OneOfTwo: Hashable, Sendable {
  /// The one that comes first wherever an order is needed.
  static var first: Self { get }
  /// The one that comes second.
  static var second: Self { get }
}

extension OneOfTwo {
  /// The other one.
  public var other: Self { self == .first ? .second : .first }
  /// Both, in order.
  public static var both: [Self] { [.first, .second] }
}

/// A value for each of two: total, and always in the same order.
public struct Pair<Key: OneOfTwo, Value> {
  private var first: Value
  private var second: Value

  /// The values of the first and of the second.
  public init(_ first: Value, _ second: Value) {
    self.first = first
    self.second = second
  }

  /// The results of a function for each, the first before the second.
  public init<Failure: Error>(_ value: (Key) throws(Failure) -> Value) throws(Failure) {
    first = try value(.first)
    second = try value(.second)
  }

  /// The value of one of the two.
  public subscript(key: Key) -> Value {
    get { key == .first ? first : second }
    set {
      if key == .first { first = newValue } else { second = newValue }
    }
  }

  /// Both values, in order.
  public var values: [Value] { [first, second] }

  /// The same with the values exchanged.
  public var swapped: Pair { Pair(second, first) }

  /// The results of a function for each value, the first before the second.
  public func map<Other, Failure: Error>(
    _ transform: (Value) throws(Failure) -> Other
  ) throws(Failure) -> Pair<Key, Other> {
    Pair<Key, Other>(try transform(first), try transform(second))
  }
}

extension Pair: Sendable where Value: Sendable {}
extension Pair: Equatable where Value: Equatable {}
extension Pair: Hashable where Value: Hashable {}

extension Party: OneOfTwo {
  /// The agent.
  public static var first: Party { .agent }
  /// The customer.
  public static var second: Party { .customer }
}

/// A value for each party.
public typealias ByParty<Value> = Pair<Party, Value>

extension Pair where Key == Party {
  /// The values of the agent and of the customer.
  public init(agent: Value, customer: Value) { self.init(agent, customer) }

  /// The agent's value.
  public var agent: Value {
    get { self[.agent] }
    set { self[.agent] = newValue }
  }

  /// The customer's value.
  public var customer: Value {
    get { self[.customer] }
    set { self[.customer] = newValue }
  }
}
