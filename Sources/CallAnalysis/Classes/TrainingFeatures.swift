internal import CallModel
internal import SignalProcessing

/// The features of one leg of a recording, for training.
@_spi(Training) public struct TrainingFeatures: Sendable {
  /// The values, feature by feature, frame by frame.
  public let columns: [[Float]]
  /// Whether each frame is live and carries no tone or music.
  public let isUsable: [Bool]
  /// Whether the rules in force take each frame for speech.
  public let isSpeech: [Bool]
  /// The level of each frame under the leg's loud talk, in dB.
  public let depth: [Float]
}

extension TrainingFeatures {
  /// The features of each leg of the first `count` frames of a track, by the estimators that the program itself uses.
  static func legs(of track: FeatureTrack, count: Int, settings: AnalysisSettings) -> [TrainingFeatures] {
    let parties: ChannelParties = track.legs.count == 2 ? .one : .both
    let scenes = LegScene.scenes(of: track.legs, count: count, settings: settings)
    let leaks = scenes.indices.map { leg in
      leak(onto: leg, track, scenes: scenes, count: count, settings: settings)
    }
    let inputs = scenes.indices.map { leg in
      SpeechInput(
        leg: track.legs[leg], scene: scenes[leg], leak: leaks[leg], parties: parties, stretches: nil)
    }
    let cores = inputs.map { VoicedCore($0, parties: parties) }
    return scenes.indices.map { leg in
      let other = scenes.count == 2 ? SpeechFeatures.Other(inputs[1 - leg], core: cores[1 - leg]) : nil
      let features = SpeechFeatures(
        inputs[leg], core: cores[leg], other: other, leaks: leaks[leg] != nil)
      let activity = SpeechActivity(
        leg: track.legs[leg], scene: scenes[leg], leak: leaks[leg], parties: parties,
        settings: settings.activity)
      return TrainingFeatures(
        columns: features.columns, isUsable: inputs[leg].usable,
        isSpeech: activity.speech.mask(count: count), depth: features.depth)
    }
  }

  private static func leak(
    onto leg: Int, _ track: FeatureTrack, scenes: [LegScene], count: Int, settings: AnalysisSettings
  ) -> LeakedPower? {
    guard scenes.count == 2 else { return nil }
    let pair = LegPair(
      source: track.legs[1 - leg], target: track.legs[leg], sourceScene: scenes[1 - leg],
      targetScene: scenes[leg], stretches: [0..<count])
    return Leakage(in: pair, settings: settings.leakage).map { LeakedPower($0, source: track.legs[1 - leg]) }
  }
}
