internal import CallModel

/// How a leak's gain drifts through a section.
enum GainDrift {
  /// How far the gain has drifted from its median over the section, in dB, in each second; empty where it stands. In
  /// straight lines from window to window.
  ///
  /// - Parameters:
  ///   - gains: the difference of levels in some frames, in dB.
  ///   - places: these frames, in order of time.
  ///   - count: the frames of the section.
  ///   - minimum: windows with fewer of these say nothing.
  static func bySecond(of gains: [Float], at places: [Int], count: Int, minimum: Int) -> [Float] {
    let knots = knots(of: gains, at: places, count: count, minimum: minimum)
    guard knots.contains(where: { $0.gain != 0 }) else { return [] }
    var next = 0
    return stride(from: Frames.perSecond / 2, to: count, by: Frames.perSecond).map { frame in
      while next < knots.count, knots[next].place <= frame { next += 1 }
      guard next > 0, next < knots.count else { return knots[max(0, next - 1)].gain }
      let (from, to) = (knots[next - 1], knots[next])
      return from.gain + (to.gain - from.gain) * Float(frame - from.place) / Float(to.place - from.place)
    }
  }

  /// The drift in the middle of each window, less what does not count.
  private static func knots(
    of gains: [Float], at places: [Int], count: Int, minimum: Int
  ) -> [(place: Int, gain: Float)] {
    let hop = Frames.count(seconds: windowS) / hopsPerWindow
    let typical = gains.decibelQuantile(quantile) ?? 0
    var knots: [(place: Int, gain: Float)] = []
    var window = 0..<0
    for start in stride(from: 0, to: count, by: hop) {
      var (first, end) = (window.lowerBound, window.upperBound)
      while first < places.count, places[first] < start - hop { first += 1 }
      while end < places.count, places[end] < start + 2 * hop { end += 1 }
      window = first..<end
      guard window.count >= minimum else { continue }
      let drift = (Array(gains[window]).decibelQuantile(quantile) ?? typical) - typical
      let counted = drift > 0 ? max(0, drift - toleranceDb) : min(0, drift + toleranceDb)
      knots.append((start + hop / 2, counted))
    }
    return knots
  }

  /// A gain is followed through windows this long, in s: each has talk of the source, and gains drift more slowly.
  private static let windowS = 30.0
  /// Windows overlap: the middle third of each is its own.
  private static let hopsPerWindow = 3
  /// Gains are compared by this quantile of what the target has less than its source: the lower part is the leak, above
  /// it are other sounds.
  private static let quantile = 0.3
  /// Drift counts beyond this, in dB: the margin of the leaked power covers less.
  private static let toleranceDb: Float = 3
}
