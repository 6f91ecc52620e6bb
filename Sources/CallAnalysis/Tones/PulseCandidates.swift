internal import CallModel
internal import SignalProcessing

/// Pulses of a leg that may be tones: one or two spectral lines that hold nearly all the power and stand still.
struct PulseCandidates {
  private let lines: ToneLines
  private let level: [Float]
  private let settings: ToneSettings

  /// - Parameter level: that of each frame, in dBov.
  init(leg: LegTrack, level: [Float], settings: ToneSettings) {
    lines = ToneLines(leg: leg, settings: settings)
    self.level = level
    self.settings = settings
  }

  /// The candidates in order of time.
  func find() -> [Tone] {
    let runs = TonalRuns(lines: lines, level: level, settings: settings).find()
    return runs.indices.compactMap { index in
      let from = index > 0 ? Frames.perStep * runs[index - 1].upperBound : 0
      let to = index + 1 < runs.count ? Frames.perStep * runs[index + 1].lowerBound : level.count
      return pulse(runs[index], within: from..<to)
    }
  }

  /// The pulse of a run of steps, its edges looked for within `bounds`; nil where it moves, or is too short or too
  /// weak.
  private func pulse(_ run: Range<Int>, within bounds: FrameRange) -> Tone? {
    // The windows at the ends straddle the edges of the tone.
    let inner = run.count > Self.shortSteps ? run.lowerBound + 1..<run.upperBound - 1 : run
    let inside = Frames.perStep * inner.lowerBound..<Frames.perStep * inner.upperBound
    let typical = Array(level[inside]).quantile(Self.levelQuantile) ?? -200
    guard typical > Float(settings.lowestDbov) else { return nil }
    let isKey = 2 * inner.count { lines.key($0) != nil } > inner.count
    let edges = edges(of: run, level: typical, within: bounds)
    guard isLongEnough(edges, steps: run.count, isKey: isKey),
      let pulse = PulseLines(of: inner, in: lines), pulse.isInRange(isKey: isKey, settings: settings),
      isKey || pulse.isStill
    else { return nil }
    return Tone(
      frames: edges, first: pulse.low, second: pulse.isPair ? pulse.high : 0, level: typical,
      isSteady: pulse.isStillAlone || edges.count >= Frames.count(seconds: Self.steadyS), isKey: isKey,
      isBeating: isBeating(inside))
  }

  /// Whether the level moves from frame to frame, holes and clicks aside.
  private func isBeating(_ frames: FrameRange) -> Bool {
    let moves = zip(level[frames], level[frames].dropFirst()).map { abs($0 - $1) }
    return moves.quantile(0.5) ?? 0 > Self.beatDb
  }

  /// The frames of a run to 10 ms, by level.
  private func edges(of run: Range<Int>, level typical: Float, within bounds: FrameRange) -> FrameRange {
    let (from, to) = (Frames.perStep * run.lowerBound, Frames.perStep * run.upperBound)
    let floor = typical - TonalRuns.edgeDepthDb
    var (first, last) = (from, to)
    while first > bounds.lowerBound && from - first < Self.edgeReach && level[first - 1] > floor {
      first -= 1
    }
    while first < last && level[first] < floor { first += 1 }
    while last < bounds.upperBound && last - to < Self.edgeReach && level[last] > floor { last += 1 }
    while last > first && level[last - 1] < floor { last -= 1 }
    return first..<last
  }

  /// Whether a pulse lasts as long as the shortest tone, and little else is loud beside its tonal steps.
  private func isLongEnough(_ frames: FrameRange, steps: Int, isKey: Bool) -> Bool {
    let minimum = isKey ? settings.keyMinimumMs : Self.shortestMs
    let loud = (isKey ? Self.keyLoudShare : Self.loudShare) * Double(frames.count) - Double(Frames.perStep)
    return frames.count >= Frames.count(milliseconds: minimum) && Double(Frames.perStep * steps) >= loud
  }

  /// Runs of so many steps or fewer are measured with the steps at their ends.
  private static let shortSteps = 6
  /// The level of a pulse is this quantile of its frames: neither lost packets nor clicks move it.
  private static let levelQuantile = 0.7
  /// The tonal steps end at most so many frames before the tone does: the 64 ms window.
  private static let edgeReach = 6
  /// The shortest tone that is no key, in ms: the beeps that announce a recording last 80 ms or more.
  static let shortestMs = 70.0
  /// The tonal steps of a pulse make up this share of the time around it that is as loud, one step aside: a voice that
  /// holds its pitch for a moment sounds before and after.
  private static let loudShare = 0.8
  /// The same of a key, which may last only 40 ms.
  private static let keyLoudShare = 0.6
  /// Two frequencies 15 to 50 Hz apart move the level of 10 ms by 1.4 to 7 dB from frame to frame, one by .2 to .8, through
  /// mu-law, GSM 6.10 and 15 dB above noise (our measurement).
  private static let beatDb: Float = 1.2
  /// A tone this long is steady however it moves within the limits of a tone, in s: no voice holds a note so well.
  private static let steadyS = 1.0
}
