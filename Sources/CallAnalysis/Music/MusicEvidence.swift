internal import CallModel
internal import SignalProcessing

/// What speaks for music on a leg, step by step of 20 ms.
///
/// Peaks that stand still speak for it; rests, as between syllables and words, and pitch that glides, as that of voices
/// does, speak against it. Weights come from a logistic regression of windows of 4 s: 143 pieces of music against 7,700
/// windows of calls, babble, and voices over a tune (our measurement, docs/measurements/hold-and-music.md).
struct MusicEvidence {
  /// The level of each step in dBov: that of its louder frame.
  let loudness: [Float]
  /// The peaks of the leg.
  let peaks: SteadyPeaks
  /// Steps with sound that may be music.
  let sounding: RunningSum
  /// Steps from which pitch glides as that of voices does.
  let gliding: RunningSum
  /// What speaks for music in a step, in dB: what has none of it is as likely speech. 0 where little sounds.
  private(set) var evidence: [Float]
  /// Whether music may go on in a step.
  private(set) var goesOn: [Bool]

  /// Nil where the leg is shorter than a window.
  ///
  /// - Parameter excluded: frames of signalling tones, which stand still as well.
  init?(leg: LegTrack, levels: LegLevels, excluded: [Bool], lowestDbov: Float) {
    let count = levels.level.count / Frames.perStep
    guard count > Self.windowSteps else { return nil }
    let (level, live) = (levels.level, levels.live)
    let loudness = [Float](count: count) { max(level[Frames.perStep * $0], level[Frames.perStep * $0 + 1]) }
    let sounds = [Bool](count: count) { step in
      loudness[step] > lowestDbov && live[Frames.perStep * step] && !excluded[Frames.perStep * step]
    }
    let glides = Glide.begins(in: leg, count: count)
    self.loudness = loudness
    peaks = SteadyPeaks(of: leg, sounds: sounds)
    sounding = RunningSum(count) { sounds[$0] ? 1 : 0 }
    gliding = RunningSum(count) { glides[$0] ? 1 : 0 }
    evidence = [Float](repeating: 0, count: count)
    goesOn = [Bool](repeating: false, count: count)
    weigh()
  }

  /// The number of steps.
  var count: Int { loudness.count }

  /// The evidence of a run of steps in all, in dB times steps.
  func total(_ run: Range<Int>) -> Float { run.reduce(0) { $0 + evidence[$1] } }

  /// The mean evidence of a run of steps, in dB.
  func mean(_ run: Range<Int>) -> Float { total(run) / Float(run.count) }

  /// Weighs windows around every hop.
  private mutating func weigh() {
    var levels = SlidingLevels(loudness, depthDb: Self.restDb)
    let typical = SteadyPeaks.inDecibels(Self.persistence)
    for first in stride(from: 0, to: count, by: Self.hopSteps) {
      let middle = first + Self.hopSteps / 2
      let window =
        max(0, middle - Self.windowSteps / 2)..<min(count, middle + Self.windowSteps / 2)
      levels.slide(to: window)
      guard sounding.sum(window) > Float(window.count) / Self.soundingFraction else { continue }
      let excess =
        SteadyPeaks.inDecibels(peaks.share(window)) - typical
        - Self.restWeightDb * levels.shareBelowLoud
        - Self.glideWeightDb * gliding.sum(window) / Float(window.count)
      for step in first..<min(count, first + Self.hopSteps) {
        evidence[step] = excess
        goesOn[step] = excess > -Self.slackDb
      }
    }
  }

  /// Peaks are counted over this long: 4 s in steps, a sentence or two bars.
  static let windowSteps = 200
  /// Windows are this many steps apart: 0.1 s.
  private static let hopSteps = 5
  /// Where no more than this part of a window sounds, it says nothing.
  private static let soundingFraction: Float = 5
  /// The share of steady peaks from which sound without rests is rather music than speech. Speech has .000 in the median
  /// and .004 to .03 in 1 % of its windows, music .07 to .15 in the median and less than .015 in 5 % (our measurement,
  /// 143 pieces).
  static let persistence: Float = 0.008
  /// Speech rests between syllables and words: this far below its loud sounds, in dB.
  private static let restDb = 15
  /// Sound that rests all the time needs so many times the share of peaks, in dB.
  private static let restWeightDb: Float = 17
  /// The same of sound whose pitch glides all the time as that of voices does, in dB.
  private static let glideWeightDb: Float = 43
  /// Sound with this much less evidence may still be a part of the music around it, in dB.
  private static let slackDb: Float = 3
}
