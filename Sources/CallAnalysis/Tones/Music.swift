internal import SignalProcessing

/// Hold music: spectral peaks stand still for a fifth of a second, as those of speech never do for long.
enum Music {
  /// The stretches of music of a leg, in frames of the section.
  ///
  /// - Parameter excluded: frames of signalling tones, which stand still as well.
  static func find(
    leg: LegTrack, level: [Float], live: [Bool], excluded: [Bool], settings: MusicSettings
  ) -> [FrameRange] {
    let steps = level.count / 2
    let half = frames(s: settings.windowS) / 4
    guard steps > 2 * half else { return [] }
    var peaks = RunningSum(steps)
    var steady = RunningSum(steps)
    var sounding = RunningSum(steps)
    let lowest = Float(settings.lowestDbov)
    for step in 0..<steps {
      let frame = 2 * step
      let counts = !excluded[frame] && live[frame] && max(level[frame], level[frame + 1]) > lowest
      peaks.append(counts ? Float(leg.steps[step].peakCount) : 0)
      steady.append(counts ? Float(leg.steps[step].steadyPeakCount) : 0)
      sounding.append(counts ? 1 : 0)
    }
    var musical = [Bool](repeating: false, count: steps)
    var weak = [Bool](repeating: false, count: steps)
    for step in 0..<steps {
      let window = max(0, step - half)..<min(steps, step + half)
      guard sounding.sum(window) > Float(window.count) / 5 else { continue }
      let share = steady.sum(window) / max(1, peaks.sum(window))
      musical[step] = share > Float(settings.persistence)
      weak[step] = share > Float(settings.weakPersistence)
    }
    let certain = musical.indices.filter { musical[$0] }
    let least = frames(s: settings.minimumS)
    return [FrameRange](of: weak).bridged(gap: frames(s: settings.bridgeS) / 2)
      .filter { run in
        // A quarter of it must be music beyond doubt, and it must sound most of the time, as no ring does.
        4 * certain.count { run.contains($0) } >= max(run.count, least / 2)
          && 2 * sounding.sum(run) > Float(run.count) && run.count >= least / 2
      }
      .map {
        trimmed(
          $0.lowerBound * 2..<$0.upperBound * 2, level: level, excluded: excluded, reach: 2 * half,
          settings: settings)
      }
      .bridged(gap: frames(s: settings.bridgeS))
      .filter { $0.count >= least }
  }

  /// Moves the edges of a run, which the window has blurred by half its length, to where the sound of the music
  /// begins and ends: inwards over silence, outwards while the sound goes on.
  private static func trimmed(
    _ run: FrameRange, level: [Float], excluded: [Bool], reach: Int, settings: MusicSettings
  ) -> FrameRange {
    let typical = Array(level[run]).quantile(0.5) ?? -200
    let floor = typical - Float(settings.fadeDb)
    func sounds(_ frame: Int) -> Bool { level[frame] >= floor && !excluded[frame] }
    var start = run.lowerBound
    var end = run.upperBound
    while start < end && !sounds(start) { start += 1 }
    while end > start && !sounds(end - 1) { end -= 1 }
    // The last seconds of a recording are too short to be heard as music by themselves.
    let isLast = level.count - run.upperBound < frames(s: settings.bridgeS)
    let longestRest = isLast ? 30 : 15
    let reachAfter = isLast ? frames(s: settings.bridgeS) : reach
    var frame = start
    var rest = 0
    while frame > 0 && run.lowerBound - frame < reach && rest < longestRest {
      frame -= 1
      rest = sounds(frame) ? 0 : rest + 1
      if rest == 0 { start = frame }
    }
    frame = end
    rest = 0
    while frame < level.count && frame - run.upperBound < reachAfter && rest < longestRest {
      rest = sounds(frame) ? 0 : rest + 1
      frame += 1
      if rest == 0 { end = frame }
    }
    return start..<end
  }
}

/// Sums over any window of a series in constant time.
struct RunningSum {
  private var sums: [Double]

  init(_ capacity: Int) {
    sums = [0]
    sums.reserveCapacity(capacity + 1)
  }

  mutating func append(_ value: Float) { sums.append(sums[sums.count - 1] + Double(value)) }

  func sum(_ window: Range<Int>) -> Float { Float(sums[window.upperBound] - sums[window.lowerBound]) }
}
