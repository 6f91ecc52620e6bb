internal import CallModel
internal import SignalProcessing

extension [FrameRange] {
  /// The runs of true values.
  init(of mask: [Bool]) {
    self = []
    mask.withUnsafeBufferPointer { mask in
      var index = 0
      while index < mask.count {
        while index < mask.count, !mask[index] { index += 1 }
        let start = index
        while index < mask.count, mask[index] { index += 1 }
        if start < index { append(start..<index) }
      }
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

extension [Float] {
  /// The values that a mask of the same length takes.
  func taken(by mask: [Bool]) -> [Float] {
    precondition(mask.count == count)
    return [Float](unsafeUninitializedCapacity: count) { taken, number in
      for index in indices {
        taken[number] = self[index]
        number += mask[index] ? 1 : 0
      }
    }
  }

  /// The value below which the fraction `q` lies, nearest rank; nil for an empty list. O(n).
  func quantile(_ q: Double) -> Float? {
    guard !isEmpty else { return nil }
    let rank = Swift.min(count - 1, Int(q * Double(count)))
    guard count > 256 else { return value(ofRank: rank) }
    // Of many values those between two of a sample are looked at, where the wanted one most often is.
    let sample = stride(from: 0, to: count, by: count / 64).map { self[$0] }.sorted()
    let middle = rank * sample.count / count
    let lowest = sample[Swift.max(0, middle - 8)]
    let highest = sample[Swift.min(sample.count - 1, middle + 8)]
    var below = 0
    let between = [Float](unsafeUninitializedCapacity: count) { between, number in
      for value in self {
        let (under, over) = (value < lowest ? 1 : 0, value > highest ? 1 : 0)
        between[number] = value
        number &+= 1 &- (under | over)
        below &+= under
      }
    }
    return between.indices.contains(rank - below)
      ? between.value(ofRank: rank - below) : value(ofRank: rank)
  }

  /// By selection (Hoare 1961).
  private func value(ofRank rank: Int) -> Float {
    var values = self
    values.withUnsafeMutableBufferPointer { values in
      var low = 0
      var high = values.count - 1
      while low < high {
        let pivot = values[low + (high - low) / 2]
        var left = low
        var right = high
        while left <= right {
          while values[left] < pivot { left += 1 }
          while values[right] > pivot { right -= 1 }
          if left <= right {
            values.swapAt(left, right)
            left += 1
            right -= 1
          }
        }
        if rank <= right { high = right } else if rank >= left { low = left } else { return }
      }
    }
    return values[rank]
  }
}

extension [Float] {
  /// The same of levels in dB, as ``Levels`` tells it.
  func decibelQuantile(_ q: Double) -> Float? { count > 256 ? Levels(self).quantile(q) : quantile(q) }
}

/// Levels in dB, for quantiles to 0.02 dB between -200 and 100; of few levels, exact ones.
struct Levels {
  private var counts = ValueCounts(from: -200, steps: 15_001, perUnit: 50)
  private var few: [Float] = []

  /// The number of levels.
  var count: Int { counts.total }

  /// Those of some levels that a mask takes, or all.
  init(_ levels: [Float], where taken: [Bool]? = nil) {
    counts.add(levels, in: levels.indices, where: taken)
    if count <= 256 { few = (taken.map { levels.taken(by: $0) } ?? levels).sorted() }
  }

  /// The level below which the fraction `q` lies, nearest rank; nil where there is none.
  func quantile(_ q: Double) -> Float? {
    guard count > 0 else { return nil }
    let rank = max(0, min(count - 1, Int(q * Double(count))))
    return few.isEmpty ? counts.value(rank: rank) : few[rank]
  }
}

/// From one bound to another, or to itself where the other is lower, as settings may be.
func ordered<Bound>(_ lower: Bound, _ upper: Bound) -> ClosedRange<Bound> { lower...max(lower, upper) }

/// Milliseconds as whole frames, at least one.
func frames(ms: Double) -> Int { max(1, Int((ms / 10).rounded())) }

/// Seconds as whole frames.
func frames(s: Double) -> Int { Int((s * 100).rounded()) }
