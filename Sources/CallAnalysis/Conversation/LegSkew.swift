internal import CallModel

/// Legs that are out of step: a recorder started one later, or left out of one what the other has.
///
/// People take turns: in step, both speak at once far less often than two talkers who do not hear each other. Where
/// they do so as often as strangers, and hardly at all with one leg moved, the legs are out of step by that much.
struct LegSkew {
  /// How much later the customer's leg is than the agent's, in seconds; 0 where the legs are in step, nil where too
  /// little is said.
  private(set) var lag: Double?
  /// From where to where the legs are out of step, in frames of the call; nil where they are not.
  private(set) var frames: FrameRange?

  /// The legs are in step or not by this many steps a second.
  private static let rate = 10.0
  private static let framesPerStep = Frames.perSecond / Int(rate)
  /// Whether the legs are in step is judged over this long, in s: some ten changes of speaker.
  private static let windowS = 60.0
  /// Each party talks at least this long in it, in s.
  static let talkS = 5.0
  /// The legs may be out of step where both parties talk at once at least this often, 1 being chance; in step it is
  /// at most 0.45 in a minute, 2 s out of step 0.7 in nine calls of ten (our measurement).
  private static let overlapRatio = 0.5
  /// They are, where both talk at once less than this much as often with one leg moved ...
  private static let movedRatio = 0.5
  /// ... by at least this, in s: a pause within a turn is as long, ...
  private static let shortestS = 0.5
  /// ... and at most this, in s.
  private static let longestS = 10.0
  /// One window may be chance; legs that are out of step stay so.
  private static let minimumWindows = 2

  /// Where a window shows that the legs are out of step, in steps.
  private struct Sign {
    var window: Range<Int>
    var lag: Int
  }

  /// Looks through the talkspurts of both parties, in frames, window by window.
  /// - Complexity: a pass; where the legs seem out of step, one for each lag.
  init(talkspurts: ByParty<[FrameRange]>, frameCount: Int) {
    let framesPerStep = Self.framesPerStep
    let masks = talkspurts.map { speech in
      speech.map { run in
        let first = run.lowerBound / framesPerStep
        return first..<max(first, run.upperBound / framesPerStep)
      }.mask(count: frameCount / framesPerStep + 1)
    }
    var signs: [Sign] = []
    let count = masks.agent.count
    let length = min(Self.steps(Self.windowS), count)
    for start in stride(from: 0, through: max(0, count - length), by: max(1, length / 2)) {
      let window = start..<start + length
      guard let now = Self.overlap(masks, window, lag: 0) else { continue }
      lag = 0
      if now >= Self.overlapRatio, let sign = Self.sign(masks, window, now: now) { signs.append(sign) }
    }
    judge(signs, frameCount: frameCount)
  }

  private static func steps(_ seconds: Double) -> Int { Int((seconds * rate).rounded()) }

  /// How much more often both speak at once in a window, the customer's leg moved back by `lag`, than chance has it;
  /// nil where one of them says too little.
  private static func overlap(_ masks: ByParty<[Bool]>, _ window: Range<Int>, lag: Int) -> Double? {
    var (mine, theirs, both) = (0, 0, 0)
    for step in window {
      let isTheirs = masks.customer.indices.contains(step + lag) && masks.customer[step + lag]
      if masks.agent[step] { mine += 1 }
      if isTheirs { theirs += 1 }
      if masks.agent[step] && isTheirs { both += 1 }
    }
    guard Double(min(mine, theirs)) >= talkS * rate else { return nil }
    return Double(both) * Double(window.count) / (Double(mine) * Double(theirs))
  }

  /// The lag at which both speak at once least; nil where that is not much less often than now, or near.
  private static func sign(_ masks: ByParty<[Bool]>, _ window: Range<Int>, now: Double) -> Sign? {
    let far = min(steps(longestS), masks.agent.count)
    let best = (-far...far).compactMap { lag in overlap(masks, window, lag: lag).map { (lag, $0) } }
      .min { ($0.1, abs($0.0)) < ($1.1, abs($1.0)) }
    guard let (lag, overlap) = best, overlap <= movedRatio * now, abs(lag) >= steps(shortestS) else {
      return nil
    }
    return Sign(window: window, lag: lag)
  }

  /// Takes the side to which most windows point.
  private mutating func judge(_ signs: [Sign], frameCount: Int) {
    let late = signs.filter { $0.lag > 0 }
    let side = late.count * 2 >= signs.count ? late : signs.filter { $0.lag < 0 }
    guard side.count >= Self.minimumWindows, let first = side.first, let last = side.last else { return }
    lag = (side.map { Double($0.lag) }.sorted().percentile(0.5) ?? 0) / Self.rate
    // The last window may reach beyond the last whole step.
    frames =
      first.window.lowerBound
      * Self.framesPerStep..<min(
        last.window.upperBound * Self.framesPerStep, frameCount)
  }
}
