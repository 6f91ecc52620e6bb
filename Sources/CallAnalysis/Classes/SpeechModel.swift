internal import CallModel
internal import SignalProcessing

/// How likely each frame of a leg is the party's own speech, by decision trees over ``SpeechFeatures``.
///
/// The trees were fitted by gradient boosting to simulated calls (docs/measurements/speech.md); `scripts/make-speech-weights`
/// makes them anew.
enum SpeechModel {
  /// Log-odds are in 1 / 256 of a unit (nat), integers: the same on every machine.
  static let unit = 256
  /// Log-odds are cut to this to both sides: no frame outweighs half a dozen others.
  static let limit: Int32 = 8 * 256

  private static let trees = DecisionTrees(rows: SpeechWeights.trees)

  /// The change of log-odds by which odds grow by so many dB.
  static func shift(odds decibels: Float) -> Int32 { Int32((decibels * 0.2302585 * Float(unit)).rounded()) }

  /// The log-odds that a candidate is speech; -`limit` in other frames.
  static func logOdds(_ features: SpeechFeatures) -> [Int32] {
    let isCandidate = features.isCandidate
    let sums = trees.sums(over: features.table, where: isCandidate)
    return isCandidate.withUnsafeBufferPointer { isCandidate in
      sums.withUnsafeBufferPointer { sums in
        [Int32](count: sums.count) { frame in
          isCandidate[frame] ? min(max(Int32(sums[frame]) &+ SpeechWeights.bias, -limit), limit) : -limit
        }
      }
    }
  }

  /// What the log-odds of a frame are made of: those before anything is asked, and what each feature adds.
  static func contributions(_ features: SpeechFeatures, frame: Int) -> (prior: Double, added: [Double]) {
    let (mean, added) = trees.contributions(over: features.table, frame: frame)
    return (Double(mean + Float(SpeechWeights.bias)) / Double(unit), added.map { Double($0) / Double(unit) })
  }
}
