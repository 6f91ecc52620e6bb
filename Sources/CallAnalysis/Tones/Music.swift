internal import SignalProcessing

/// Hold music: spectral peaks stand still for a fifth of a second, as those of speech never do for long.
enum Music {
  /// The stretches of music of a leg, in frames of the section.
  static func find(leg: LegTrack, level: [Float], live: [Bool], settings: MusicSettings) -> [FrameRange] {
    let steps = level.count / 2
    let half = frames(s: settings.windowS) / 4
    guard steps > 2 * half else { return [] }
    var persistence = RunningSum(steps)
    var continuity = RunningSum(steps)
    var amplitude = RunningSum(steps)
    var energy = RunningSum(steps)
    var liveSteps = RunningSum(steps)
    for step in 0..<steps {
      let alive = live[2 * step] || live[2 * step + 1]
      let power = (leg.power[2 * step] + leg.power[2 * step + 1]) / 2
      persistence.append(alive ? leg.persistence[step] : 0)
      continuity.append(alive ? leg.continuity[step] : 0)
      amplitude.append(power.squareRoot())
      energy.append(power)
      liveSteps.append(alive ? 1 : 0)
    }
    var musical = [Bool](repeating: false, count: steps)
    var weak = [Bool](repeating: false, count: steps)
    let lowest = power(decibels: Float(settings.lowestDbov))
    for step in 0..<steps {
      let window = max(0, step - half)..<min(steps, step + half)
      let alive = liveSteps.sum(window)
      guard alive > Float(window.count) / 2 else { continue }
      let p = persistence.sum(window) / alive
      let c = continuity.sum(window) / alive
      let mean = amplitude.sum(window) / Float(window.count)
      let power = energy.sum(window) / Float(window.count)
      guard power > lowest else { continue }
      let variation = max(0, power / (mean * mean) - 1).squareRoot()
      musical[step] =
        p > Float(settings.persistence) && c > Float(settings.continuity)
          && variation < Float(settings.levelVariation)
        || p > Float(settings.strongPersistence) && c > Float(settings.strongContinuity)
      weak[step] = p > Float(settings.weakPersistence)
    }
    var runs = [FrameRange](of: musical).bridged(gap: frames(s: settings.bridgeS) / 2)
    // A long gap is bridged where most of it is weakly musical.
    var joined: [FrameRange] = []
    for run in runs {
      if let last = joined.last {
        let gap = last.upperBound..<run.lowerBound
        let weakSteps = gap.reduce(0) { $0 + (weak[$1] ? 1 : 0) }
        if gap.count < frames(s: settings.weakBridgeS) / 2 && 2 * weakSteps > gap.count {
          joined[joined.count - 1] = last.lowerBound..<run.upperBound
          continue
        }
      }
      joined.append(run)
    }
    runs = joined.filter { $0.count >= frames(s: settings.minimumS) / 2 - half }
    return runs.map { refined($0.lowerBound * 2..<$0.upperBound * 2, level: level, reach: 2 * half) }
      .filter { $0.count >= frames(s: settings.minimumS) }
  }

  /// Moves the edges of a run, which the window has blurred by half its length, to where the level of the
  /// music begins and ends: outwards while the sound goes on, inwards over silence.
  private static func refined(_ run: FrameRange, level: [Float], reach: Int) -> FrameRange {
    let typical = Array(level[run]).quantile(0.5) ?? -200
    let floor = typical - 20
    var start = run.lowerBound
    var end = run.upperBound
    while start < end && level[start] < floor { start += 1 }
    while end > start && level[end - 1] < floor { end -= 1 }
    // Outwards over at most half a window, across rests of 100 ms.
    var frame = start
    var rest = 0
    while frame > 0 && run.lowerBound - frame < reach && rest < 10 {
      frame -= 1
      if level[frame] >= floor {
        start = frame
        rest = 0
      } else {
        rest += 1
      }
    }
    frame = end
    rest = 0
    while frame < level.count && frame - run.upperBound < reach && rest < 10 {
      if level[frame] >= floor {
        end = frame + 1
        rest = 0
      } else {
        rest += 1
      }
      frame += 1
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
