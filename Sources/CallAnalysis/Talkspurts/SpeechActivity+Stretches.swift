internal import CallModel
internal import SignalProcessing

extension SpeechActivity {
  /// Finds the speech of a leg that carries one party in some stretches of the section and both in others: each kind is
  /// looked at by itself, so that neither has an influence on the other.
  ///
  /// - Parameters:
  ///   - separate: the stretches with one party, sorted and apart.
  ///   - shared: those with both; together they are the whole section.
  static func find(
    leg: LegTrack, scene: LegScene, leak: LeakedPower?, separate: [FrameRange], shared: [FrameRange],
    settings: ActivitySettings
  ) -> SpeechActivity {
    func find(_ parties: ChannelParties, _ stretches: [FrameRange]?) -> SpeechActivity {
      SpeechActivity(
        leg: leg, scene: scene, leak: parties == .one ? leak : nil, parties: parties, stretches: stretches,
        settings: settings)
    }
    if shared.isEmpty { return find(.one, nil) }
    if separate.isEmpty { return find(.both, nil) }
    return SpeechActivity(
      find(.one, separate), find(.both, shared), bridge: Frames.count(milliseconds: settings.bridgeMs))
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
