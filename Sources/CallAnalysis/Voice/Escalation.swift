internal import CallModel
internal import RealModule
internal import SignalProcessing

/// Where a party's voice changes for good against its own beginning: louder, higher, sharper.
struct Escalation {
  /// The first frame of the changed speech.
  var start: Int
  /// The end of the party's speech, in frames.
  var end: Int
  /// How level, pitch and tilt moved.
  var features: [FeatureChange]

  /// The minimum number of features that move: level alone never decides, because turning up the file is not a
  /// change of voice.
  private static let minimumMovedFeatures = 2
  /// A feature moves where its medians before and after lie this many spreads apart (our measurement).
  private static let featureChange = 0.5

  /// Looks for the change in a party's talkspurts; nil where the voice stays what it was or there is too little
  /// of it.
  init?(talkspurts: [Talkspurt], settings: EscalationSettings) {
    let utterances = Utterance.joining(talkspurts)
    let voices = utterances.map(\.voice)
    let minimum = settings.utterancesOnEachSide
    guard voices.count >= 2 * minimum else { return nil }
    let baseline = Baseline(Array(voices.prefix(max(minimum, voices.count / 3))))
    let best = Self.bestSplit(of: voices.map(baseline.score), minimumOnEachSide: minimum)
    guard best.evidence >= settings.evidence else { return nil }
    let before = Self.median(Array(voices[..<best.split]))
    let after = Self.median(Array(voices[best.split...]))
    let change = (after - before) / baseline.spread
    guard (0..<3).count(where: { change[$0] >= Self.featureChange }) >= Self.minimumMovedFeatures else {
      return nil
    }
    start = utterances[best.split].frames.lowerBound
    end = utterances[utterances.count - 1].frames.upperBound
    features = Self.features(before: before, after: after, change: change)
  }

  /// A party's voice at its beginning.
  private struct Baseline {
    /// The minimum spread of a speaker from utterance to utterance: level in dB, pitch in semitones, tilt in dB
    /// (our measurement). The few utterances of a beginning may be more alike by chance.
    private static let minimumSpread = SIMD3(3.0, 2.0, 3.0)
    /// From the median deviation to the standard deviation of a normal distribution.
    private static let deviationRatio = 1.4826
    /// An utterance scores at most this many spreads in each feature, so that one shout is no change for good.
    private static let maximumScore = SIMD3(repeating: 3.0)

    /// The medians of level, pitch and tilt.
    let median: SIMD3<Double>
    /// Their spreads.
    let spread: SIMD3<Double>

    init(_ voices: [SIMD3<Double>]) {
      let median = Escalation.median(voices)
      var spread = Self.minimumSpread
      for index in 0..<3 {
        let deviations = voices.map { abs($0[index] - median[index]) }.sorted()
        spread[index] = max(spread[index], Self.deviationRatio * (deviations.percentile(0.5) ?? 0))
      }
      self.median = median
      self.spread = spread
    }

    /// How far an utterance's voice is above the baseline, in spreads, summed over the features.
    func score(_ voice: SIMD3<Double>) -> Double {
      ((voice - median) / spread).clamped(lowerBound: -Self.maximumScore, upperBound: Self.maximumScore).sum()
    }
  }

  /// The split of an utterance's scores into before and after with the most evidence for a rise: the difference of
  /// the means times the root of the harmonic count; evidence 0 where the scores rise nowhere.
  private static func bestSplit(of scores: [Double], minimumOnEachSide minimum: Int)
    -> (evidence: Double, split: Int)
  {
    var best: (evidence: Double, split: Int) = (0, 0)
    for split in minimum...scores.count - minimum {
      let before = scores[..<split].reduce(0, +) / Double(split)
      let after = scores[split...].reduce(0, +) / Double(scores.count - split)
      let weight = (Double(split * (scores.count - split)) / Double(scores.count)).squareRoot()
      if (after - before) * weight > best.evidence { best = ((after - before) * weight, split) }
    }
    return best
  }

  /// The change of each feature; pitch in Hz.
  private static func features(before: SIMD3<Double>, after: SIMD3<Double>, change: SIMD3<Double>)
    -> [FeatureChange]
  {
    func hertz(_ semitones: Double) -> Double { .exp2(semitones / 12) }
    return [
      FeatureChange(name: "level", before: before[0], after: after[0], z: change[0]),
      FeatureChange(name: "pitch", before: hertz(before[1]), after: hertz(after[1]), z: change[1]),
      FeatureChange(name: "tilt", before: before[2], after: after[2], z: change[2]),
    ]
  }

  private static func median(_ voices: [SIMD3<Double>]) -> SIMD3<Double> {
    var result = SIMD3<Double>()
    for index in 0..<3 { result[index] = voices.map { $0[index] }.sorted().percentile(0.5) ?? 0 }
    return result
  }
}
