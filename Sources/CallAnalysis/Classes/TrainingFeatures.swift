internal import CallModel
internal import SignalProcessing

/// The features of one leg of a recording, for training.
@_spi(Training) public struct TrainingFeatures: Sendable {
  /// The columns, each with a byte for each frame.
  public let columns: [[UInt8]]
  /// Whether each frame may be speech.
  public let isCandidate: [Bool]
  /// The level of each frame under the leg's loud talk, in steps of 1 / 3.6 dB from -60 dB.
  public let depth: [UInt8]

  /// The name of each column, and which kind of evidence it is.
  public static var names: [String] { SpeechFeature.allCases.map { "\($0) \($0.block.rawValue)" } }
}

extension TrainingFeatures {
  /// The features of each leg of the first `count` frames of a track, by the estimators that the program itself uses; of
  /// a leg without a voice, no frame is a candidate.
  static func legs(of track: FeatureTrack, count: Int, settings: AnalysisSettings) -> [TrainingFeatures] {
    let scenes = LegScene.scenes(of: track.legs, count: count, settings: settings)
    let leakages = scenes.indices.map { leg -> Leakage? in
      guard scenes.count == 2 else { return nil }
      let pair = LegPair(
        source: track.legs[1 - leg], target: track.legs[leg], sourceScene: scenes[1 - leg],
        targetScene: scenes[leg], stretches: [0..<count])
      return Leakage(in: pair, settings: settings.leakage)
    }
    let search = SpeechSearch(
      track, scenes: scenes, leakages: leakages, parties: scenes.count == 2 ? .one : .both, stretches: nil)
    return scenes.indices.map { leg in
      let nothing = [UInt8](repeating: 0, count: count)
      guard let features = search.features(leg: leg), let own = search.evidence[leg] else {
        return TrainingFeatures(
          columns: SpeechFeature.allCases.map { _ in nothing }, isCandidate: nothing.map { _ in false },
          depth: nothing)
      }
      return TrainingFeatures(
        columns: SpeechFeature.allCases.map { features.column($0) }, isCandidate: features.isCandidate,
        depth: own.depth.bytes)
    }
  }
}
