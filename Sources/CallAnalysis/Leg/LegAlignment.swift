internal import CallModel

/// Puts one leg beside the other where both carry one sound that a recorder or a codec has moved or changed on one of them:
/// a network delays it, GSM 6.10 delays it and blurs its levels.
///
/// The highest levels of 50 ms are compared: they do not depend on parts of a frame, and codecs move them least.
enum LegAlignment {
  /// The highest levels of 50 ms of both legs, the second moved to where it agrees with the first; nil where the levels agree
  /// as they are, or nowhere.
  static func aligned(_ levels: ByLeg<[Float]>) -> ByLeg<[Float]>? {
    let sampled = stride(from: 0, to: min(levels[.first].count, levels[.second].count), by: hop).map(\.self)
    let windows = sampled.chunked(count: window)
    // Two parties differ in most frames by far more than one sound that is moved.
    guard windows.contains(where: { agreement(levels, at: $0, lag: 0, within: roughDb) >= rough }),
      !windows.contains(where: { agreement(levels, at: $0, lag: 0, within: tolerance) > SameSound.agreement })
    else { return nil }
    let highest = levels.map(peaks)
    let best = (-longestLag...longestLag).map { lag in
      (lag, windows.map { agreement(highest, at: $0, lag: lag, within: tolerance) }.max() ?? 0)
    }.max { ($0.1, -abs($0.0)) < ($1.1, -abs($1.0)) }
    guard let (lag, share) = best, share >= enough else { return nil }
    let second = highest[.second]
    return ByLeg(
      highest[.first], second.indices.map { second[min(max($0 + lag, 0), second.count - 1)] })
  }

  /// The share of some frames in which the difference of the levels lies within so many dB of its median, 0 to 1; 0 where
  /// too few are heard.
  private static func agreement(
    _ levels: ByLeg<[Float]>, at frames: ArraySlice<Int>, lag: Int, within tolerance: Float
  ) -> Double {
    let (first, second) = (levels[.first], levels[.second])
    var differences: [Float] = []
    differences.reserveCapacity(frames.count)
    for frame in frames where second.indices.contains(frame + lag) {
      let (one, other) = (first[frame], second[frame + lag])
      if max(one, other) > SameSound.lowestLevel { differences.append(one - other) }
    }
    guard differences.count >= minimum, let median = differences.quantile(0.5) else { return 0 }
    return Double(differences.count { abs($0 - median) <= tolerance }) / Double(differences.count)
  }

  /// The highest of the levels of two frames before to two after each.
  private static func peaks(_ level: [Float]) -> [Float] {
    level.indices.map { index in
      level[max(0, index - reach)...min(level.count - 1, index + reach)].max() ?? level[index]
    }
  }

  /// 50 ms are this many frames before and after one.
  private static let reach = 2
  /// A recorder moves one leg by so many frames at most: 50 ms; what is further off is an echo.
  private static let longestLag = 5
  /// One frame of so many is compared, to find the lag.
  private static let hop = 6
  /// The frames that are compared together: 30 s.
  private static let window = 30 * Frames.perSecond / hop
  /// Fewer heard frames tell nothing: 5 s of them.
  private static let minimum = 5 * Frames.perSecond / hop
  /// Differences within this of their median agree, in dB, as in `SameSound`.
  private static let tolerance: Float = 1.5
  /// A lag is looked for where, without one, this share of the differences lies within so many dB of their median.
  private static let rough = 0.4
  private static let roughDb: Float = 6
  /// Legs may be the same from this share of frames that agree, of one sound .96 and more, of a call with an echo .56 (our
  /// measurement); `SameSound` decides.
  private static let enough = 0.85
}

extension [Int] {
  /// Slices of so many elements, the last one with what is left.
  fileprivate func chunked(count: Int) -> [ArraySlice<Int>] {
    stride(from: 0, to: self.count, by: count).map { self[$0..<Swift.min($0 + count, self.count)] }
  }
}
