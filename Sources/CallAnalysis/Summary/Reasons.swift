internal import CallModel

/// Collects the fields that are unknown, each with its reason, in the order in which they come up.
struct Reasons {
  private(set) var list: [NotMeasured] = []

  /// Gives a reason for a field; the first one given stands.
  mutating func add(_ field: String, _ reason: String) {
    guard !list.contains(where: { $0.field == field }) else { return }
    list.append(NotMeasured(field: field, reason: reason))
  }

  /// Gives a reason for a field whose value is nil, and passes the value on.
  mutating func value<Value>(_ value: Value?, _ field: String, else reason: @autoclosure () -> String)
    -> Value?
  {
    if value == nil { add(field, reason()) }
    return value
  }
}
