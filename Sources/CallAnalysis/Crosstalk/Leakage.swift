internal import SignalProcessing

/// How one leg's voice is heard on the other.
struct Leakage {
  /// How far the leaked voice runs behind its own leg, in frames.
  var lag: Int
  /// The power gain in each band.
  var gains: [Float]
  /// The gain over all bands in dB, negative.
  var level: Float
  /// How far the gain has drifted from its usual in each second, in dB; empty where it stands.
  var course: [Float]

  /// Looks for the voice of `source` on `target`; nil where none is found or too little can be compared.
  ///
  /// Bands in dB are correlated over frames where the source is strong and the other leg lies well below it, at
  /// every lag. A copy of the voice agrees with it in every band and at one lag; other people, who speak when the
  /// source does or does not, at no lag more than at another. Costs at most `pairs` frames times lags.
  init?(
    source: LegTrack, target: LegTrack, sourceScene: LegScene, targetScene: LegScene,
    settings: LeakageSettings
  ) {
    let count = min(sourceScene.level.count, targetScene.level.count)
    let usable = sourceScene.usable
    guard let loud = sourceScene.loud else { return nil }
    let weakest = loud - Float(settings.sourceRangeDb)
    let strong = [Int](unsafeUninitializedCapacity: count) { strong, number in
      for frame in 0..<count {
        strong[number] = frame
        number &+= (usable[frame] ? 1 : 0) & (sourceScene.level[frame] > weakest ? 1 : 0)
      }
    }
    let least = frames(s: settings.minimumS)
    guard strong.count >= max(1, least) else { return nil }
    // Where the target cannot be compared, nothing lies below the source.
    let there = (0..<count).map { targetScene.usable[$0] ? targetScene.level[$0] : .infinity }
    let depth = Float(settings.depthDb)
    /// Of some frames of the source, those that the target lies below so many frames later.
    func above(_ frames: [Int], lag: Int) -> [Int] {
      [Int](unsafeUninitializedCapacity: frames.count) { above, number in
        there.withUnsafeBufferPointer { there in
          sourceScene.level.withUnsafeBufferPointer { here in
            for frame in frames where UInt(bitPattern: frame &+ lag) < UInt(bitPattern: count) {
              above[number] = frame
              number &+= there[frame &+ lag] < here[frame] - depth ? 1 : 0
            }
          }
        }
      }
    }

    let every = (strong.count + Self.pairs - 1) / Self.pairs
    let compared = stride(from: 0, to: strong.count, by: every).map { strong[$0] }
    func inside(_ ms: Double) -> Int { min(max(Int((ms / 10).rounded()), -count), count) }
    let lags = ordered(inside(settings.shortestLagMs), inside(settings.longestLagMs))
    // Stretch by stretch at all lags, as long as its frames are at hand.
    var correlations = [BandCorrelation](repeating: BandCorrelation(), count: lags.count)
    for first in stride(from: 0, to: compared.count, by: 128) {
      let stretch = Array(compared[first..<min(first + 128, compared.count)])
      for (index, lag) in lags.enumerated() {
        correlations[index].add(source, target, lag: lag, at: above(stretch, lag: lag))
      }
    }
    let agreement = correlations.map { $0.count * every < least ? 0 : $0.value }
    guard let best = agreement.indices.max(by: { agreement[$0] < agreement[$1] }),
      let usual = agreement.quantile(0.5), agreement[best] - usual > Float(settings.correlation)
    else { return nil }
    let lag = lags.lowerBound + best
    self.lag = lag

    // The gain of a band: the median ratio over the frames compared.
    let places = above(compared, lag: lag)
    gains = (0..<FrameFeatures.bandCount).map { band in
      let ratios = places.compactMap { frame -> Float? in
        let from = source.frames[frame].bands[band]
        return from > 1e-9
          ? max(0, target.frames[frame + lag].bands[band] - targetScene.floor.bands[band]) / from : nil
      }
      return ratios.quantile(0.5) ?? 0
    }
    let heard = above(strong, lag: lag)
    let totals = heard.map { targetScene.level[$0 + lag] - sourceScene.level[$0] }
    level = totals.decibelQuantile(0.5) ?? -200
    course = Self.course(of: totals, at: heard.map { $0 + lag }, count: count, settings: settings)
  }

  /// As many frames of a section are compared at each lag: of two minutes of talk one frame of twelve.
  private static let pairs = 1024

  /// How a gain drifts: its quantile in windows of `driftWindowS` against that of the whole, less `driftFromDb`, in
  /// straight lines from window to window; empty where it moves by less.
  private static func course(
    of totals: [Float], at places: [Int], count: Int, settings: LeakageSettings
  ) -> [Float] {
    let hop = max(1, frames(s: settings.driftWindowS) / 3)
    let usual = totals.decibelQuantile(settings.driftQuantile) ?? 0
    var knots: [(place: Int, gain: Float)] = []
    var window = 0..<0
    for start in stride(from: 0, to: count, by: hop) {
      var (first, end) = (window.lowerBound, window.upperBound)
      while first < places.count, places[first] < start - hop { first += 1 }
      while end < places.count, places[end] < start + 2 * hop { end += 1 }
      window = first..<end
      guard window.count >= frames(s: settings.minimumS) else { continue }
      let local = (Array(totals[window]).decibelQuantile(settings.driftQuantile) ?? usual) - usual
      let dead = Float(settings.driftFromDb)
      knots.append((start + hop / 2, local > 0 ? max(0, local - dead) : min(0, local + dead)))
    }
    guard knots.contains(where: { $0.gain != 0 }) else { return [] }
    var next = 0
    return stride(from: 50, to: count, by: 100).map { frame in
      while next < knots.count, knots[next].place <= frame { next += 1 }
      guard next > 0, next < knots.count else { return knots[max(0, next - 1)].gain }
      let (from, to) = (knots[next - 1], knots[next])
      return from.gain + (to.gain - from.gain) * Float(frame - from.place) / Float(to.place - from.place)
    }
  }
}

extension LeakedPower {
  init(_ leakage: Leakage, source: LegTrack, settings: LeakageSettings) {
    self.init(
      source: source, lag: leakage.lag, gains: leakage.gains.map { $0 * Float(settings.margin) },
      course: leakage.course.map { power(decibels: $0) })
  }
}
