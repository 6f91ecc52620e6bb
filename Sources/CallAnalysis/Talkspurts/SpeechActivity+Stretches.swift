internal import CallModel
internal import SignalProcessing

extension SpeechActivity {
  /// Finds the speech of each leg where the legs carry one party in some stretches of the section and both in others:
  /// each kind is looked at by itself, so that neither has an influence on the other.
  ///
  /// - Parameters:
  ///   - leakages: how each leg hears the other.
  ///   - stretches: the stretches of both kinds.
  static func find(
    _ track: FeatureTrack, scenes: [LegScene], leakages: [Leakage?], stretches: SectionStretches,
    settings: ActivitySettings
  ) -> [SpeechActivity] {
    func find(_ parties: ChannelParties, _ stretches: [FrameRange]?) -> [SpeechActivity] {
      let search = SpeechSearch(
        track, scenes: scenes, leakages: leakages, parties: parties, stretches: stretches,
        settings: settings)
      return scenes.indices.map { search.activity(leg: $0) }
    }
    if stretches.shared.isEmpty { return find(.one, nil) }
    if stretches.separate.isEmpty { return find(.both, nil) }
    let bridge = Frames.count(milliseconds: settings.bridgeMs)
    return zip(find(.one, stretches.separate), find(.both, stretches.shared)).map {
      SpeechActivity($0, $1, bridge: bridge)
    }
  }

  /// What was found in two sets of stretches that are apart; talkspurts that nearly touch are one.
  private init(_ one: SpeechActivity, _ other: SpeechActivity, bridge: Int) {
    func joined(_ runs: [FrameRange], _ others: [FrameRange]) -> [FrameRange] {
      runs.union(others).bridged(gap: bridge)
    }
    self.init(
      speech: joined(one.speech, other.speech), strict: joined(one.strict, other.strict),
      lenient: joined(one.lenient, other.lenient), core: one.core.union(other.core),
      loud: [one.loud, other.loud].compactMap(\.self).max(),
      ratio: zip(one.ratio, other.ratio).map { max($0, $1) })
  }
}
