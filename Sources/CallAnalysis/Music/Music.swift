internal import CallModel
internal import SignalProcessing

/// Hold music: spectral peaks stand still for a fifth of a second, as those of speech never do for long, and the
/// sound goes on, where speech pauses and closes the lips.
enum Music {
  /// The stretches of music of a leg, in frames of the section.
  ///
  /// - Parameter excluded: frames of signalling tones, which stand still as well.
  static func find(
    leg: LegTrack, level: [Float], live: [Bool], excluded: [Bool], settings: MusicSettings
  ) -> [FrameRange] {
    let steps = level.count / 2
    let half = max(1, frames(s: settings.windowS) / 4)
    guard steps > 2 * half else { return [] }
    let loudness = (0..<steps).map { max(level[2 * $0], level[2 * $0 + 1]) }
    let lowest = Float(settings.lowestDbov)
    let sounds = (0..<steps).map { loudness[$0] > lowest && live[2 * $0] && !excluded[2 * $0] }
    let glide = Glide(settings)
    let peaks = RunningSum(steps) { sounds[$0] ? Float(leg.steps[$0].peakCount) : 0 }
    let steady = RunningSum(steps) { step in
      guard sounds[step] else { return 0 }
      let count = Float(leg.steps[step].peakCount)
      let density = count / peakPlaces
      return Float(leg.steps[step].steadyPeakCount) - count * density * density * density
    }
    let sounding = RunningSum(steps) { sounds[$0] ? 1 : 0 }
    let gliding = RunningSum(steps) { glide.begins(in: leg, at: $0) ? 1 : 0 }
    // What speaks for music in a step, in dB, and where it may go on.
    var evidence = [Float](repeating: 0, count: steps)
    var goesOn = [Bool](repeating: false, count: steps)
    var levels = SlidingLevels(loudness, depthDb: settings.restDb)
    let usual = decibels(Float(settings.persistence) + leastShare)
    for first in stride(from: 0, to: steps, by: hop) {
      let window = max(0, first + hop / 2 - half)..<min(steps, first + hop / 2 + half)
      levels.slide(to: window)
      guard sounding.sum(window) > Float(window.count) / 5 else { continue }
      let share = max(0, steady.sum(window)) / max(1, peaks.sum(window))
      let excess =
        decibels(share + leastShare) - usual
        - Float(settings.restWeightDb) * levels.shareBelowLoud
        - Float(settings.glideWeightDb) * gliding.sum(window) / Float(window.count)
      for step in first..<min(steps, first + hop) {
        evidence[step] = excess
        goesOn[step] = excess > -Float(settings.slackDb)
      }
    }
    let least = frames(s: settings.minimumS)
    let bridge = frames(s: settings.bridgeS) / 2
    func total(_ run: FrameRange) -> Float { run.reduce(0) { $0 + evidence[$1] } }
    /// The level of what is heard beside some runs; less than the longest gap in music tells nothing.
    func background(of runs: [FrameRange]) -> Float {
      let beside = loudness.taken(by: runs.mask(count: steps).map { !$0 })
      return beside.count >= bridge ? beside.quantile(settings.quiet) ?? -200 : -200
    }
    func isMusic(_ run: FrameRange, over background: @autoclosure () -> Float) -> Bool {
      // Faint evidence counts when it lasts; and it must sound most of the time, as no ring does.
      guard total(run) / 50 >= Float(settings.evidenceDbS), 2 * sounding.sum(run) > Float(run.count),
        run.count >= least / 2
      else { return false }
      // A crowd hums on as faint music does, but also before and after.
      if total(run) / Float(run.count) >= Float(settings.strongDb) { return true }
      let quiet = Array(loudness[run]).quantile(settings.quiet) ?? -200
      return quiet >= background() + Float(settings.riseDb)
    }
    let candidates = [FrameRange](of: goesOn).bridged(gap: bridge)
    lazy var first = background(of: candidates)
    // Where it hums before, after and beneath the music, what has more evidence than the rest is looked at by itself.
    let runs = candidates.flatMap { run -> [FrameRange] in
      if isMusic(run, over: first) { return [run] }
      let mean = total(run) / Float(run.count)
      return [FrameRange](of: run.map { evidence[$0] > mean }).bridged(gap: bridge)
        .map { run.lowerBound + $0.lowerBound..<run.lowerBound + $0.upperBound }
    }
    if runs.isEmpty { return [] }
    let beside = background(of: runs)
    let taken = (steady: runs.reduce(0) { $0 + steady.sum($1) }, peaks: runs.reduce(0) { $0 + peaks.sum($1) })
    let crowd = max(0, steady.sum(0..<steps) - taken.steady) / max(1, peaks.sum(0..<steps) - taken.peaks)
    let edges = MusicEdges(
      level: level, excluded: excluded, steady: steady, peaks: peaks, gliding: gliding, reach: 2 * half,
      background: beside, crowd: crowd, settings: settings)
    return
      runs
      .filter { isMusic($0, over: beside) }
      .map { edges.trim($0.lowerBound * 2..<$0.upperBound * 2) }
      .bridged(gap: frames(s: settings.bridgeS))
      .filter { $0.count >= least }
  }

