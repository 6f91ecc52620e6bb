internal import CallModel
internal import SignalProcessing

/// Puts one leg beside the other where both carry one sound that a recorder or a codec has moved or changed on one of them:
/// a network delays it, GSM 6.10 delays it and blurs its levels.
enum LegAlignment {
  /// The levels of 80 ms of both legs, the second moved to where it agrees with the first; nil where the levels agree as they
  /// are, or nowhere.
  static func aligned(_ levels: ByLeg<[Float]>) -> ByLeg<[Float]>? {
    let (first, second) = (levels[.first], levels[.second])
    let count = min(first.count, second.count)
    let windows = stride(from: 0, to: count, by: window).map { start in
      stride(from: start, to: min(count, start + window), by: hop).map(\.self)
    }
    func agreement(at frames: [Int], within tolerance: Float) -> Double {
      share(of: frames.map { first[$0] }, frames.map { second[$0] }, within: tolerance)
    }
    // Two parties differ in most frames by far more than one sound that is moved.
    let alike = windows.map { (frames: $0, share: agreement(at: $0, within: roughDb)) }
      .filter { $0.share >= rough }.sorted { $0.share > $1.share }.prefix(mostWindows).map(\.frames)
    guard !alike.isEmpty,
      !alike.contains(where: { agreement(at: $0, within: toleranceAsTheyAre) > SameSound.agreement })
    else { return nil }
    let smooth = levels.map(SmoothLevels.init)
    let firsts = alike.map { frames in frames.map { smooth[.first].level(at: 2 * $0) } }
    let lags = (-longestLag...longestLag).map { lag in
      let shares = zip(alike, firsts).map { frames, levels in
        share(of: levels, frames.map { smooth[.second].level(at: 2 * $0 + lag) }, within: tolerance)
      }
      return (lag: lag, share: shares.max() ?? 0)
    }
    guard let lag = lags.max(by: { ($0.share, -abs($0.lag)) < ($1.share, -abs($1.lag)) }), lag.share >= enough
    else { return nil }
    return ByLeg(
      (0..<count).map { smooth[.first].level(at: 2 * $0) },
      (0..<count).map { smooth[.second].level(at: 2 * $0 + lag.lag) })
  }

  /// The share of frames in which the difference of both levels lies within so many dB of its median, 0 to 1; 0 where too
  /// few are heard.
  private static func share(of ones: [Float], _ others: [Float], within tolerance: Float) -> Double {
    let differences = zip(ones, others).compactMap { one, other in
      max(one, other) > SameSound.lowestLevel ? one - other : nil
    }
    guard differences.count >= minimum, let median = differences.quantile(0.5) else { return 0 }
    return Double(differences.count { abs($0 - median) <= tolerance }) / Double(differences.count)
  }

  /// A recorder moves one leg by so many halves of a frame at most: 50 ms; what is further off is an echo.
  private static let longestLag = 10
  /// One frame of so many is compared, to find the lag.
  private static let hop = 6
  /// The frames that are compared together: 30 s.
  private static let window = 30 * Frames.perSecond
  /// So many windows, those that agree best as they are, say what the lag is.
  private static let mostWindows = 3
  /// Fewer heard frames tell nothing: 5 s of them.
  private static let minimum = 5 * Frames.perSecond / hop
  /// Differences within this of their median agree, in dB: of one sound at most half a frame's half off, .95 do, through GSM
  /// 6.10 as well, of two parties that hear each other .53 (our measurement, two calls).
  static let tolerance: Float = 2
  /// The same of legs that are not moved, in dB, as in `SameSound`.
  private static let toleranceAsTheyAre: Float = 1.5
  /// A lag is looked for where, without one, this share of the differences lies within so many dB of their median: of one
  /// sound 50 ms off .35, of two parties .12 (the same).
  private static let rough = 0.25
  private static let roughDb: Float = 6
  /// Legs may be the same from this share of frames that agree; `SameSound` decides.
  private static let enough = 0.85
}

/// Levels of 80 ms around any half of a frame.
private struct SmoothLevels {
  /// Sums of the powers of the frames before each.
  private let sums: [Double]

  /// From the levels of frames, in dBov.
  init(_ levels: [Float]) {
    var sums = [0.0]
    sums.reserveCapacity(levels.count + 1)
    var sum = 0.0
    for level in levels {
      sum += Double(power(decibels: level))
      sums.append(sum)
    }
    self.sums = sums
  }

  /// The level around a position in halves of a frame, in dBov; an even one is the middle of a frame.
  func level(at position: Int) -> Float {
    let last = position >> 1
    let later = sum(from: last - Self.length / 2 + 1)
    let power =
      position & 1 == 1 ? later : (later + sum(from: last - Self.length / 2)) / 2
    return decibels(Float(power) / Float(Self.length))
  }

  /// The power of the frames of a window from a frame on, as far as there are any.
  private func sum(from first: Int) -> Double {
    let end = sums.count - 1
    return sums[min(max(first + Self.length, 0), end)] - sums[min(max(first, 0), end)]
  }

  /// In frames.
  private static let length = 8
}
