internal import CallModel
internal import SignalProcessing

extension SpeechSearch {
  /// Why a frame counts as speech or not.
  ///
  /// - Parameters:
  ///   - frame: the frame, in the section.
  ///   - firstFrame: the frame of the call at which the section begins.
  func explanation(leg: Int, frame: Int, scene: LegScene, firstFrame: Int) -> FrameExplanation {
    var result = FrameExplanation(
      channel: leg, time: Frames.seconds(firstFrame + frame), verdict: .noVoice,
      levelDbov: Double(scene.level[frame]))
    guard let own = evidence[leg], let features = features(leg: leg) else { return result }
    result.depthDb = Double(own.input.steadyLevel[frame] - own.core.loud)
    result.lowestDepthDb = Double(own.core.lowestLevel(settings) - own.core.loud)
    guard odds(leg: leg)?.mayBe[frame] == true else {
      result.verdict =
        scene.notSpeech[frame] ? .toneOrMusic : scene.live[frame] ? .tooSoft : .digitalSilence
      return result
    }
    let isSpeech = activity(leg: leg).speech.contains { $0.contains(frame) }
    result.verdict = isSpeech ? .speech : .noSpeech
    result.stages = [
      FrameExplanation.Stage(.channel, by: .leg, features.table, SpeechFeature.self, frame: frame)
    ]
    if let pair = pairFeatures(leg: leg) {
      result.stages.append(
        FrameExplanation.Stage(.bothChannels, by: .pair, pair.table, PairFeature.self, frame: frame))
    }
    return result
  }
}

/// A feature that weights ask, and its column.
protocol ExplainedFeature: CaseIterable, RawRepresentable<Int> {
  associatedtype Block: CaseIterable & Equatable & RawRepresentable<String>
  /// Which kind of evidence the feature is.
  var block: Block { get }
  /// What the feature is, and how its byte is read: the value of byte 0, the steps of one unit, the unit.
  var meaning: (name: String, lowest: Float, perUnit: Float, unit: String) { get }
}

extension SpeechFeature: ExplainedFeature {}
extension PairFeature: ExplainedFeature {}

extension FrameExplanation.Stage {
  /// What a model says of a frame that it is asked about.
  fileprivate init<Feature: ExplainedFeature>(
    _ scope: Scope, by model: SpeechModel, _ table: ByteTable, _: Feature.Type, frame: Int
  ) {
    let (prior, added) = model.contributions(table, frame: frame)
    let sum = added.reduce(prior, +)
    let limit = Double(SpeechModel.limit) / Double(SpeechModel.unit)
    self.init(
      scope: scope, logOdds: min(max(sum, -limit), limit), prior: prior,
      evidence: Feature.Block.allCases.map { block in
        // Those that matter most come first.
        let members = Feature.allCases.filter { $0.block == block }
          .sorted { (abs(added[$0.rawValue]), $1.rawValue) > (abs(added[$1.rawValue]), $0.rawValue) }
        return FrameExplanation.Evidence(
          block: block.rawValue, logOdds: members.reduce(0) { $0 + added[$1.rawValue] },
          features: members.map { feature in
            let (name, lowest, perUnit, unit) = feature.meaning
            let byte = Float(table[frame: frame, column: feature.rawValue])
            return FrameExplanation.Feature(name: name, value: Double(lowest + byte / perUnit), unit: unit)
          })
      })
  }
}
