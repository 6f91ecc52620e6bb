/// Sums over any window of a series in constant time.
struct RunningSum {
  private let sums: [Double]

  /// The number of values.
  var count: Int { sums.count - 1 }

  /// The sums of `count` values.
  @inline(__always) init(_ count: Int, _ value: (Int) -> Float) {
    sums = [Double](unsafeUninitializedCapacity: count + 1) { sums, number in
      var total = 0.0
      for index in 0..<count {
        sums[index] = total
        total += Double(value(index))
      }
      sums[count] = total
      number = count + 1
    }
  }

  /// The sum of the values in a window.
  func sum(_ window: Range<Int>) -> Float { Float(sums[window.upperBound] - sums[window.lowerBound]) }
}
