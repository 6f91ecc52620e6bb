/// One of the two legs of a recording, in the order of their channels.
enum Leg: Int, Sendable, CaseIterable {
  case first, second

  /// The leg that this one is not.
  var other: Leg { self == .first ? .second : .first }
}

/// A value for each of exactly two legs.
struct ByLeg<Value> {
  /// The value of the first leg.
  var first: Value
  /// The value of the second leg.
  var second: Value

  /// These values.
  init(first: Value, second: Value) {
    self.first = first
    self.second = second
  }

  /// What a function gives for each leg, the first leg first.
  init<Failure: Error>(_ value: (Leg) throws(Failure) -> Value) throws(Failure) {
    first = try value(.first)
    second = try value(.second)
  }

  /// The value of a leg.
  subscript(leg: Leg) -> Value {
    get { leg == .first ? first : second }
    set {
      switch leg {
      case .first: first = newValue
      case .second: second = newValue
      }
    }
  }

  /// Both values, that of the first leg first.
  var both: [Value] { [first, second] }

  /// The same with the values of the legs exchanged.
  var swapped: ByLeg { ByLeg(first: second, second: first) }

  /// What a function makes of each value, that of the first leg first.
  func map<Other, Failure: Error>(
    _ transform: (Value) throws(Failure) -> Other
  ) throws(Failure) -> ByLeg<Other> {
    ByLeg<Other>(first: try transform(first), second: try transform(second))
  }
}

extension ByLeg: Sendable where Value: Sendable {}
extension ByLeg: Equatable where Value: Equatable {}
extension ByLeg: Hashable where Value: Hashable {}