  /// Windows are this many steps of 20 ms apart.
  private static let hop = 5
  /// Where peaks may stand: 220 to 3420 Hz in windows of 64 ms. By chance a peak stands where one stood before as
  /// often as places are taken.
  private static let peakPlaces: Float = 205
  /// Shares of steady peaks below this tell nothing.
  fileprivate static let leastShare: Float = 0.005
}

/// Pitch that moves as that of voices does: on and on, where notes stand or leap.
private struct Glide {
  private let least: Float
  private let leap: Float

  init(_ settings: MusicSettings) {
    least = Float(power2(settings.glideOctaves))
    leap = Float(power2(settings.glideLeapOctaves))
  }

  /// Whether it does so within the tenth of a second from a step on.
  func begins(in leg: LegTrack, at step: Int) -> Bool {
    guard step + 6 <= leg.steps.count, leg.steps[step].voicing > 0.5 else { return false }
    var previous = leg.steps[step].pitch
    var lowest = previous
    var highest = previous
    for next in leg.steps[step + 1..<step + 6] {
      let pitch = next.pitch
      guard next.voicing > 0.5, pitch < leap * previous, previous < leap * pitch else { return false }
      lowest = min(lowest, pitch)
      highest = max(highest, pitch)
      previous = pitch
    }
    return highest > least * lowest
  }
}

/// Finds where music begins and ends, which the window has blurred by half its length.
private struct MusicEdges {
  let level: [Float]
  let excluded: [Bool]
  let steady: RunningSum
  let peaks: RunningSum
  let gliding: RunningSum
  let reach: Int
  /// The level in dBov of what is heard beside music.
  let background: Float
  /// The share of steady peaks in it.
  let crowd: Float
  let settings: MusicSettings

  /// Moves the edges of a run to where its sound begins and ends. Sound beside it, after a rest, belongs to it
  /// where its peaks stand still rather as those of the music than as those of speech.
  func trim(_ run: FrameRange) -> FrameRange {
    let typical = Array(level[run]).quantile(0.5) ?? -200
    let floor = max(typical - Float(settings.fadeDb), min(typical - 10, background + Float(settings.riseDb)))
    if background >= floor { return core(of: run) }
    let margin = frames(s: settings.windowS)
    // Before music a telephone rings; what follows it to the end of the recording may be its thin end.
    let isFirst = run.lowerBound < margin
    let isLast = level.count - run.upperBound < frames(s: settings.minimumS)
    let around =
      max(0, run.lowerBound - margin)..<(isLast ? level.count : min(level.count, run.upperBound + margin))
    let islands = [FrameRange](of: around.map { level[$0] >= floor && !excluded[$0] })
      .bridged(gap: frames(ms: settings.restMs))
      .map { around.lowerBound + $0.lowerBound..<around.lowerBound + $0.upperBound }
    let isCrowded = floor > typical - Float(settings.fadeDb)
    let inset = min(reach, run.count / 3)
    let core = isCrowded ? core(of: run) : run.lowerBound + inset..<run.upperBound - inset
    // Halfway between the music's share and that of what is beside it: speech has none.
    let between = (decibels(share(core) + Music.leastShare) + decibels(crowd + Music.leastShare)) / 2
    let inside = islands.filter { $0.overlaps(core) }
    guard var first = inside.first, var last = inside.last else {
      return core.lowerBound..<core.lowerBound
    }
    // Who speaks just before or after is not music, though no rest is heard in the crowd; nor is what lies beyond.
    let comesIn = isCrowded && isVoice(first.lowerBound, core.lowerBound, beside: core)
    let goesOn = isCrowded && isVoice(core.upperBound, last.upperBound, beside: core)
    if comesIn { first = core.lowerBound..<first.upperBound }
    if goesOn { last = last.lowerBound..<core.upperBound }
    // Where the recording begins or ends that near, the music rather goes on to there.
    let near = min(between, decibels(Music.leastShare) + Float(settings.edgeDb))
    func belonging(_ others: [FrameRange], above least: Float) -> FrameRange? {
      var sum: Float = 0
      var best: Float = 0
      var furthest: FrameRange?
      for island in others {
        sum += Float(island.count) * (decibels(share(island) + Music.leastShare) - least)
        if sum > best { (best, furthest) = (sum, island) }
      }
      return furthest
    }
    let earlier = comesIn ? [] : islands.filter { $0.upperBound <= first.lowerBound }
    let later = goesOn ? [] : islands.filter { $0.lowerBound >= last.upperBound }
    let before = belonging(earlier.reversed(), above: isFirst ? near : between)
    let after = belonging(later, above: isLast ? near : between)
    return (before ?? first).lowerBound..<(after ?? last).upperBound
  }

