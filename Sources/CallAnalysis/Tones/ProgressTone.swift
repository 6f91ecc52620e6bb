internal import CallModel

/// Tells the call progress tones apart by their cadence (ITU-T E.180 and its supplement 2).
enum ProgressTone {
  /// The signals that a cadence of one pulse or more is.
  ///
  /// - Parameter speech: the talkspurts of its leg: a short ring comes before anything is said there.
  static func signals(of cadence: [Tone], speech: [FrameRange], settings: ToneSettings) -> [ToneSignal] {
    let typical = cadence.map(\.frames.count).sorted()[cadence.count / 2]
    let bursts = cadence.map(\.frames).bridged(gap: Frames.count(seconds: settings.ringPauseS))
    if typical < Frames.count(seconds: loneRingMinimumS), 2 * bursts.count >= cadence.count,
      bursts.count > 1
    {
      // Too short for a ring: a call waits, or a recorder says that it records.
      return bursts.map { ToneSignal(type: .beep, frames: $0, count: 1) }
    }
    return [signal(of: cadence, speech: speech, settings: settings)]
  }

  /// Whether a pulse is a ring by itself, also among speech.
  static func isLikeARing(_ pulse: Tone) -> Bool {
    let isPair = pulse.second != 0 || pulse.isBeating
    return isLong(pulse)
      || isPair && pulse.isSteady && Frames.seconds(pulse.frames.count) >= shortestPairS
  }

  /// Whether a pulse is longer than a beep.
  static func isLong(_ pulse: Tone) -> Bool { Frames.seconds(pulse.frames.count) >= longestBeepS }

  /// The signal that a cadence is.
  private static func signal(
    of cadence: [Tone], speech: [FrameRange], settings: ToneSettings
  ) -> ToneSignal {
    let frames = ToneNames.span(cadence)
    let pulses = cadence.map { Frames.seconds($0.frames.count) }
    if pulses.contains(where: { $0 >= settings.dialToneS }) {
      return ToneSignal(type: .dialTone, frames: frames, count: 1)
    }
    let pauses = zip(cadence, cadence.dropFirst()).map {
      Frames.seconds($1.frames.lowerBound - $0.frames.upperBound)
    }
    let typical = pulses.sorted().percentile(0.5) ?? 0
    guard let first = pauses.first else {
      let isAfterSpeech = speech.contains { $0.lowerBound < frames.lowerBound }
      let isRing = isAfterSpeech ? isLikeARing(cadence[0]) : typical >= loneRingMinimumS
      return ToneSignal(type: isRing ? .ringback : .beep, frames: frames, count: 1)
    }
    let ringPauses = pauses.count { $0 >= settings.ringPauseS }
    if Double(ringPauses) >= ringPauseShare * Double(pauses.count) {
      return ToneSignal(
        type: .ringback, frames: frames, count: 1 + pauses.count { $0 > doubleRingPauseS })
    }
    if cadence.count == 2, typical > first * doubleRingDuty {
      return ToneSignal(type: .ringback, frames: frames, count: 1)
    }
    let isCongestion =
      typical < settings.busyPulseS || isUneven(pulses.dropFirst().dropLast()) || isUneven(pauses[...])
      || alternates(cadence) || typical >= slowPulseS && cadence[0].first > slowCongestionHz
    return ToneSignal(
      type: isCongestion ? .congestionTone : .busyTone, frames: frames, count: cadence.count)
  }

  /// Whether times differ, apart from one that is lost or cut.
  private static func isUneven(_ times: ArraySlice<Double>) -> Bool {
    guard times.count >= unevenMinimum else { return false }
    let sorted = times.sorted()
    return sorted[1] < unevenShare * sorted[sorted.count - 2]
  }

  /// Whether every second pulse has another frequency.
  private static func alternates(_ cadence: [Tone]) -> Bool {
    let steps = zip(cadence, cadence.dropFirst()).map { $1.first - $0.first }
    return steps.count >= alternatingMinimum && steps.allSatisfy { abs($0) > alternatingHz }
      && zip(steps, steps.dropFirst()).allSatisfy { $0 * $1 < 0 }
  }

  /// A lone pulse this long before any speech is a ring, in s: the shortest rings last 400 ms (E.180), and the answer
  /// may cut one.
  private static let loneRingMinimumS = 0.3
  /// A lone pulse of this length or more, in s, is a ring also after speech, as when a call is passed on: rings of one frequency
  /// last 1 s or more (E.180), beeps of voicemails half a second (our judgement).
  private static let longestBeepS = 0.9
  /// The same of a pulse of two frequencies that stand still, in s: an answer cuts a ring, and held vowels beat as well, but
  /// are shorter.
  private static let shortestPairS = 0.5
  /// A cadence rings where this share of its pauses are those of a ring: of a double ring every second is, and one long
  /// pause among short ones is a pulse that was lost.
  private static let ringPauseShare = 1.0 / 3
  /// Pulses of one double ring lie closer than this, in s (E.180: 0.2 s).
  private static let doubleRingPauseS = 0.6
  /// Two pulses alone are a double ring, then the answer, where they last this many times as long as their pause: 0.4 s
  /// and 0.2 s (E.180); busy pulses last as long as their pauses.
  private static let doubleRingDuty = 1.5
  /// An even cadence above `slowCongestionHz` that pulses at least this long is congestion, in s (China: 700 ms).
  private static let slowPulseS = 0.6
  /// See `slowPulseS`, in Hz: China's tones have 450 Hz, India's busy tone of 750 ms has 400.
  private static let slowCongestionHz: Float = 437
  /// Where every second pulse lies more than this higher or lower, the cadence is congestion, in Hz (Australia: 425 and
  /// 420).
  private static let alternatingHz: Float = 2.5
  /// Fewer changes of frequency may be chance.
  private static let alternatingMinimum = 3
  /// Times are uneven where the second shortest is less than this share of the second longest: the least uneven
  /// congestion has 0.225 and 0.4 s (United Kingdom), and even ones are known to 10 ms.
  private static let unevenShare = 0.7
  /// Of fewer times too few are left without the shortest and the longest.
  private static let unevenMinimum = 4
}
