extension [Float] {
  /// The values at which a mask of the same length is true.
  func taken(by mask: [Bool]) -> [Float] {
    precondition(mask.count == count)
    return [Float](unsafeUninitializedCapacity: count) { taken, number in
      for index in indices {
        taken[number] = self[index]
        number += mask[index] ? 1 : 0
      }
    }
  }

  /// The value below which the fraction `q` lies, nearest rank; nil for an empty list.
  ///
  /// - Complexity: O(n) on average.
  func quantile(_ q: Double) -> Float? {
    guard !isEmpty else { return nil }
    let rank = Swift.min(count - 1, Int(q * Double(count)))
    guard count > Levels.exactMaximum else { return value(ofRank: rank) }
    // Of a long list, only the values between two values of a sample are sorted: they contain the result most often.
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

  /// The value of a rank in ascending order, by selection (Hoare 1961).
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
