internal import CallModel

/// Running means and extremes over a window centred on each frame; at the ends the window is cut.
extension [Float] {
  /// The mean over `width` values, an odd number. O(n).
  func runningMean(width: Int) -> [Float] {
    let reach = width / 2
    var sums = [Double](repeating: 0, count: count + 1)
    for index in indices { sums[index + 1] = sums[index] + Double(self[index]) }
    return indices.map { index in
      let (first, end) = (Swift.max(0, index - reach), Swift.min(count, index + reach + 1))
      return Float((sums[end] - sums[first]) / Double(end - first))
    }
  }

  /// The largest of `width` values, an odd number. O(n): van Herk (1992), Gil and Werman (1993).
  func runningMaximum(width: Int) -> [Float] {
    guard !isEmpty, width > 1 else { return self }
    let reach = width / 2
    let padded =
      [Float](repeating: -.infinity, count: reach) + self
      + [Float](repeating: -.infinity, count: reach + width)
    var forwards = padded
    for index in 1..<padded.count where index % width != 0 {
      forwards[index] = Swift.max(forwards[index], forwards[index - 1])
    }
    var backwards = padded
    for index in (0..<padded.count - 1).reversed() where index % width != width - 1 {
      backwards[index] = Swift.max(backwards[index], backwards[index + 1])
    }
    return indices.map { Swift.max(backwards[$0], forwards[$0 + width - 1]) }
  }

  /// The smallest of `width` values, an odd number. O(n).
  func runningMinimum(width: Int) -> [Float] { map { -$0 }.runningMaximum(width: width).map { -$0 } }
}
