internal import CallModel
internal import SignalProcessing

/// Looks for the lag at which one leg's voice is heard on the other.
struct LagSearch {
  let pair: LegPair
  let settings: LeakageSettings

  /// The lag in frames; nil where the legs agree at no lag more than at any.
  ///
  /// Bands in dB are correlated over frames where the source is strong and the other leg lies well below it, at every
  /// lag. A copy of the voice agrees with it in every band and at one lag; other people, who speak when the source does
  /// or does not, at no lag more than at another.
  ///
  /// - Parameters:
  ///   - compared: frames of the source.
  ///   - minimum: correlations over fewer of these say nothing.
  /// - Complexity: O(frames times lags).
  func lag(comparing compared: [Int], minimum: Int) -> Int? {
    let lags = ordered(frames(settings.shortestLagMs), frames(settings.longestLagMs))
    let agreement = correlations(of: compared, at: lags).map { $0.count < minimum ? 0 : $0.value }
    guard let best = agreement.indices.max(by: { agreement[$0] < agreement[$1] }),
      let typical = agreement.quantile(0.5), agreement[best] - typical > Self.minimumExcess
    else { return nil }
    return lags.lowerBound + best
  }

  /// The correlation at each lag.
  private func correlations(of compared: [Int], at lags: ClosedRange<Int>) -> [BandCorrelation] {
    var correlations = [BandCorrelation](repeating: BandCorrelation(), count: lags.count)
    for first in stride(from: 0, to: compared.count, by: Self.stretch) {
      let stretch = Array(compared[first..<min(first + Self.stretch, compared.count)])
      for (index, lag) in lags.enumerated() {
        correlations[index].add(
          pair.source, pair.target, lag: lag, at: pair.comparable(stretch, lag: lag))
      }
    }
    return correlations
  }

  /// A lag in frames, within what both legs have.
  private func frames(_ lagMs: Double) -> Int {
    min(max(Int((lagMs / Frames.hopMs).rounded()), -pair.count), pair.count)
  }

  /// One leg leaks into the other where their spectra correlate by this more at one lag than at any (208 true leaks .09
  /// to .9, two of them below .15; 284 legs without at most .12; our measurement).
  private static let minimumExcess: Float = 0.15
  /// So many frames are compared at all lags before the next, as long as they are in the processor's cache.
  private static let stretch = 128
}
