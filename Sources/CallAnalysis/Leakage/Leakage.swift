internal import SignalProcessing

/// How one leg's voice is heard on the other.
struct Leakage {
  /// How far the leaked voice runs behind its own leg, in frames.
  var lag: Int
  /// The correlation of the levels at that lag.
  var correlation: Float
  /// The power gain in each band.
  var gains: [Float]
  /// The gain over all bands in dB, negative.
  var level: Float

  /// Looks for the voice of `source` on `target`; nil where none is found or too little can be compared.
  ///
  /// Levels in dB are correlated over the frames where the source is strong and the other leg lies well below
  /// it, at every lag. Costs frames times lags.
  init?(
    source: LegTrack, target: LegTrack, sourceScene: LegScene, targetScene: LegScene,
    settings: LeakageSettings
  ) {
    let count = min(sourceScene.level.count, targetScene.level.count)
    let usable = (0..<count).filter { sourceScene.live[$0] && !sourceScene.notSpeech[$0] }
    guard let loud = usable.map({ sourceScene.level[$0] }).decibelQuantile(0.95) else { return nil }
    let weakest = loud - Float(settings.sourceRangeDb)
    let strong = usable.filter { sourceScene.level[$0] > weakest }
    let least = frames(s: settings.minimumS)
    guard strong.count >= least else { return nil }
    let depth = Float(settings.depthDb)
    var best: (correlation: Float, lag: Int) = (0, 0)
    let lags = Int((settings.shortestLagMs / 10).rounded())...Int((settings.longestLagMs / 10).rounded())
    // Where either cannot be compared, nothing lies below the source.
    var xs = [Float](repeating: -.infinity, count: count)
    var ys = [Float](repeating: .infinity, count: count)
    for frame in strong { xs[frame] = sourceScene.level[frame] }
    for frame in 0..<count where targetScene.live[frame] && !targetScene.notSpeech[frame] {
      ys[frame] = targetScene.level[frame]
    }
    let pair = LevelCorrelation(xs, ys)
    for lag in lags {
      guard let r = pair.correlation(lag: lag, depth: depth), r.count >= least else { continue }
      if r.value > best.correlation { best = (r.value, lag) }
    }
    guard best.correlation > Float(settings.correlation) else { return nil }
    lag = best.lag
    correlation = best.correlation

    // The gain of a band: the median ratio over the strong frames.
    var ratios = [[Float]](repeating: [], count: FrameFeatures.bandCount)
    var totals: [Float] = []
    for frame in strong {
      let there = frame + best.lag
      guard there >= 0, there < count, targetScene.live[there], !targetScene.notSpeech[there],
        targetScene.level[there] < sourceScene.level[frame] - depth
      else { continue }
      for band in 0..<FrameFeatures.bandCount {
        let from = source.frames[frame].bands[band]
        let to = target.frames[there].bands[band]
        if from > 1e-9 { ratios[band].append(max(0, to - targetScene.floor.bands[band]) / from) }
      }
      totals.append(targetScene.level[there] - sourceScene.level[frame])
    }
    gains = ratios.map { $0.quantile(0.5) ?? 0 }
    level = totals.quantile(0.5) ?? -200
  }
}

/// The power that a leaked voice brings to a leg, by frame and band.
struct LeakedPower {
  /// The leg whose voice it is.
  let source: LegTrack
  /// How many frames later it is heard.
  let lag: Int
  /// The power gain in each band, with a margin.
  let gains: [Float]

  init(_ leakage: Leakage, source: LegTrack, settings: LeakageSettings) {
    self.source = source
    lag = leakage.lag
    gains = leakage.gains.map { $0 * Float(settings.margin) }
  }
}
