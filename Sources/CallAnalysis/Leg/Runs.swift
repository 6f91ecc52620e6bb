internal import CallModel

/// Operations on runs of frames: ranges in ascending order that do not overlap, unless said otherwise.
extension [FrameRange] {
  /// The runs of true values.
  init(of mask: [Bool]) {
    self = mask.withUnsafeBufferPointer { mask in [FrameRange](count: mask.count) { mask[$0] } }
  }

  /// The runs of those of `count` frames of which something is true.
  @inline(__always) init(count: Int, where isTrue: (Int) -> Bool) {
    self = []
    var index = 0
    while index < count {
      while index < count, !isTrue(index) { index += 1 }
      let start = index
      while index < count, isTrue(index) { index += 1 }
      if start < index { append(start..<index) }
    }
  }

  /// The same runs with gaps shorter than `gap` frames closed.
  func bridged(gap: Int) -> [FrameRange] {
    var result: [FrameRange] = []
    for run in self {
      if let last = result.last, run.lowerBound - last.upperBound < gap {
        result[result.count - 1] = last.lowerBound..<Swift.max(last.upperBound, run.upperBound)
      } else {
        result.append(run)
      }
    }
    return result
  }

  /// The frames covered, as a mask of `count` values.
  func mask(count: Int) -> [Bool] {
    var mask = [Bool](repeating: false, count: count)
    mask.withUnsafeMutableBufferPointer { mask in
      for run in self { mask[run.clamped(to: 0..<count)].update(repeating: true) }
    }
    return mask
  }

  /// The number of frames covered by runs that do not overlap.
  var frameTotal: Int { reduce(0) { $0 + $1.count } }

  /// The sorted union of these runs and others.
  func union(_ other: [FrameRange]) -> [FrameRange] {
    (self + other).sorted { $0.lowerBound < $1.lowerBound }.bridged(gap: 1)
  }

  /// The parts that both sorted lists cover.
  func intersection(_ other: [FrameRange]) -> [FrameRange] {
    var result: [FrameRange] = []
    var mine = 0
    var theirs = 0
    while mine < count && theirs < other.count {
      let lower = Swift.max(self[mine].lowerBound, other[theirs].lowerBound)
      let upper = Swift.min(self[mine].upperBound, other[theirs].upperBound)
      if lower < upper { result.append(lower..<upper) }
      if self[mine].upperBound < other[theirs].upperBound { mine += 1 } else { theirs += 1 }
    }
    return result
  }
}
