internal import SignalProcessing

/// One pulse of a tone or of a pair of tones.
struct Tone: Hashable {
  /// Where it lies, in frames.
  var frames: FrameRange
  /// The stronger frequency in Hz.
  var first: Float
  /// The weaker frequency in Hz; 0 for a single tone.
  var second: Float
  /// Its level in dBov.
  var level: Float
  /// Whether it stands as still as a lone tone must.
  var isSteady: Bool

  /// Whether another pulse has one of this one's frequencies: of a pair the stronger alternates.
  func sharesFrequency(with other: Tone) -> Bool {
    let mine = [first, second].filter { $0 > 0 }
    let theirs = [other.first, other.second].filter { $0 > 0 }
    return mine.contains { a in theirs.contains { b in abs(a - b) < 15 } }
  }

  /// Whether both frequencies are those of call progress tones.
  func isProgress(_ settings: ToneSettings) -> Bool {
    max(first, second) < Float(settings.progressHighestHz)
  }

  /// Whether another pulse continues this one's cadence: same frequency, same length.
  func isInCadence(with other: Tone, settings: ToneSettings) -> Bool {
    let longer = max(frames.count, other.frames.count)
    return self != other && sharesFrequency(with: other)
      && Double(abs(frames.count - other.frames.count)) <= settings.cadenceShare * Double(longer)
  }
}

/// Finds pulses of steady tones: one or two spectral lines that hold nearly all the power, stand still, and are
/// set off by quiet on both sides.
struct ToneFinder {
  private let leg: LegTrack
  private let level: [Float]
  private let settings: ToneSettings

  init(leg: LegTrack, level: [Float], settings: ToneSettings) {
    self.leg = leg
    self.level = level
    self.settings = settings
  }

  /// The pulses of the leg, sorted.
  func find() -> [Tone] {
    let candidates = runs().compactMap(tone)
    var accepted: [Tone] = []
    var halves: [Tone] = []
    for tone in candidates {
      let long = tone.frames.count >= frames(ms: settings.loneMinimumMs) || !tone.isProgress(settings)
      let alone = long && tone.isSteady
      switch (isQuiet(before: tone, candidates), isQuiet(after: tone, candidates)) {
      case (true, true) where alone: accepted.append(tone)
      case (false, false): break
      default: halves.append(tone)
      }
    }
    // A short pulse, or one that runs into speech, is a tone where another pulse of its cadence stands near.
    let reach = frames(s: settings.ringPauseLongestS)
    func near(_ a: Tone, _ b: Tone) -> Bool {
      a.frames.lowerBound - b.frames.upperBound < reach && b.frames.lowerBound - a.frames.upperBound < reach
    }
    for tone in halves
    where accepted.contains(where: { $0.sharesFrequency(with: tone) && near($0, tone) })
      || halves.contains(where: { $0.isInCadence(with: tone, settings: settings) && near($0, tone) })
    {
      accepted.append(tone)
    }
    return accepted.sorted { $0.frames.lowerBound < $1.frames.lowerBound }
  }

  /// The power-weighted frequency of both lines: it stays where it is when the stronger alternates.
  private func centroid(_ step: Int) -> Float {
    let ratio = leg.steps[step].lineRatio
    return (leg.steps[step].firstLine + ratio * leg.steps[step].secondLine) / (1 + ratio)
  }

  /// Runs of tonal steps with a steady centroid, holes of lost packets bridged.
  private func runs() -> [Range<Int>] {
    let share = Float(settings.lineShare)
    let lowest = Float(settings.lowestDbov) - 10
    var result: [Range<Int>] = []
    var start: Int?
    func close(_ end: Int) {
      if let from = start, end - from >= 2 {
        let bridge = Int(settings.bridgeMs / 20)
        if let last = result.last, from - last.upperBound <= bridge,
          abs(centroid(last.upperBound - 1) - centroid(from)) < 8
        {
          result[result.count - 1] = last.lowerBound..<end
        } else {
          result.append(from..<end)
        }
      }
      start = nil
    }
    for step in 0..<level.count / 2 {
      let tonal = leg.steps[step].lineShare >= share && level[2 * step] > lowest
      if !tonal {
        close(step)
      } else if let from = start {
        if step - from >= 2, abs(centroid(step) - centroid(step - 1)) > 12 {
          close(step)
          start = step
        }
      } else {
        start = step
      }
    }
    close(level.count / 2)
    return result
  }