  /// Whether what lies between two frames, beside the core of music, is a voice rather than music whose peaks move.
  private func isVoice(_ from: Int, _ to: Int, beside core: FrameRange) -> Bool {
    guard to - from > max(0, frames(s: settings.voiceS)), to - from < core.count else { return false }
    let steps = from / 2..<min(peaks.count, to / 2)
    return gliding.sum(steps) > Float(settings.voiceGlideShare) * Float(steps.count)
  }

  /// The part of a run, or beside it, in which most peaks stand still beyond the geometric mean of the run's share of
  /// them and that of what is beside it.
  private func core(of run: FrameRange) -> FrameRange {
    let between =
      ((share(run) + Music.leastShare) * (crowd + Music.leastShare)).squareRoot() - Music.leastShare
    let steps = max(0, run.lowerBound - reach) / 2..<min(peaks.count, (run.upperBound + reach) / 2)
    var best: (sum: Float, steps: Range<Int>) = (0, run.lowerBound / 2..<run.lowerBound / 2)
    var start = steps.lowerBound
    var sum: Float = 0
    for step in steps {
      if sum <= 0 { (start, sum) = (step, 0) }
      sum += steady.sum(step..<step + 1) - between * peaks.sum(step..<step + 1)
      if sum > best.sum { best = (sum, start..<step + 1) }
    }
    return 2 * best.steps.lowerBound..<2 * best.steps.upperBound
  }

  /// The share of steady peaks in some frames.
  private func share(_ frames: FrameRange) -> Float {
    let first = frames.lowerBound / 2
    let steps = first..<min(peaks.count, max(frames.upperBound / 2, first + 1))
    return max(0, steady.sum(steps)) / max(1, peaks.sum(steps))
  }
}

/// The levels in a window that slides over a series: how many of them are loud, and how many lie far below those.
private struct SlidingLevels {
  /// Levels in whole decibels from -127.
  private let levels: [UInt8]
  /// How many of them there are in the window, by decibel.
  private var counts = [Int](repeating: 0, count: 128)
  private var window = 0..<0
  /// Where the loud ones begin, which a tenth of the window exceeds, and how many those are.
  private var loud = 0
  private var above = 0
  /// How many lie under the loud ones by more than the depth.
  private var below = 0
  private let depth: Int

  init(_ levels: [Float], depthDb: Double) {
    self.levels = levels.map { UInt8(min(127, max(0, Int($0) + 127))) }
    depth = max(0, Int(depthDb))
  }

  /// Windows come in the order of time.
  mutating func slide(to next: Range<Int>) {
    func move(_ range: Range<Int>, by number: Int) {
      for index in range {
        let level = Int(levels[index])
        counts[level] += number
        if level > loud { above += number }
        if level < loud - depth { below += number }
      }
    }
    move(window.lowerBound..<min(window.upperBound, next.lowerBound), by: -1)
    move(max(window.upperBound, next.lowerBound)..<next.upperBound, by: 1)
    window = next
    while above > window.count / 10 {
      if loud >= depth { below += counts[loud - depth] }
      loud += 1
      above -= counts[loud]
    }
    while loud > 0, above + counts[loud] <= window.count / 10 {
      above += counts[loud]
      loud -= 1
      if loud >= depth { below -= counts[loud - depth] }
    }
  }

  /// The share of levels that lie further below the loud ones than the depth.
  var shareBelowLoud: Float { Float(below) / Float(window.count) }
}

/// Sums over any window of a series in constant time.
struct RunningSum {
  private var sums: [Double]

  /// The number of values.
  var count: Int { sums.count - 1 }

  /// Sums of as many values as `count` tells.
  init(_ count: Int, _ value: (Int) -> Float) {
    sums = [Double](unsafeUninitializedCapacity: count + 1) { sums, number in
      var total = 0.0
      for index in 0..<count {
        sums[index] = total
        total += Double(value(index))
      }
      sums[count] = total
      number = count + 1
    }
  }

  func sum(_ window: Range<Int>) -> Float { Float(sums[window.upperBound] - sums[window.lowerBound]) }
}
