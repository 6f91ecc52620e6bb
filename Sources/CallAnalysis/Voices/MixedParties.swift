internal import CallModel
internal import SignalProcessing

/// The two parties of a call on one channel: what each voice said, and which of them is the agent.
struct MixedParties {
  /// What was found of each party, as on a leg of its own.
  var legs: [Party: LegRecord]
  /// Whose turn it was; without interruptions and backchannels, which one channel does not show.
  var turns: Turns
  /// Which voice is the agent's, and how that is known.
  var roles: Roles

  /// The talkspurts of each party.
  var speech: [Party: [FrameRange]] { legs.mapValues(\.speech) }

  /// Gives each voice its talk and each party its voice.
  init(
    _ separation: VoiceSeparation, leg: LegRecord, signals: [ToneSignal], wanted: ChannelRoles,
    settings: AnalysisSettings
  ) {
    let bridge = frames(ms: settings.activity.bridgeMs)
    let voices = (0..<2).map { voice in
      Self.leg(
        of: zip(leg.segments, separation.labels).lazy.filter { $0.1 == voice }.map(\.0), within: leg,
        bridge: bridge)
    }
    // With the first voice for the agent, who is who is decided next.
    let guess = Turns(
      talkspurts: [.agent: voices[0].speech, .customer: voices[1].speech], settings: settings.turns
    ).turns
    let (isFirstVoice, roles) = Self.decide(
      guess, wanted: wanted, rang: signals.contains { $0.type == .ringback }, music: leg.music,
      settings: settings.voices)
    self.roles = roles
    legs = [.agent: voices[isFirstVoice ? 0 : 1], .customer: voices[isFirstVoice ? 1 : 0]]
    turns = Turns(talkspurts: legs.mapValues(\.speech), settings: settings.turns)
    turns.events = []
  }

  /// What a voice's segments make as a leg of their own.
  private static func leg(of segments: some Sequence<VoiceSegment>, within both: LegRecord, bridge: Int)
    -> LegRecord
  {
    var leg = LegRecord()
    for segment in segments {
      if let last = leg.talkspurts.last, segment.frames.lowerBound - last.frames.upperBound < bridge {
        leg.talkspurts[leg.talkspurts.count - 1] = last.joined(segment.voice)
      } else {
        leg.talkspurts.append(segment.voice)
      }
      leg.speechLevel.merge(segment.level)
      for bin in segment.pitches { leg.pitches[Int(bin)] += 1 }
      leg.clippedRuns += segment.clippedRuns
    }
    leg.holes = both.holes.filter { leg.isTalk($0.frame) }
    leg.repeats = both.repeats.filter { leg.isTalk($0.frame) }
    return leg
  }

  /// Which voice is the agent's.
  ///
  /// Who answers a ringing line speaks first, and greets at length; a caller answers a greeting at once, while an
  /// agent takes a moment where the caller began; and whoever puts a call on hold, or goes silent to look something up, speaks before
  /// and after it. The weights are natural logarithms of odds, fitted to simulated calls.
  private static func decide(
    _ turns: [Stretch], wanted: ChannelRoles, rang: Bool, music: [FrameRange], settings: VoicesSettings
  ) -> (isFirstVoice: Bool, roles: Roles) {
    guard let first = turns.first else { return (true, Roles(source: .assumed, confidence: 0)) }
    let firstVoiceBegan = first.party == .agent
    if wanted == .first { return (firstVoiceBegan, Roles(source: .given, confidence: 1)) }
    if wanted == .second { return (!firstVoiceBegan, Roles(source: .given, confidence: 1)) }
    // The logarithm of the odds that the first voice is the agent's.
    var odds = 0.0
    func weigh(_ weight: Double, _ party: Party?) {
      if let party { odds += party == .agent ? weight : -weight }
    }
    weigh(settings.firstOdds + (rang ? settings.ringOdds : 0), first.party)
    if first.frames.count >= frames(s: settings.greetingS) { weigh(settings.greetingOdds, first.party) }
    if let reply = turns.dropFirst().first(where: { $0.party != first.party }),
      let asked = turns.last(where: {
        $0.party == first.party && $0.frames.lowerBound < reply.frames.lowerBound
      })
    {
      let gap = Double(reply.frames.lowerBound - asked.frames.upperBound) / 100
      weigh(settings.replyOddsPerS * min(max(settings.replyS - gap, -0.5), 0.5), first.party)
    }
    var before = 0
    var after = 0
    for (last, next) in zip(turns, turns.dropFirst())
    where next.frames.lowerBound - last.frames.upperBound >= frames(s: settings.silenceS) {
      before += last.party == .agent ? 1 : -1
      after += next.party == .agent ? 1 : -1
    }
    weigh(settings.beforeSilenceOdds, before == 0 ? nil : before > 0 ? .agent : .customer)
    weigh(settings.afterSilenceOdds, after == 0 ? nil : after > 0 ? .agent : .customer)
    if let hold = music.first {
      weigh(settings.beforeHoldOdds, turns.last { $0.frames.lowerBound < hold.lowerBound }?.party)
      weigh(settings.afterHoldOdds, turns.first { $0.frames.lowerBound >= hold.upperBound - 50 }?.party)
    }
    return (odds > 0, Roles(source: .inferred, confidence: 1 / (1 + exponential(-abs(odds)))))
  }
}

extension LegRecord {
  /// Whether a frame lies in a talkspurt.
  fileprivate func isTalk(_ frame: Int) -> Bool {
    var (low, high) = (0, talkspurts.count)
    while low < high {
      let middle = (low + high) / 2
      if talkspurts[middle].frames.upperBound <= frame { low = middle + 1 } else { high = middle }
    }
    return low < talkspurts.count && talkspurts[low].frames.contains(frame)
  }
}
