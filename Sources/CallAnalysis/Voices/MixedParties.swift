internal import CallModel

/// The two parties of a call on one channel: what each voice said, and which of them is the agent.
struct MixedParties {
  /// What was found of each party, as on a leg of its own.
  let parties: ByParty<LegRecord>
  /// Whose turn it was; without interruptions and backchannels, which one channel does not show.
  let turns: Turns
  /// Which voice is the agent's, and how that is known.
  let roles: Roles

  /// Gives each voice its talk and each party its voice.
  ///
  /// - Parameters:
  ///   - signals: the tones of the leg, by name.
  ///   - requested: where the user says it, whether the agent speaks first.
  init(
    _ separation: VoiceSeparation, leg: LegRecord, signals: [ToneSignal], requested: ChannelRoles,
    settings: AnalysisSettings
  ) {
    let bridge = Frames.count(milliseconds: settings.activity.bridgeMs)
    let voices = ByVoice { voice in
      LegRecord(
        of: zip(leg.segments, separation.labels).lazy.filter { $0.1 == voice }.map(\.0), within: leg,
        bridge: bridge)
    }
    let agent = AgentVoice(
      turns: Self.turns(of: voices, settings: settings.turns), requested: requested,
      rang: signals.contains { $0.type == .ringback }, hold: leg.music.first)
    roles = agent.roles
    parties = voices.byParty(agent: agent.voice)
    var turns = Turns(
      talkspurts: [.agent: parties.agent.speech, .customer: parties.customer.speech],
      settings: settings.turns)
    turns.events = []
    self.turns = turns
  }

  /// The turns of two voices of whom it is not known yet who is the agent.
  ///
  /// `Turns` knows only parties: here, and nowhere else, they stand for the voices.
  private static func turns(of voices: ByVoice<LegRecord>, settings: TurnSettings) -> [VoiceTurn] {
    Turns(talkspurts: [.agent: voices.one.speech, .customer: voices.two.speech], settings: settings).turns
      .map { VoiceTurn(voice: $0.party == .agent ? .one : .two, frames: $0.frames) }
  }
}
