internal import CallModel
internal import SignalProcessing

/// The features of one leg of a recording, for training.
@_spi(Training) public struct TrainingFeatures: Sendable {
  /// The columns, each with a byte for each frame.
  public let columns: [[UInt8]]
  /// Whether each frame may be speech.
  public let isAsked: [Bool]
  /// The level of each frame under the leg's loud talk, in steps of 1 / 3.6 dB from -60 dB.
  public let depth: [UInt8]

  /// Which weights are to be trained.
  public enum Model: String, Sendable, CaseIterable {
    /// Those over what a leg tells by itself, and the level of the other one.
    case leg
    /// Those over what the log-odds of both legs tell together, by the weights for a leg that the program has.
    case pair
  }

  /// The name of each column, and which kind of evidence it is.
  public static func names(_ model: Model) -> [String] {
    switch model {
    case .leg: SpeechFeature.allCases.map { "\($0) \($0.block.rawValue)" }
    case .pair: PairFeature.allCases.map { "\($0) \($0.block.rawValue)" }
    }
  }
}

extension TrainingFeatures {
  /// The features of each leg of the first `count` frames of a track, by the estimators that the program itself uses; of
  /// a leg that the model is not asked about, no frame is.
  static func legs(
    of track: FeatureTrack, count: Int, model: Model, settings: AnalysisSettings
  ) -> [TrainingFeatures] {
    let scenes = LegScene.scenes(of: track.legs, count: count, settings: settings)
    let leakages = scenes.indices.map { leg -> Leakage? in
      guard scenes.count == 2 else { return nil }
      let pair = LegPair(
        source: track.legs[1 - leg], target: track.legs[leg], sourceScene: scenes[1 - leg],
        targetScene: scenes[leg], stretches: [0..<count])
      return Leakage(in: pair, settings: settings.leakage)
    }
    let search = SpeechSearch(
      track, scenes: scenes, leakages: leakages, parties: scenes.count == 2 ? .one : .both, stretches: nil,
      settings: settings.activity)
    return scenes.indices.map { leg in
      guard let own = search.evidence[leg], let (table, isAsked) = search.asked(model, leg: leg) else {
        let nothing = [UInt8](repeating: 0, count: count)
        return TrainingFeatures(
          columns: names(model).map { _ in nothing }, isAsked: nothing.map { _ in false }, depth: nothing)
      }
      return TrainingFeatures(
        columns: (0..<table.columnCount).map { table.values(column: $0) }, isAsked: isAsked,
        depth: own.depth.bytes)
    }
  }
}

extension SpeechSearch {
  /// What a model reads of a leg, and of which frames; nil where it is not asked.
  fileprivate func asked(_ model: TrainingFeatures.Model, leg: Int) -> (ByteTable, [Bool])? {
    switch model {
    case .leg: features(leg: leg).map { ($0.table, $0.isCandidate) }
    case .pair: pairFeatures(leg: leg).map { ($0.table, odds(leg: leg)?.mayBe ?? []) }
    }
  }
}
