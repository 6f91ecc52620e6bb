internal import CallModel

/// Legs that are out of step: a recorder started one later, or left out of one what the other has.
///
/// People take turns: in step, both speak at once far less often than two talkers who do not hear each other. Where
/// they do so as often as strangers, and hardly at all with one leg moved, the legs are out of step by that much.
struct LegSkew {
  /// How much later the customer's leg is than the agent's, in seconds; 0 where the legs are in step, nil where too
  /// little is said.
  var lag: Double?
  /// From where to where the legs are out of step, in seconds; nil where they are not.
  var range: TimeRange?

  /// Steps in a second.
  private static let rate = 10.0

  /// Looks through the talkspurts of both parties, in frames, window by window.
  /// - Complexity: a pass; where the legs seem out of step, one for each lag.
  init(agent: [FrameRange], customer: [FrameRange], frameCount: Int, settings: LineSettings) {
    func steps(_ seconds: Double) -> Int { Int((seconds * Self.rate).rounded()) }
    func mask(_ speech: [FrameRange]) -> [Bool] {
      speech.map { $0.lowerBound / 10..<max($0.lowerBound / 10, $0.upperBound / 10) }
        .mask(count: frameCount / 10 + 1)
    }
    let (mine, theirs) = (mask(agent), mask(customer))
    let length = min(steps(settings.skewWindowS), mine.count)
    let least = settings.skewTalkS * Self.rate

    /// How much more often both speak at once in a window, the customer's leg moved back by `lag`, than chance
    /// has it; nil where one of them says too little.
    func overlap(_ window: Range<Int>, lag: Int) -> Double? {
      var (a, b, both) = (0, 0, 0)
      for i in window {
        let isTheirs = theirs.indices.contains(i + lag) && theirs[i + lag]
        if mine[i] { a += 1 }
        if isTheirs { b += 1 }
        if mine[i] && isTheirs { both += 1 }
      }
      guard Double(min(a, b)) >= least else { return nil }
      return Double(both) * Double(window.count) / (Double(a) * Double(b))
    }

    var found: [(window: Range<Int>, lag: Int)] = []
    for start in stride(from: 0, through: max(0, mine.count - length), by: max(1, length / 2)) {
      let window = start..<start + length
      guard let now = overlap(window, lag: 0) else { continue }
      lag = lag ?? 0
      guard now >= settings.skewOverlapRatio else { continue }
      let far = min(steps(settings.skewLongestS), mine.count)
      let best = (-far...far).compactMap { lag in overlap(window, lag: lag).map { (lag: lag, overlap: $0) } }
        .min { ($0.overlap, abs($0.lag)) < ($1.overlap, abs($1.lag)) }
      if let best, best.overlap <= now / 2, abs(best.lag) >= steps(settings.skewShortestS) {
        found.append((window, best.lag))
      }
    }
    // One window may be chance; legs that are out of step stay so.
    let late = found.filter { $0.lag > 0 }
    let side = late.count * 2 >= found.count ? late : found.filter { $0.lag < 0 }
    guard side.count >= 2, let first = side.first, let last = side.last else { return }
    let lags = side.map { Double($0.lag) }.sorted()
    lag = (lags.percentile(0.5) ?? 0) / Self.rate
    range = TimeRange(
      Double(first.window.lowerBound) / Self.rate, Double(last.window.upperBound) / Self.rate)
  }
}
