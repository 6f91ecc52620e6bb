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

  /// Whether another pulse has one of this one's frequencies: of a pair the stronger alternates.
  func sharesFrequency(with other: Tone) -> Bool {
    let mine = [first, second].filter { $0 > 0 }
    let theirs = [other.first, other.second].filter { $0 > 0 }
    return mine.contains { a in theirs.contains { b in abs(a - b) < 15 } }
  }
}

/// Finds pulses of steady tones: one or two spectral lines that hold nearly all the power, stand still, and are
/// set off by quiet on both sides.
enum ToneFinder {
  static func find(leg: LegTrack, level: [Float], settings: ToneSettings) -> [Tone] {
    let steps = level.count / 2
    let share = Float(settings.lineShare)
    let lowest = Float(settings.lowestDbov)
    var candidates: [(run: Range<Int>, tone: Tone)] = []
    var start: Int?

    func centroid(_ step: Int) -> Float {
      let ratio = leg.lineRatio[step]
      return (leg.firstLine[step] + ratio * leg.secondLine[step]) / (1 + ratio)
    }

    func close(_ end: Int) {
      defer { start = nil }
      guard let from = start, 2 * (end - from) >= frames(ms: settings.minimumMs) - 2 else { return }
      // The window's ends straddle the edges of the tone.
      let inner = end - from > 6 ? from + 1..<end - 1 : from..<end
      var values: [Float] = []
      for step in inner { values.append(centroid(step)) }
      let mean = values.reduce(0, +) / Float(values.count)
      let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)).squareRoot()
      let third = max(1, values.count / 3)
      let drift = abs(values.prefix(third).reduce(0, +) - values.suffix(third).reduce(0, +)) / Float(third)
      guard deviation < Float(settings.deviationHz), drift < Float(settings.driftHz) else { return }
      let typical = Array(level[2 * inner.lowerBound..<2 * inner.upperBound]).quantile(0.5) ?? -200
      guard typical > lowest else { return }
      // The edges to 10 ms, by level.
      var first = 2 * from
      var last = 2 * end
      let floor = typical - 10
      while first > 0 && 2 * from - first < 6 && level[first - 1] > floor { first -= 1 }
      while first < last && level[first] < floor { first += 1 }
      while last < level.count && last - 2 * end < 6 && level[last] > floor { last += 1 }
      while last > first && level[last - 1] < floor { last -= 1 }
      guard last - first >= frames(ms: settings.minimumMs) else { return }
      let middle = inner.lowerBound + inner.count / 2
      let pair = leg.lineRatio[middle] > 0.05
      candidates.append(
        (
          from..<end,
          Tone(
            frames: first..<last, first: leg.firstLine[middle], second: pair ? leg.secondLine[middle] : 0,
            level: typical)
        ))
    }

    for step in 0..<steps {
      let tonal = leg.lineShare[step] >= share && level[2 * step] > lowest - 10
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
    close(steps)

    /// The line is quiet, or another tone sounds, in the 80 ms beside an edge, 20 ms away from it.
    func quiet(_ tone: Tone, before: Bool) -> Bool {
      let range =
        before
        ? max(0, tone.frames.lowerBound - 8)..<max(0, tone.frames.lowerBound - 2)
        : min(level.count, tone.frames.upperBound + 2)..<min(level.count, tone.frames.upperBound + 8)
      guard !range.isEmpty else { return true }
      let beside = Array(level[range]).quantile(0.5) ?? -200
      if beside < tone.level - Float(settings.contrastDb) { return true }
      return candidates.contains { $0.tone != tone && $0.tone.frames.overlaps(range) }
    }

    var accepted: [Tone] = []
    var halves: [Tone] = []
    for (_, tone) in candidates {
      switch (quiet(tone, before: true), quiet(tone, before: false)) {
      case (true, true): accepted.append(tone)
      case (true, false), (false, true): halves.append(tone)
      case (false, false): break
      }
    }
    // A pulse that runs into speech on one side is a tone where another pulse of its frequency stands near.
    let reach = frames(s: settings.ringPauseLongestS)
    for tone in halves
    where accepted.contains(where: {
      $0.sharesFrequency(with: tone) && $0.frames.lowerBound - tone.frames.upperBound < reach
        && tone.frames.lowerBound - $0.frames.upperBound < reach
    }) {
      accepted.append(tone)
    }
    return accepted.sorted { $0.frames.lowerBound < $1.frames.lowerBound }
  }
}
