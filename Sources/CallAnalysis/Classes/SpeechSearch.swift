internal import CallModel
internal import SignalProcessing

/// What the legs of a section carry where each has a party of its own, or where both parties share the channel.
struct SpeechSearch {
  /// The levels and ratios of each leg.
  let inputs: [SpeechInput]
  /// The evidence of each leg; nil where it carries no speech.
  let evidence: [LegEvidence?]
  private let looks: [Look?]
  let settings: ActivitySettings
  /// Whether each of two legs has a party of its own.
  private let isPair: Bool

  /// What a leg tells by itself.
  private enum Look {
    /// One of two legs with a party each.
    case pair(LegTalk)
    /// Any other: frames that may be speech, and the log-odds of each.
    case alone(mayBe: [Bool], logOdds: [Int32])

    var mayBe: [Bool] {
      switch self {
      case .pair(let talk): talk.mayBe
      case .alone(let mayBe, _): mayBe
      }
    }
  }

  /// - Parameters:
  ///   - leakages: how each leg hears the other.
  ///   - parties: how many parties speak on a channel.
  ///   - stretches: the frames that count; nil for the whole section. What lies outside has no influence on the result.
  init(
    _ track: FeatureTrack, scenes: [LegScene], leakages: [Leakage?], parties: ChannelParties,
    stretches: [FrameRange]?, settings: ActivitySettings
  ) {
    self.settings = settings
    inputs = scenes.indices.map { leg in
      SpeechInput(
        leg: track.legs[leg], scene: scenes[leg],
        leak: parties == .one ? leakages[leg].map { LeakedPower($0, source: track.legs[1 - leg]) } : nil,
        parties: parties, stretches: stretches)
    }
    let evidence = inputs.map { input in
      VoicedCore(input, parties: parties).map { LegEvidence(input, core: $0, parties: parties) }
    }
    self.evidence = evidence
    let isPair = parties == .one && evidence.count == 2
    self.isPair = isPair
    looks = evidence.indices.map { leg in
      guard let own = evidence[leg], let features = Self.features(leg: leg, of: evidence, isPair: isPair)
      else { return nil }
      let logOdds = SpeechModel.leg.logOdds(features.table, where: features.isCandidate)
      let lowest = own.core.lowestLevel(settings)
      let (isCandidate, level) = (features.isCandidate, own.input.steadyLevel)
      let mayBe = [Bool](count: level.count) { isCandidate[$0] && level[$0] > lowest }
      return isPair
        ? .pair(LegTalk(features, logOdds: logOdds, mayBe: mayBe)) : .alone(mayBe: mayBe, logOdds: logOdds)
    }
  }

  /// What a leg tells by itself; nil where it carries no speech.
  func features(leg: Int) -> SpeechFeatures? { Self.features(leg: leg, of: evidence, isPair: isPair) }

  private static func features(leg: Int, of evidence: [LegEvidence?], isPair: Bool) -> SpeechFeatures? {
    evidence[leg].map { SpeechFeatures($0, other: isPair ? evidence[1 - leg] : nil) }
  }

  /// What both legs tell of one of them; nil where they have no party each, or where the leg carries no speech.
  func pairFeatures(leg: Int) -> PairFeatures? {
    guard case .pair(let own) = looks[leg] else { return nil }
    guard case .pair(let other) = looks[1 - leg] else { return PairFeatures(own, other: nil) }
    return PairFeatures(own, other: other)
  }

  /// Frames of a leg that may be speech, and how likely each is; nil where it carries no speech.
  func odds(leg: Int) -> (mayBe: [Bool], logOdds: [Int32])? {
    guard let look = looks[leg] else { return nil }
    if case .alone(let mayBe, let logOdds) = look { return (mayBe, logOdds) }
    return pairFeatures(leg: leg).map {
      (look.mayBe, SpeechModel.pair.logOdds($0.table, where: look.mayBe))
    }
  }

  /// Where a leg carries speech.
  func activity(leg: Int) -> SpeechActivity {
    let input = inputs[leg]
    guard let own = evidence[leg], let odds = odds(leg: leg) else {
      return SpeechActivity(speech: [], strict: [], lenient: [], core: [], loud: nil, ratio: input.ratio)
    }
    func talkspurts(shift: Int32) -> [FrameRange] {
      SpeechDecoder.speech(logOdds: odds.logOdds, shift: shift, where: odds.mayBe)
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
