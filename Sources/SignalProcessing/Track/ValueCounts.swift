internal import CVectors

/// How many values lie in each of some even steps; what lies outside is counted in the first and the last.
public struct ValueCounts: Sendable {
  /// By step.
  public private(set) var counts: [Int32]
  /// The sum of all.
  public private(set) var total = 0
  private let lowest: Float
  private let stepsPerUnit: Float

  /// No values; steps go up from `lowest`.
  public init(from lowest: Float, steps: Int, perUnit stepsPerUnit: Float) {
    precondition(steps > 0)
    counts = [Int32](repeating: 0, count: steps)
    self.lowest = lowest
    self.stepsPerUnit = stepsPerUnit
  }

  /// Counts some of a list of values, so many `times`, which may be negative; with a mask of the list only those that
  /// it takes.
  public mutating func add(
    _ values: [Float], in range: Range<Int>, where taken: [Bool]? = nil, times: Int = 1
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= min(values.count, taken?.count ?? .max))
    guard !range.isEmpty else { return }
    func add(_ taken: UnsafePointer<UInt8>?) {
      total += values.withUnsafeBufferPointer {
        countValues(
          $0.baseAddress! + range.lowerBound, where: taken, count: range.count, times: Int32(times),
          offset: -lowest, scale: stepsPerUnit, steps: counts.count, into: &counts)
      }
    }
    guard let taken else { return add(nil) }
    taken.withUnsafeBytes { add($0.baseAddress!.assumingMemoryBound(to: UInt8.self) + range.lowerBound) }
  }

  /// Counts a value so many times.
  public mutating func add(_ value: Float, times: Int) {
    counts[Int(min(max((value - lowest) * stepsPerUnit, 0), Float(counts.count - 1)))] += Int32(times)
    total += times
  }

  /// The step of the value below which `rank` others lie; nil where there are no more.
  public func step(rank: Int) -> Int? {
    let rank = max(0, rank)
    guard rank < total else { return nil }
    var rest = Int32(rank)
    var step = 0
    // Many steps at a time, as long as all of them lie below.
    while step + 64 <= counts.count {
      let sum = counts[step..<step + 64].reduce(0, &+)
      if sum > rest { break }
      rest -= sum
      step += 64
    }
    while counts[step] <= rest {
      rest -= counts[step]
      step += 1
    }
    return step
  }

  /// The middle of that step, in the unit of the values.
  public func value(rank: Int) -> Float? {
    step(rank: rank).map { lowest + (Float($0) + 0.5) / stepsPerUnit }
  }
}
