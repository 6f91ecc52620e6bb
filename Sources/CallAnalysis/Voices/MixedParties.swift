internal import CallModel

/// The two parties of a call on one channel: what each voice said, and which of them is the agent.
struct MixedParties {
  /// What was found of each party, as on a leg of its own.
  let parties: ByParty<LegRecord>
  /// Whose turn it was. Its interruptions and backchannels mean nothing: one channel does not show who goes on.
  let turns: Turns<Party>
  /// Which voice is the agent's, and how that is known.
  let roles: Roles

  /// Gives each voice its talk and each party its voice.
  ///
  /// - Parameters:
  ///   - signals: the tones of the leg, by name.
  ///   - requested: where the user says it, whether the agent speaks first.
  ///   - direction: who called whom, where that is known without the sound.
  init(
    _ separation: VoiceSeparation, leg: LegRecord, signals: [ToneSignal], requested: ChannelRoles,
    direction: CallDirection? = nil, settings: AnalysisSettings
  ) {
    let bridge = Frames.count(milliseconds: settings.activity.bridgeMs)
    let voices = ByVoice { voice in
      LegRecord(
        of: zip(leg.segments, separation.labels).lazy.filter { $0.1 == voice }.map(\.0), within: leg,
        bridge: bridge)
    }
    let agent = AgentVoice(
      turns: Turns(talkspurts: voices.map(\.speech), settings: settings.turns).turns, requested: requested,
      direction: direction, rang: signals.contains { $0.type == .ringback }, hold: leg.music.first)
    roles = agent.roles
    parties = ByParty(agent: voices[agent.voice], customer: voices[agent.voice.other])
    turns = Turns(talkspurts: parties.map(\.speech), settings: settings.turns)
  }
}
