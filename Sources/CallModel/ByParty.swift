/// A value for each party.
public struct ByParty<Value> {
  /// The agent's.
  public var agent: Value
  /// The customer's.
  public var customer: Value

  /// These values.
  public init(agent: Value, customer: Value) {
    self.agent = agent
    self.customer = customer
  }

  /// What a function gives for each party, the agent first.
  public init<Failure: Error>(_ value: (Party) throws(Failure) -> Value) throws(Failure) {
    agent = try value(.agent)
    customer = try value(.customer)
  }

  /// The value of a party.
  public subscript(party: Party) -> Value {
    get { party == .agent ? agent : customer }
    set {
      switch party {
      case .agent: agent = newValue
      case .customer: customer = newValue
      }
    }
  }

  /// Both values, the agent's first.
  public var both: [Value] { [agent, customer] }

  /// The same with the values of the parties exchanged.
  public var swapped: ByParty { ByParty(agent: customer, customer: agent) }

  /// What a function makes of each value, the agent's first.
  public func map<Other, Failure: Error>(
    _ transform: (Value) throws(Failure) -> Other
  ) throws(Failure) -> ByParty<Other> {
    ByParty<Other>(agent: try transform(agent), customer: try transform(customer))
  }
}

extension ByParty: Sendable where Value: Sendable {}
extension ByParty: Equatable where Value: Equatable {}
extension ByParty: Hashable where Value: Hashable {}
extension ByParty: Codable where Value: Codable {}
