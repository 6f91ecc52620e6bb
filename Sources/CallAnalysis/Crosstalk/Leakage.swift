internal import CallModel
internal import SignalProcessing

/// How one leg's voice is heard on the other.
struct Leakage {
  /// How far the leaked voice runs behind its own leg, in frames.
  let lag: Int
  /// The power gain in each band.
  let gains: [Float]
  /// The gain over all bands in dB, negative.
  let gainDb: Float
  /// How far the gain has drifted from its median in each second, in dB; empty where it stands.
  let drift: [Float]

  /// Looks for the voice of one leg on the other; nil where none is found or too little can be compared.
  ///
  /// - Complexity: O(`comparedFrames` times lags).
  init?(in pair: LegPair, settings: LeakageSettings) {
    let minimum = Frames.count(seconds: Self.minimumS)
    let strong = pair.strongFrames()
    guard strong.count >= minimum else { return nil }
    let every = (strong.count + Self.comparedFrames - 1) / Self.comparedFrames
    let compared = stride(from: 0, to: strong.count, by: every).map { strong[$0] }
    let search = LagSearch(pair: pair, settings: settings)
    guard let lag = search.lag(comparing: compared, minimum: (minimum + every - 1) / every) else {
      return nil
    }

    let gain = LeakGain(pair: pair, lag: lag)
    let heard = pair.comparable(strong, lag: lag)
    let levels = gain.levels(at: heard)
    self.lag = lag
    gains = gain.bands(at: pair.comparable(compared, lag: lag))
    gainDb = levels.decibelQuantile(0.5) ?? -200
    drift = GainDrift.bySecond(
      of: levels, at: heard.map { $0 + lag }, count: pair.count, minimum: minimum)
  }

  /// At most so many frames of a section are compared at each lag: of two minutes of talk one frame of twelve.
  private static let comparedFrames = 1024
  /// Fewer strong frames than this say nothing, in s: a sentence.
  private static let minimumS = 2.0
}

extension LeakedPower {
  /// The power that a leak brings to its target.
  init(_ leakage: Leakage, source: LegTrack) {
    self.init(
      source: source, lag: leakage.lag, gains: leakage.gains.map { $0 * Self.margin },
      course: leakage.drift.map { power(decibels: $0) })
  }

  /// The leaked power is taken this many times as strong as its median, since it fluctuates.
  private static var margin: Float { 4 }
}
