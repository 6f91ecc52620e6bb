internal import CallModel
internal import SignalProcessing

/// How likely each frame of a leg is the party's own speech, by decision trees over a table of features.
///
/// The trees were fitted by gradient boosting to simulated calls (docs/measurements/speech.md); `scripts/make-speech-weights`
/// makes them anew.
struct SpeechModel {
  /// Over ``SpeechFeatures``: what the leg itself tells, and the level of the other one.
  static let leg = SpeechModel(bias: SpeechWeights.legBias, rows: SpeechWeights.legTrees)
  /// Over ``PairFeatures``: what the log-odds of both legs tell together.
  static let pair = SpeechModel(bias: SpeechWeights.pairBias, rows: SpeechWeights.pairTrees)

  /// Log-odds are in 1 / 256 of a unit (nat), integers: the same on every machine.
  static let unit = 256
  /// Log-odds are cut to this to both sides: no frame outweighs half a dozen others.
  static let limit: Int32 = 8 * 256

  private let bias: Int32
  private let trees: DecisionTrees

  private init(bias: Int32, rows: [Int16]) { (self.bias, trees) = (bias, DecisionTrees(rows: rows)) }

  /// The change of log-odds by which odds grow by so many dB.
  static func shift(odds decibels: Float) -> Int32 { Int32((decibels * 0.2302585 * Float(unit)).rounded()) }

  /// The log-odds that a frame is speech; -`limit` in frames that are not asked.
  func logOdds(_ table: ByteTable, where isAsked: [Bool]) -> [Int32] {
    let sums = trees.sums(over: table, where: isAsked)
    return isAsked.withUnsafeBufferPointer { isAsked in
      sums.withUnsafeBufferPointer { sums in
        [Int32](count: sums.count) { frame in
          isAsked[frame] ? min(max(Int32(sums[frame]) &+ bias, -Self.limit), Self.limit) : -Self.limit
        }
      }
    }
  }

  /// What the log-odds of a frame are made of: those before anything is asked, and what each feature adds.
  func contributions(_ table: ByteTable, frame: Int) -> (prior: Double, added: [Double]) {
    let (mean, added) = trees.contributions(over: table, frame: frame)
    return (Double(mean + Float(bias)) / Double(Self.unit), added.map { Double($0) / Double(Self.unit) })
  }
}
