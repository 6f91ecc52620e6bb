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
    filled {
      windowMeans(
        bytes, count: bytes.count, from: window.lowerBound, to: window.upperBound, times: scale, into: $0)
    }
  }

  /// The mean of those frames `window` around each that are chosen, without its fraction; 0 where none is. O(n).
  ///
  /// - Precondition: the window has 257 frames at most.
  public func mean(in window: ClosedRange<Int>, where isChosen: [Bool]) -> [UInt8] {
    precondition(isChosen.count == bytes.count && window.count <= 257)
    return isChosen.withUnsafeBytes { isChosen in
      guard let chosen = isChosen.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return [] }
      return filled {
        chosenMeans(
          bytes, where: chosen, count: bytes.count, from: window.lowerBound, to: window.upperBound, into: $0)
      }
    }
  }

  /// The standard deviation of frames `window` around each, the frame among them, times `scale`, at most 255, without its
  /// fraction. O(n).
  ///
  /// - Precondition: the window has 257 frames at most.
  public func spread(in window: ClosedRange<Int>, times scale: Float) -> [UInt8] {
    precondition(window.contains(0) && window.count <= 257)
    return filled {
      windowSpreads(
        bytes, count: bytes.count, from: window.lowerBound, to: window.upperBound, times: scale, into: $0)
    }
  }

  /// Whether each value is above a limit, and taken by a mask where there is one.
  public func isAbove(_ limit: UInt8, where taken: [Bool]? = nil) -> [Bool] {
    precondition(taken.map { $0.count == bytes.count } ?? true)
    return [Bool](unsafeUninitializedCapacity: bytes.count) { isAbove, count in
      count = bytes.count
      bytes.withUnsafeBufferPointer { bytes in
        for frame in bytes.indices { isAbove[frame] = bytes[frame] > limit }
      }
      taken?.withUnsafeBufferPointer { taken in
        for frame in taken.indices { isAbove[frame] = isAbove[frame] && taken[frame] }
      }
    }
  }

  /// The values in some runs in ascending order, 0 elsewhere.
  public func within(_ runs: [Range<Int>]) -> RunningBytes {
    var result = [UInt8](repeating: 0, count: bytes.count)
    for run in runs { result.replaceSubrange(run, with: bytes[run]) }
    return RunningBytes(result)
  }

  /// As many values as there are frames, from a function that writes them.
  private func filled(_ fill: (UnsafeMutablePointer<UInt8>) -> Void) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: bytes.count) { values, count in
      count = bytes.count
      if let base = values.baseAddress { fill(base) }
    }
  }
}
