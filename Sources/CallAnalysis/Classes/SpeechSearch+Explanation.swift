internal import CallModel
internal import SignalProcessing

extension SpeechSearch {
  /// Why a frame counts as speech or not.
  ///
  /// - Parameters:
  ///   - frame: the frame, in the section.
  ///   - firstFrame: the frame of the call at which the section begins.
  func explanation(
    leg: Int, frame: Int, scene: LegScene, firstFrame: Int, settings: ActivitySettings
  ) -> FrameExplanation {
    var result = FrameExplanation(
      channel: leg, time: Frames.seconds(firstFrame + frame), verdict: .noVoice,
      levelDbov: Double(scene.level[frame]))
    guard let own = evidence[leg], let features = features(leg: leg) else { return result }
    let loud = own.core.loud
    result.depthDb = Double(own.input.steadyLevel[frame] - loud)
    result.lowestDepthDb = Double(own.core.level90 - loud) - settings.rangeDb
    guard features.isCandidate[frame], result.depthDb! > result.lowestDepthDb! else {
      result.verdict =
        scene.notSpeech[frame] ? .toneOrMusic : scene.live[frame] ? .tooSoft : .digitalSilence
      return result
    }
    let isSpeech = activity(leg: leg, settings: settings).speech.contains { $0.contains(frame) }
    result.verdict = isSpeech ? .speech : .noSpeech
    let (prior, added) = SpeechModel.contributions(features, frame: frame)
    result.prior = prior
    result.logOdds = Double(SpeechModel.logOdds(features)[frame]) / Double(SpeechModel.unit)
    result.evidence = SpeechFeature.Block.allCases.map { block in
      Self.evidence(of: block, features, frame: frame, added: added)
    }
    return result
  }

  /// What a kind of evidence adds, with its features, those that matter most first.
  private static func evidence(
    of block: SpeechFeature.Block, _ features: SpeechFeatures, frame: Int, added: [Double]
  ) -> FrameExplanation.Evidence {
    let members = SpeechFeature.allCases.filter { $0.block == block }
      .sorted { (abs(added[$0.rawValue]), $1.rawValue) > (abs(added[$1.rawValue]), $0.rawValue) }
    return FrameExplanation.Evidence(
      block: block.rawValue, logOdds: members.reduce(0) { $0 + added[$1.rawValue] },
      features: members.map { feature in
        let meaning = feature.meaning
        let byte = Float(features.table[frame: frame, column: feature.rawValue])
        return FrameExplanation.Feature(
          name: meaning.name, value: Double(meaning.lowest + byte / meaning.perUnit), unit: meaning.unit)
      })
  }
}
