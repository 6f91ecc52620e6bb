internal import CallModel
internal import SignalProcessing

/// A signal made of tone pulses: ringback, busy, a beep.
struct ToneSignal {
  /// What it is; a hold is one of periodic beeps.
  var type: CallEvent.Kind
  /// From its first pulse to its last, in frames.
  var frames: FrameRange
  /// How many times it rang; pulses otherwise.
  var count: Int
}

/// Names pulses by their cadence rather than by a list of countries.
enum ToneEvents {
  /// The signals of one leg.
  ///
  /// - Parameters:
  ///   - tones: its pulses, sorted.
  ///   - speech: its talkspurts, sorted: a beep comes after speech, a ring before.
  static func name(_ tones: [Tone], speech: [FrameRange], settings: ToneSettings) -> [ToneSignal] {
    func isSpoken(between a: Tone, and b: Tone) -> Bool {
      speech.contains {
        $0.lowerBound >= a.frames.upperBound && $0.upperBound <= b.frames.lowerBound
      }
    }
    var signals = tones.filter(\.isKey).map { ToneSignal(type: .dtmf, frames: $0.frames, count: 1) }
    var rest = tones.filter { !$0.isKey }
    func take(_ found: [[Tone]], as type: CallEvent.Kind) {
      for group in found { signals.append(ToneSignal(type: type, frames: span(group), count: group.count)) }
      rest.removeAll { found.joined().contains($0) }
    }
    take(informationTones(in: rest, settings: settings), as: .sit)
    take(
      holdBeeps(in: rest, settings: settings).filter { beeps in
        Double(span(beeps).count) >= settings.holdMinimumS * 100
          && !zip(beeps, beeps.dropFirst()).contains { isSpoken(between: $0, and: $1) }
      }, as: .hold)
    var groups: [[Tone]] = []
    let reach = frames(s: settings.ringPauseLongestS)
    for tone in rest {
      if let index = groups.lastIndex(where: { group in
        guard let last = group.last else { return false }
        return tone.frames.lowerBound - last.frames.upperBound < reach && last.sharesFrequency(with: tone)
          && !isSpoken(between: last, and: tone)
      }) {
        groups[index].append(tone)
      } else {
        groups.append([tone])
      }
    }
    for group in groups { signals.append(contentsOf: classify(group, speech: speech, settings: settings)) }
    return signals.sorted { $0.frames.lowerBound < $1.frames.lowerBound }
  }

  /// The special information tones among pulses: three, each higher than the one before, without a pause.
  static func informationTones(in tones: [Tone], settings: ToneSettings) -> [[Tone]] {
    let pulses = tones.filter {
      ordered(frames(ms: settings.informationShortestMs), frames(ms: settings.informationLongestMs))
        .contains($0.frames.count)
    }
    func isAt(_ tone: Tone, _ frequency: Double) -> Bool {
      abs(tone.first - Float(frequency)) < Float(settings.informationToleranceHz)
    }
    func follows(_ next: Tone, _ tone: Tone) -> Bool {
      abs(next.frames.lowerBound - tone.frames.upperBound) <= frames(ms: settings.informationPauseMs)
    }
    return pulses.filter { isAt($0, 950) }.compactMap { first in
      guard let second = pulses.first(where: { isAt($0, 1400) && follows($0, first) }),
        let third = pulses.first(where: { isAt($0, 1800) && follows($0, second) })
      else { return nil }
      return [first, second, third]
    }
  }

