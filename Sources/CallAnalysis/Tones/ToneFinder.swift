internal import CallModel
internal import SignalProcessing

/// One pulse of a tone or of a pair of tones.
struct Tone: Hashable {
  /// Where it lies, in frames.
  var frames: FrameRange
  /// The lower frequency in Hz.
  var first: Float
  /// The higher frequency in Hz; 0 for a single tone.
  var second: Float
  /// Its level in dBov.
  var level: Float
  /// Whether it stands as still as a lone tone must.
  var isSteady: Bool
  /// Whether it is one of the sixteen pairs of ITU-T Q.23.
  var isKey = false

  /// Whether another pulse has one of this one's frequencies: of a pair one line may be lost.
  func sharesFrequency(with other: Tone) -> Bool {
    let mine = [first, second].filter { $0 > 0 }
    let theirs = [other.first, other.second].filter { $0 > 0 }
    return mine.contains { a in theirs.contains { b in abs(a - b) < 8 } }
  }

  /// Whether it is the beep that tells of a recording.
  func isRecordingBeep(_ settings: ToneSettings) -> Bool {
    second == 0 && abs(first - Float(settings.recordingBeepHz)) < 0.025 * Float(settings.recordingBeepHz)
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

/// Finds pulses of steady tones: one or two spectral lines that hold nearly all the power, stand still, and
/// are set off by quiet on both sides.
struct ToneFinder {
  private let leg: LegTrack
  private let level: [Float]
  private let settings: ToneSettings
  private let pairRatio: Float
  private let ghostRatio: Float
  private let keyRatio: Float

  init(leg: LegTrack, level: [Float], settings: ToneSettings) {
    self.leg = leg
    self.level = level
    self.settings = settings
    pairRatio = power(decibels: -Float(settings.pairDepthDb))
    ghostRatio = power(decibels: -Float(settings.ghostDepthDb))
    keyRatio = power(decibels: -Float(settings.keyDepthDb))
  }

  /// The pulses of the leg, sorted.
  func find() -> [Tone] {
    let candidates = candidates()
    var accepted = Set(ToneEvents.informationTones(in: candidates, settings: settings).joined())
    var apart: [Tone] = []
    var halves: [Tone] = []
    for tone in candidates where !accepted.contains(tone) {
      let quiet = (isQuiet(before: tone, candidates), isQuiet(after: tone, candidates))
      if quiet == (true, true) {
        let isSure = (tone.isSteady || !tone.isProgress(settings)) && tone.frames.count >= aloneMinimum(tone)
        if isSure { accepted.insert(tone) } else { apart.append(tone) }
      }
      if quiet != (false, false) && tone.frames.count >= frames(ms: settings.minimumMs) {
        halves.append(tone)
      }
    }
    // Short pulses are tones where they come as regularly as a machine's.
    accepted.formUnion(ToneEvents.holdBeeps(in: apart, settings: settings).joined())
    // A short pulse, or one that runs into speech, is a tone where another pulse of its cadence stands near.
    let reach = frames(s: settings.ringPauseLongestS)
    func near(_ a: Tone, _ b: Tone) -> Bool {
      a.frames.lowerBound - b.frames.upperBound < reach && b.frames.lowerBound - a.frames.upperBound < reach
    }
    let sure = accepted
    let lone = frames(ms: settings.loneMinimumMs)
    for tone in halves
    where sure.contains(where: { !$0.isKey && $0.sharesFrequency(with: tone) && near($0, tone) })
      || halves.contains(where: {
        // A syllable that is said twice is as regular as a cadence, but short and unsteady.
        (tone.isSteady || tone.frames.count >= lone) && $0.isInCadence(with: tone, settings: settings)
          && near($0, tone)
      })
    {
      accepted.insert(tone)
    }
    return accepted.sorted { $0.frames.lowerBound < $1.frames.lowerBound }
  }

  /// The shortest pulse of its kind that is a tone without another beside it, in frames.
  private func aloneMinimum(_ tone: Tone) -> Int {
    if tone.isKey { return frames(ms: settings.keyMinimumMs) }
    if tone.isRecordingBeep(settings) { return frames(ms: settings.recordingBeepMinimumMs) }
    return frames(ms: tone.isProgress(settings) ? settings.loneMinimumMs : settings.minimumMs)
  }

  /// Whether a step has two lines rather than one. A line at three times the first is its own: the tone is clipped.
  private func isPair(_ step: Int) -> Bool {
    let features = leg.steps[step]
    if abs(features.secondLine - 3 * features.firstLine) < Float(settings.harmonicHz) { return false }
    let isNear = abs(features.firstLine - features.secondLine) < Float(settings.ghostHz)
    let isGhost = isNear && features.firstLine > Float(settings.progressHighestHz)
    return features.lineRatio >= (isGhost ? ghostRatio : pairRatio)
  }

  /// The lines of a step in order; a lone line twice.
  private func lines(_ step: Int) -> (low: Float, high: Float) {
    let (first, second) = (leg.steps[step].firstLine, leg.steps[step].secondLine)
    return isPair(step) ? (min(first, second), max(first, second)) : (first, first)
  }

  /// The power-weighted frequency of both lines: lines too close to be parted stand still in it.
  private func centroid(_ step: Int) -> Float {
    let ratio = isPair(step) ? leg.steps[step].lineRatio : 0
    return (leg.steps[step].firstLine + ratio * leg.steps[step].secondLine) / (1 + ratio)
  }

  /// Which key's pair of frequencies a step carries, for comparison alone: keys are never told.
  private func key(_ step: Int) -> Int? {
    let features = leg.steps[step]
    guard features.lineShare >= Float(settings.highLineShare), features.lineRatio >= keyRatio else {
      return nil
    }
    let low = min(features.firstLine, features.secondLine)
    let high = max(features.firstLine, features.secondLine)
    let tolerance = Float(settings.keyToleranceShare)
    guard
      let row = Self.keyRows.firstIndex(where: { abs(low - $0) < tolerance * $0 }),
      let column = Self.keyColumns.firstIndex(where: { abs(high - $0) < tolerance * $0 })
    else { return nil }
    return 4 * row + column
  }

  /// ITU-T Q.23, in Hz.
  private static let keyRows: [Float] = [697, 770, 852, 941]
  private static let keyColumns: [Float] = [1209, 1336, 1477, 1633]

  /// Whether two steps carry the same tone: codecs and noise move the power between two lines, or the lines
  /// by a few hertz.
  private func isSame(_ a: Int, _ b: Int) -> Bool {
    if let key = key(a) { return key == self.key(b) }
    let jump = Float(settings.jumpHz) * scale(leg.steps[a].firstLine)
    // Where one high tone follows another, the step between has both.
    let isLow = leg.steps[a].firstLine < Float(settings.progressHighestHz)
    if isLow || isPair(a) == isPair(b), abs(centroid(a) - centroid(b)) < jump { return true }
    let (mine, theirs) = (lines(a), lines(b))
    return isPair(a) && isPair(b) && abs(mine.low - theirs.low) < jump && abs(mine.high - theirs.high) < jump
  }

  /// What noise and codecs do to a line grows with its frequency.
  private func scale(_ frequency: Float) -> Float { max(1, frequency / Float(settings.steadyHz)) }

  /// Whether one or two lines hold nearly all the power of a step.
  private func isTonal(_ step: Int) -> Bool {
    let share = leg.steps[step].lineShare
    let isHigh =
      leg.steps[step].lineRatio < pairRatio && leg.steps[step].firstLine > Float(settings.progressHighestHz)
    return share >= Float(settings.lineShare) || isHigh && share >= Float(settings.highLineShare)
      || key(step) != nil
  }

  /// Pulses that may be tones.
  private func candidates() -> [Tone] {
    let runs = runs()
    return runs.indices.compactMap { index in
      let from = index > 0 ? 2 * runs[index - 1].upperBound : 0
      let to = index + 1 < runs.count ? 2 * runs[index + 1].lowerBound : level.count
      return tone(runs[index], within: Range(uncheckedBounds: (from, to)))
    }
  }

  /// Runs of tonal steps that carry the same tone, holes of lost packets bridged.
  private func runs() -> [Range<Int>] {
    let lowest = Float(settings.lowestDbov) - 10
    var result: [Range<Int>] = []
    var start: Int?
    func close(_ end: Int) {
      guard let from = start else { return }
      start = nil
      guard end - from >= 2 else { return }
      if let last = result.last, isBridged(last, from..<end) {
        result[result.count - 1] = last.lowerBound..<end
      } else {
        result.append(from..<end)
      }
    }
    for step in 0..<level.count / 2 {
      let isTonal = level[2 * step] > lowest && isTonal(step)
      if let from = start, !isTonal || step > from && !isSame(step - 1, step) { close(step) }
      if isTonal && start == nil { start = step }
    }
    close(level.count / 2)
    return result
  }

  /// Whether two runs are one tone with a hole in it.
  private func isBridged(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    let bridge = frames(ms: key(b.lowerBound) == nil ? settings.bridgeMs : settings.keyBridgeMs)
    // The window blurs a hole by half its length on both sides.
    guard 2 * (b.lowerBound - a.upperBound) <= bridge + 6 else { return false }
    let (middle, next) = ((a.lowerBound + a.upperBound) / 2, (b.lowerBound + b.upperBound) / 2)
    guard isSame(a.upperBound - 1, b.lowerBound) || isSame(middle, next) else { return false }
    let floor = min(level[2 * middle], level[2 * next]) - 10
    return level[2 * middle..<2 * next].count { $0 < floor } <= bridge
  }

  /// The tone of a run, with its edges to 10 ms by level within `bounds`; nil where it moves or is too short
  /// or too weak.
  private func tone(_ run: Range<Int>, within bounds: FrameRange) -> Tone? {
    // The window's ends straddle the edges of the tone.
    let inner = run.count > 6 ? run.lowerBound + 1..<run.upperBound - 1 : run
    let typical = Array(level[2 * inner.lowerBound..<2 * inner.upperBound]).quantile(0.7) ?? -200
    guard typical > Float(settings.lowestDbov) else { return nil }
    var first = 2 * run.lowerBound
    var last = 2 * run.upperBound
    let floor = typical - 10
    while first > bounds.lowerBound && 2 * run.lowerBound - first < 6 && level[first - 1] > floor {
      first -= 1
    }
    while first < last && level[first] < floor { first += 1 }
    while last < bounds.upperBound && last - 2 * run.upperBound < 6 && level[last] > floor { last += 1 }
    while last > first && level[last - 1] < floor { last -= 1 }
    let keys = inner.count { key($0) != nil }
    let isKey = 2 * keys > inner.count
    let shortest = isKey ? settings.keyMinimumMs : settings.recordingBeepMinimumMs
    // A voice that holds its pitch for a moment sounds before and after.
    let loud = (isKey ? settings.keyLoudShare : settings.loudShare) * Double(last - first) - 2
    guard last - first >= frames(ms: shortest), Double(2 * run.count) >= loud else { return nil }

    // The steps that the tone fills tell most of it.
    let filled = inner.filter { leg.steps[$0].lineShare >= Float(settings.lineShare) }
    let tonal = filled.count >= 2 ? filled : inner.filter(isTonal)
    guard tonal.count >= 2 else { return nil }
    let pairs = tonal.filter(isPair)
    let isPair = 2 * pairs.count > tonal.count
    var motion = Motion(of: tonal.map(centroid))
    let apart =
      isPair
      ? Motion(of: pairs.map { lines($0).low }).and(Motion(of: pairs.map { lines($0).high }))
      : Motion(of: tonal.map { leg.steps[$0].firstLine })
    if apart.deviation < motion.deviation { motion = apart }
    let lows = isPair ? pairs.map { lines($0).low }.sorted() : tonal.map { leg.steps[$0].firstLine }.sorted()
    let highs = isPair ? pairs.map { lines($0).high }.sorted() : lows
    let low = lows[lows.count / 2]
    let high = highs[highs.count / 2]
    guard low >= Float(settings.lowestHz), high <= Float(settings.highestHz),
      isKey || !isPair
        || high < min(Float(settings.pairSpread) * low, Float(settings.progressHighestHz))
    else { return nil }
    let scale = scale(high)
    let long: Float = 2 * tonal.count >= frames(ms: settings.longMs) ? 1.6 : 1
    guard isKey || motion.isWithin(settings.deviationHz, drift: settings.driftHz, scale: long * scale) else {
      return nil
    }
    return Tone(
      frames: first..<last, first: low, second: isPair ? high : 0, level: typical,
      isSteady: motion.isWithin(settings.loneDeviationHz, drift: settings.loneDriftHz, scale: scale)
        || last - first >= frames(s: settings.steadyS), isKey: isKey)
  }

  /// How far a line moves.
  private struct Motion {
    /// Its standard deviation, in Hz.
    var deviation: Float
    /// How far its last third lies from its first, in Hz.
    var drift: Float

    init(of values: [Float]) {
      let mean = values.reduce(0, +) / Float(values.count)
      deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)).squareRoot()
      let third = max(1, values.count / 3)
      drift = abs(values.prefix(third).reduce(0, +) - values.suffix(third).reduce(0, +)) / Float(third)
    }

    /// The larger motion of two lines.
    func and(_ other: Motion) -> Motion {
      var both = self
      both.deviation = max(deviation, other.deviation)
      both.drift = max(drift, other.drift)
      return both
    }

    func isWithin(_ deviation: Double, drift: Double, scale: Float) -> Bool {
      self.deviation < Float(deviation) * scale && self.drift < Float(drift) * scale
    }
  }

