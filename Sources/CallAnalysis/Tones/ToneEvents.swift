internal import CallModel
internal import SignalProcessing

/// A signal made of tone pulses: ringback, busy, a beep.
struct ToneSignal {
  /// What it is.
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
    var signals: [ToneSignal] = []
    var groups: [[Tone]] = []
    for tone in tones {
      let reach = frames(s: settings.ringPauseLongestS)
      if let index = groups.lastIndex(where: { group in
        guard let last = group.last else { return false }
        return tone.frames.lowerBound - last.frames.upperBound < reach && last.sharesFrequency(with: tone)
          && !speech.contains {
            $0.lowerBound >= last.frames.upperBound && $0.upperBound <= tone.frames.lowerBound
          }
      }) {
        groups[index].append(tone)
      } else {
        groups.append([tone])
      }
    }
    for group in groups { signals.append(contentsOf: classify(group, speech: speech, settings: settings)) }
    return signals.sorted { $0.frames.lowerBound < $1.frames.lowerBound }
  }

  private static func classify(_ group: [Tone], speech: [FrameRange], settings: ToneSettings) -> [ToneSignal]
  {
    let start = group[0].frames.lowerBound
    let end = group[group.count - 1].frames.upperBound
    let lengths = group.map { Double($0.frames.count) / 100 }.sorted()
    let on = lengths.percentile(0.5) ?? 0
    let progress = [group[0].first, group[0].second].allSatisfy { $0 < Float(settings.progressHighestHz) }
    guard progress else {
      return group.map { ToneSignal(type: .beep, frames: $0.frames, count: 1) }
    }
    let pauses = zip(group, group.dropFirst()).map {
      Double($1.frames.lowerBound - $0.frames.upperBound) / 100
    }
    let rings = 1 + pauses.count { $0 > settings.doubleRingPauseS }
    if let longest = pauses.max() {
      if longest >= settings.ringPauseS {
        return [ToneSignal(type: .ringback, frames: start..<end, count: rings)]
      }
      let pause = pauses.sorted().percentile(0.5) ?? 0
      // The British double ring alone: two pulses, then the answer.
      if group.count == 2, on > pause * 1.5 {
        return [ToneSignal(type: .ringback, frames: start..<end, count: 1)]
      }
      return [
        ToneSignal(
          type: on < settings.busyPulseS ? .congestionTone : .busyTone, frames: start..<end,
          count: group.count)
      ]
    }
    if on >= settings.dialToneS { return [ToneSignal(type: .dialTone, frames: start..<end, count: 1)] }
    // One pulse: a ring comes before anything is said on its leg, a beep after.
    let spokenBefore = speech.contains { $0.lowerBound < start }
    if !spokenBefore && on >= 0.3 {
      return [ToneSignal(type: .ringback, frames: start..<end, count: 1)]
    }
    return [ToneSignal(type: .beep, frames: start..<end, count: 1)]
  }
}