  /// Runs of three beeps or more that are alike and come at even intervals, as no voice does; the beeps that
  /// tell of a recording are not among them.
  static func holdBeeps(in tones: [Tone], settings: ToneSettings) -> [[Tone]] {
    let intervals = ordered(
      frames(s: settings.holdIntervalShortestS), frames(s: settings.holdIntervalLongestS))
    let beeps = tones.filter {
      $0.frames.count <= frames(ms: settings.holdBeepLongestMs) && !$0.isKey && !$0.isRecordingBeep(settings)
    }
    var groups: [[Tone]] = []
    for beep in beeps {
      if let index = groups.lastIndex(where: { $0.last?.isAlike(beep) == true }),
        let last = groups[index].last
      {
        let interval = beep.frames.lowerBound - last.frames.lowerBound
        let before = groups[index].dropLast().last.map { last.frames.lowerBound - $0.frames.lowerBound }
        if intervals.contains(interval), before.map({ abs($0 - interval) <= 20 }) ?? true {
          groups[index].append(beep)
          continue
        }
      }
      groups.append([beep])
    }
    return groups.filter { $0.count >= 3 }
  }

  private static func span(_ tones: [Tone]) -> FrameRange {
    tones[0].frames.lowerBound..<tones[tones.count - 1].frames.upperBound
  }

  private static func classify(_ group: [Tone], speech: [FrameRange], settings: ToneSettings) -> [ToneSignal]
  {
    func signal(_ type: CallEvent.Kind, _ count: Int = 1) -> [ToneSignal] {
      [ToneSignal(type: type, frames: span(group), count: count)]
    }
    guard group[0].isProgress(settings) else {
      // A codec may tear a high tone.
      return group.map(\.frames).bridged(gap: frames(ms: settings.bridgeMs)).map {
        let isBeep = $0.count <= frames(s: settings.beepLongestS)
        return ToneSignal(type: isBeep ? .beep : .tone, frames: $0, count: 1)
      }
    }
    let lengths = group.map { Double($0.frames.count) / 100 }
    let on = lengths.sorted().percentile(0.5) ?? 0
    if lengths.contains(where: { $0 >= settings.dialToneS }) { return signal(.dialTone) }
    let pauses = zip(group, group.dropFirst()).map {
      Double($1.frames.lowerBound - $0.frames.upperBound) / 100
    }
    guard !pauses.isEmpty else {
      // One pulse: a ring comes before anything is said on its leg, a beep after.
      let spokenBefore = speech.contains { $0.lowerBound < group[0].frames.lowerBound }
      return signal(!spokenBefore && on >= 0.3 ? .ringback : .beep)
    }
    // One long pause among short ones is a pulse that was lost.
    if 3 * pauses.count(where: { $0 >= settings.ringPauseS }) >= pauses.count {
      return signal(.ringback, 1 + pauses.count { $0 > settings.doubleRingPauseS })
    }
    // The British double ring alone: two pulses, then the answer.
    if group.count == 2, on > pauses[0] * 1.5 { return signal(.ringback) }
    let isCongestion =
      on < settings.busyPulseS || isUneven(lengths.dropFirst().dropLast()) || isUneven(pauses[...])
      || alternates(group, settings: settings)
      || on >= settings.slowPulseS && group[0].first > Float(settings.slowCongestionHz)
    return signal(isCongestion ? .congestionTone : .busyTone, group.count)
  }

  /// Whether times differ, one lost or cut pulse aside.
  private static func isUneven(_ times: ArraySlice<Double>) -> Bool {
    guard times.count >= 4 else { return false }
    let sorted = times.sorted()
    return sorted[1] < 0.7 * sorted[sorted.count - 2]
  }

  /// Whether every second pulse has another frequency.
  private static func alternates(_ group: [Tone], settings: ToneSettings) -> Bool {
    let steps = zip(group, group.dropFirst()).map { $1.first - $0.first }
    let least = Float(settings.alternatingHz)
    return steps.count >= 3 && steps.allSatisfy { abs($0) > least }
      && zip(steps, steps.dropFirst()).allSatisfy { $0 * $1 < 0 }
  }
}

extension Tone {
  /// Whether another beep comes from the same machine: a hertz, a decibel, a hundredth of a second apart.
  fileprivate func isAlike(_ other: Tone) -> Bool {
    abs(first - other.first) < 5 && abs(second - other.second) < 5 && abs(level - other.level) < 3
      && abs(frames.count - other.frames.count) <= 3
  }
}
