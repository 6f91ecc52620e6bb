internal import CallModel
internal import SignalProcessing

/// How strong one leg's voice is on the other, at a lag that is known.
struct LeakGain {
  let pair: LegPair
  /// How far the leaked voice runs behind its own leg, in frames.
  let lag: Int

  /// The power gain in each band: the median ratio over some frames of the source, noise left out.
  func bands(at frames: [Int]) -> [Float] {
    (0..<FrameFeatures.bandCount).map { band in
      let noise = pair.targetScene.floor.bands[band]
      let ratios = frames.compactMap { frame -> Float? in
        let power = pair.source.frames[frame].bands[band]
        return power > Self.silence
          ? max(0, pair.target.frames[frame + lag].bands[band] - noise) / power : nil
      }
      return ratios.quantile(0.5) ?? 0
    }
  }

  /// The difference of levels in some frames of the source, in dB.
  func levels(at frames: [Int]) -> [Float] {
    frames.map { pair.targetScene.level[$0 + lag] - pair.sourceScene.level[$0] }
  }

  /// Power in a band below which the source has nothing that could be heard on the other leg: -90 dBov.
  private static let silence: Float = 1e-9
}
