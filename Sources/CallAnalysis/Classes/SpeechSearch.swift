internal import CallModel
internal import SignalProcessing

/// What the legs of a section carry where each has a party of its own, or where both parties share the channel.
struct SpeechSearch {
  /// The levels and ratios of each leg.
  let inputs: [SpeechInput]
  /// The evidence of each leg; nil where it carries no speech.
  let evidence: [LegEvidence?]

  /// - Parameters:
  ///   - leakages: how each leg hears the other.
  ///   - parties: how many parties speak on a channel.
  ///   - stretches: the frames that count; nil for the whole section. What lies outside has no influence on the result.
  init(
    _ track: FeatureTrack, scenes: [LegScene], leakages: [Leakage?], parties: ChannelParties,
    stretches: [FrameRange]?
  ) {
    inputs = scenes.indices.map { leg in
      SpeechInput(
        leg: track.legs[leg], scene: scenes[leg],
        leak: parties == .one ? leakages[leg].map { LeakedPower($0, source: track.legs[1 - leg]) } : nil,
        parties: parties, stretches: stretches)
    }
    evidence = inputs.map { input in
      VoicedCore(input, parties: parties).map { LegEvidence(input, core: $0, parties: parties) }
    }
  }

  /// The features of a leg; nil where it carries no speech.
  func features(leg: Int) -> SpeechFeatures? {
    guard let own = evidence[leg] else { return nil }
    let hasOther = evidence.count == 2 && own.parties == .one
    return SpeechFeatures(own, other: hasOther ? evidence[1 - leg] : nil)
  }

  /// Where a leg carries speech.
  func activity(leg: Int, settings: ActivitySettings) -> SpeechActivity {
    let input = inputs[leg]
    guard let own = evidence[leg], let features = features(leg: leg) else {
      return SpeechActivity(speech: [], strict: [], lenient: [], core: [], loud: nil, ratio: input.ratio)
    }
    let logOdds = SpeechModel.logOdds(features)
    let lowest = own.core.level90 - Float(settings.rangeDb)
    let (isCandidate, level) = (features.isCandidate, input.steadyLevel)
    let mayBe = [Bool](count: level.count) { isCandidate[$0] && level[$0] > lowest }
    func talkspurts(shift: Int32) -> [FrameRange] {
      SpeechDecoder.speech(logOdds: logOdds, shift: shift, where: mayBe)
        .map { SpeechEdges.trimmed($0, ratio: input.ratio) }
        .bridged(gap: Frames.count(milliseconds: settings.bridgeMs))
        .filter { $0.count >= Frames.count(milliseconds: settings.talkspurtMinimumMs) }
        // What is bridged over frames that do not count is taken apart again.
        .intersection(input.stretches)
    }
    let shift = SpeechModel.shift(odds: Float(settings.sensitivityDb))
    return SpeechActivity(
      speech: talkspurts(shift: 0), strict: talkspurts(shift: -shift), lenient: talkspurts(shift: shift),
      core: own.core.runs, loud: own.core.loud, ratio: input.ratio)
  }
}
