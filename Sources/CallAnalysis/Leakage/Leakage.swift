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
    var levels: [Float] = []
    for frame in 0..<count where sourceScene.live[frame] && !sourceScene.notSpeech[frame] {
      levels.append(sourceScene.level[frame])
    }
    guard let loud = levels.decibelQuantile(0.95) else { return nil }
    let strong = (0..<count).filter {
      sourceScene.live[$0] && !sourceScene.notSpeech[$0]
        && sourceScene.level[$0] > loud - Float(settings.sourceRangeDb)
    }
    let least = frames(s: settings.minimumS)
    guard strong.count >= least else { return nil }
    let depth = Float(settings.depthDb)
    var best: (correlation: Float, lag: Int) = (0, 0)
    let lags = Int((settings.shortestLagMs / 10).rounded())...Int((settings.longestLagMs / 10).rounded())
    // Where the target cannot be compared, nothing lies below the source.
    var others = [Float](repeating: .infinity, count: count)
    for frame in 0..<count where targetScene.live[frame] && !targetScene.notSpeech[frame] {
      others[frame] = targetScene.level[frame]
    }
    for lag in lags {
      var n: Float = 0
      var sx: Float = 0
      var sy: Float = 0
      var sxx: Float = 0
      var syy: Float = 0
      var sxy: Float = 0
      for frame in strong {
        let there = frame + lag
        guard there >= 0, there < count else { continue }
        let x = sourceScene.level[frame]
        let y = others[there]
        guard y < x - depth else { continue }
        // Around typical levels, so that single precision suffices.
        let dx = x + 30
        let dy = y + 50
        n += 1
        sx += dx
        sy += dy
        sxx += dx * dx
        syy += dy * dy
        sxy += dx * dy
      }
      guard n >= Float(least) else { continue }
      let vx = sxx - sx * sx / n
      let vy = syy - sy * sy / n
      guard vx > 0, vy > 0 else { continue }
      let r = (sxy - sx * sy / n) / (vx * vy).squareRoot()
      if r > best.correlation { best = (r, lag) }
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
  private let source: LegTrack
  private let lag: Int
  private let gains: [Float]
  private let count: Int

  init(_ leakage: Leakage, source: LegTrack, settings: LeakageSettings) {
    self.source = source
    lag = leakage.lag
    gains = leakage.gains.map { $0 * Float(settings.margin) }
    count = source.frames.count
  }

  /// The leaked power in a band of a frame of the target.
  @inline(__always)
  func power(frame: Int, band: Int) -> Float {
    let from = frame - lag
    guard from >= 0, from < count else { return 0 }
    return gains[band] * source.frames[from].bands[band]
  }
}