  /// The tone of a run, with its edges to 10 ms by level; nil where it moves or is too short or too weak.
  private func tone(_ run: Range<Int>) -> Tone? {
    guard 2 * run.count >= frames(ms: settings.minimumMs) - 2 else { return nil }
    // The window's ends straddle the edges of the tone.
    let inner = run.count > 6 ? run.lowerBound + 1..<run.upperBound - 1 : run
    let typical = Array(level[2 * inner.lowerBound..<2 * inner.upperBound]).quantile(0.5) ?? -200
    guard typical > Float(settings.lowestDbov) else { return nil }
    var first = 2 * run.lowerBound
    var last = 2 * run.upperBound
    let floor = typical - 10
    while first > 0 && 2 * run.lowerBound - first < 6 && level[first - 1] > floor { first -= 1 }
    while first < last && level[first] < floor { first += 1 }
    while last < level.count && last - 2 * run.upperBound < 6 && level[last] > floor { last += 1 }
    while last > first && level[last - 1] < floor { last -= 1 }
    // A voice that holds its pitch for a moment sounds before and after.
    guard last - first >= frames(ms: settings.minimumMs), 2 * run.count >= (last - first) * 4 / 5 else {
      return nil
    }

    let share = Float(settings.lineShare)
    let values = inner.filter { leg.steps[$0].lineShare >= share }.map(centroid)
    guard values.count >= 2 else { return nil }
    let mean = values.reduce(0, +) / Float(values.count)
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)).squareRoot()
    let third = max(1, values.count / 3)
    let drift = abs(values.prefix(third).reduce(0, +) - values.suffix(third).reduce(0, +)) / Float(third)
    guard deviation < Float(settings.deviationHz), drift < Float(settings.driftHz) else { return nil }
    let middle = inner.lowerBound + inner.count / 2
    return Tone(
      frames: first..<last, first: leg.steps[middle].firstLine,
      second: leg.steps[middle].lineRatio > 0.05 ? leg.steps[middle].secondLine : 0, level: typical,
      isSteady: deviation < Float(settings.loneDeviationHz) && drift < Float(settings.loneDriftHz))
  }

  private func isQuiet(before tone: Tone, _ others: [Tone]) -> Bool {
    let start = tone.frames.lowerBound
    return isQuiet(max(0, start - 8)..<max(0, start - 2), beside: tone, others)
  }

  private func isQuiet(after tone: Tone, _ others: [Tone]) -> Bool {
    let end = tone.frames.upperBound
    return isQuiet(min(level.count, end + 2)..<min(level.count, end + 8), beside: tone, others)
  }

  /// Whether the line is quiet in the 60 ms beside a tone, 20 ms away from it, or another tone sounds there.
  private func isQuiet(_ range: FrameRange, beside tone: Tone, _ others: [Tone]) -> Bool {
    guard !range.isEmpty else { return true }
    let beside = Array(level[range]).quantile(0.5) ?? -200
    return beside < tone.level - Float(settings.contrastDb)
      || others.contains { $0 != tone && $0.frames.overlaps(range) }
  }

  /// The pulses that belong to a cadence of call progress tones: signals beyond doubt, whatever music there is.
  /// An exchange repeats a pulse to the hertz, the decibel and the hundredth of a second, with nothing between;
  /// notes of a melody have other sounds between them.
  func cadences(of tones: [Tone]) -> [Tone] {
    tones.filter { tone in
      tone.isProgress(settings)
        && tones.contains {
          $0.isInCadence(with: tone, settings: settings) && abs($0.level - tone.level) < 3
            && isQuietBetween(tone, $0)
        }
    }
  }

  /// Whether nothing but the pulses of a cadence is heard between two of them.
  private func isQuietBetween(_ a: Tone, _ b: Tone) -> Bool {
    let gap =
      a.frames.upperBound <= b.frames.lowerBound
      ? Range(uncheckedBounds: (a.frames.upperBound + 3, b.frames.lowerBound - 3))
      : Range(uncheckedBounds: (b.frames.upperBound + 3, a.frames.lowerBound - 3))
    guard gap.lowerBound < gap.upperBound, gap.count < frames(s: settings.ringPauseLongestS) else {
      return false
    }
    let loud = Array(level[gap]).quantile(0.9) ?? -200
    return loud < min(a.level, b.level) - Float(settings.contrastDb)
  }
}
