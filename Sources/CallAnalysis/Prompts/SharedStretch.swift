/// A stretch of one call that is heard in another as well.
public struct SharedStretch: Sendable, Hashable {
  /// Where it is in the call, in steps of 20 ms.
  public var steps: Range<Int>
  /// The other call.
  public var other: Int64
  /// The steps from its place in the call to its place in the other.
  public var shift: Int

  /// Where it is in the other call, in steps of 20 ms.
  public func mapped(_ steps: Range<Int>) -> Range<Int> {
    let part = steps.clamped(to: self.steps)
    return part.lowerBound + shift..<part.upperBound + shift
  }
}