  private func isQuiet(before tone: Tone, _ others: [Tone]) -> Bool {
    let start = tone.frames.lowerBound
    return isQuiet(max(0, start - 8)..<max(0, start - 2), beside: tone, others)
  }

  private func isQuiet(after tone: Tone, _ others: [Tone]) -> Bool {
    let end = tail(of: tone, in: others).upperBound
    return isQuiet(min(level.count, end + 2)..<min(level.count, end + 8), beside: tone, others)
  }

  /// Whether the line is quiet in the 60 ms beside a tone, 20 ms away from it, or another tone sounds there.
  private func isQuiet(_ range: FrameRange, beside tone: Tone, _ others: [Tone]) -> Bool {
    guard !range.isEmpty else { return true }
    let beside = Array(level[range]).quantile(0.5) ?? -200
    let contrast = tone.isProgress(settings) ? settings.contrastDb : settings.highContrastDb
    return beside < tone.level - Float(contrast)
      || others.contains { $0 != tone && $0.frames.overlaps(range) }
  }

  /// What a codec makes of the end of a tone: GSM 6.10 rings on for a quarter of a second in digital silence.
  /// Sound that goes on for longer is not the tone's, unless the next tone is there by then; nor is louder
  /// sound.
  func tail(of tone: Tone, in tones: [Tone]) -> FrameRange {
    let end = tone.frames.upperBound
    let silence = tone.level - Float(settings.tailDepthDb)
    let limit = min(level.count, end + frames(ms: settings.tailMs))
    let stop =
      tones.lazy.map(\.frames.lowerBound).first { $0 >= end && $0 < limit }
      ?? (end..<limit).first { level[$0..<min(level.count, $0 + 3)].allSatisfy { $0 < silence } } ?? end
    let loud = Array(level[end..<stop]).quantile(0.9) ?? -200
    return end..<(loud < tone.level ? stop : end)
  }

  /// The pulses that belong to a cadence of call progress tones: signals beyond doubt, whatever music there
  /// is. An exchange repeats a pulse to the hertz, the decibel and the hundredth of a second, with nothing
  /// between; notes of a melody have other sounds between them.
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
