/// An optional field that JSON always shows: a quantity that could not be measured is `null`, never absent
/// and never 0.
@propertyWrapper
public struct Nullable<Value: Codable & Sendable & Hashable>: Sendable, Hashable {
  /// The value, or nil where it could not be measured.
  public var wrappedValue: Value?

  /// A field that holds `wrappedValue`.
  public init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }
}

extension Nullable: Codable {
  /// Reads the value or `null`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
  }

  /// Writes the value or `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
  }
}

extension KeyedDecodingContainer {
  /// Reads a field that an older summary may lack.
  public func decode<Value>(_ type: Nullable<Value>.Type, forKey key: Key) throws -> Nullable<Value> {
    try decodeIfPresent(type, forKey: key) ?? Nullable(wrappedValue: nil)
  }

  /// Reads a field that not every summary has; one that is null is there.
  public func decodeIfPresent<Value>(
    _ type: Nullable<Value>.Type, forKey key: Key
  ) throws -> Nullable<Value>? {
    contains(key) ? Nullable(wrappedValue: try decodeIfPresent(Value.self, forKey: key)) : nil
  }
}
