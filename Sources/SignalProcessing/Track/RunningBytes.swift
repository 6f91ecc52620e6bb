internal import CVectors

/// Values in 256 even steps, frame by frame, and their extremes and means over windows around each frame. At the ends
/// a window is cut.
public struct RunningBytes: Sendable, Hashable {
  /// The steps.
  public private(set) var bytes: [UInt8]

  /// Steps that are there already.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Values in steps of 1 / `perUnit` from `lowest`, cut to 0 to 255. O(n).
  public init(_ values: [Float], from lowest: Float, perUnit: Float) {
    bytes = [UInt8](unsafeUninitializedCapacity: values.count) { buffer, count in
      count = values.count
      guard let base = buffer.baseAddress else { return }
      toBytes(values, count: count, lowest: lowest, scale: perUnit, into: base)
    }
  }

  /// 1 where a flag is set, 0 elsewhere.
  public init(_ flags: [Bool]) { bytes = flags.withUnsafeBytes { [UInt8]($0) } }

  /// The largest value in frames `window` around each; a window without frames has 0. O(n log w).
  ///
  /// - Parameter window: from and to which frame, counted from the frame itself.
  public func maximum(in window: ClosedRange<Int>) -> [UInt8] {
    let (count, width) = (bytes.count, window.count)
    let before = max(0, -window.lowerBound)
    var padded = [UInt8](repeating: 0, count: before) + bytes
    padded += [UInt8](repeating: 0, count: max(0, window.upperBound) + 1)
    let total = padded.count
    padded.withUnsafeMutableBufferPointer { padded in
      guard let base = padded.baseAddress else { return }
      // Windows of twice the width are the larger of two, as far as the width asked for; those at the end are cut.
      var reach = 1
      while reach < width {
        let step = min(reach, width - reach)
        largerBytes(base, base + step, count: max(0, total - step), into: base)
        reach += step
      }
    }
    let first = before + window.lowerBound
    return Array(padded[first..<first + count])
  }

  /// The mean of frames `window` around each, times `scale`, at most 255, without its fraction; a window without frames
  /// has 0. O(n).
  public func mean(in window: ClosedRange<Int>, times scale: Float = 1) -> [UInt8] {
    let (count, width) = (bytes.count, window.count)
    let sums = runningSums(\.self)
    var means = [UInt8](repeating: 0, count: count)
    // Windows that lie inside, all of one width.
    let before = max(0, -window.lowerBound)
    let inside = min(before, count)..<max(min(before, count), count - max(0, window.upperBound))
    means.withUnsafeMutableBufferPointer { means in
      sums.withUnsafeBufferPointer { sums in
        guard !inside.isEmpty, let base = means.baseAddress, let first = sums.baseAddress else { return }
        windowMeans(
          first + inside.lowerBound + window.lowerBound, width: width, count: inside.count,
          scale: scale / Float(width), into: base + inside.lowerBound)
      }
    }
    for frame in 0..<count where !inside.contains(frame) {
      let from = min(count, max(0, frame + window.lowerBound))
      let to = min(count, max(from, frame + window.upperBound + 1))
      guard to > from else { continue }
      means[frame] = UInt8(min(255, Float(sums[to] &- sums[from]) * (scale / Float(to - from))))
    }
    return means
  }

  /// The mean of those frames `window` around each that are chosen, without its fraction; 0 where none is. O(n).
  public func mean(in window: ClosedRange<Int>, where isChosen: [Bool]) -> [UInt8] {
    precondition(isChosen.count == bytes.count)
    let values = RunningBytes(zip(bytes, isChosen).map { $1 ? $0 : 0 }).runningSums(\.self)
    let counts = RunningBytes(isChosen).runningSums(\.self)
    return bytes.indices.map { frame in
      let from = max(0, frame + window.lowerBound)
      let to = min(bytes.count, frame + window.upperBound + 1)
      let count = counts[to] &- counts[from]
      return count > 0 ? UInt8(truncatingIfNeeded: (values[to] &- values[from]) / count) : 0
    }
  }

  /// The variance of frames around each, in squared steps. O(n).
  public func variance(in window: ClosedRange<Int>) -> [Float] {
    let (sums, squares) = (runningSums(\.self), runningSums { $0 * $0 })
    return bytes.indices.map { frame in
      let from = max(0, frame + window.lowerBound)
      let to = min(bytes.count, frame + window.upperBound + 1)
      let mean = Float(sums[to] &- sums[from]) / Float(to - from)
      return max(0, Float(squares[to] &- squares[from]) / Float(to - from) - mean * mean)
    }
  }

  /// Sums of a function of the values before each frame; they may wrap around.
  private func runningSums(_ function: (UInt32) -> UInt32) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: bytes.count + 1) { sums, count in
      var sum: UInt32 = 0
      for index in bytes.indices {
        sums.initializeElement(at: index, to: sum)
        sum &+= function(UInt32(bytes[index]))
      }
      sums.initializeElement(at: bytes.count, to: sum)
      count = bytes.count + 1
    }
  }
}
