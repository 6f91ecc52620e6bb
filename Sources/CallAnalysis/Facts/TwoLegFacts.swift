internal import CallModel

/// The facts of a call with a leg for each party.
struct TwoLegFacts {
  let record: CallRecord
  let frame: CallFacts.Frame
  let settings: AnalysisSettings

  var facts: CallFacts {
    let found = LegSignals(of: record.legs, settings: settings)
    let (agent, roles) = LegRoles.decide(
      frame.roles, direction: frame.direction, legs: found.legs, signals: found.opening,
      settings: settings.turns)
    let legOf = ByParty(agent: agent, customer: agent.other)
    let records = legOf.map { found.legs[$0] }
    let signals = legOf.map { found.signals[$0] }
    let speech = records.map(\.speech)
    let turns = Turns(talkspurts: speech, settings: settings.turns)
    let fax = FaxFacts.all(legs: records.values, signals: signals.values)
    let silences = Silences(
      sounds: records.values.flatMap(\.sounds) + signals.values.flatMap { $0.map(\.frames) } + fax,
      speech: speech.values.flatMap { $0 })
    let ending = EndingRules.verdict(
      on: EndingEvidence(
        legs: records, signals: signals, frameCount: record.frameCount, duration: frame.duration,
        isTruncated: frame.isTruncated, settings: settings.ending))
    return CallFacts(
      layout: .separate, frameCount: record.frameCount, duration: frame.duration, roles: roles,
      parties: ByParty { party in
        self.party(
          party, channel: frame.channels[legOf[party].rawValue], records: records, signals: signals,
          turns: turns, conversation: found.conversation)
      }, channel: nil, turns: turns,
      deadAir: silences.stretches(ofAtLeast: settings.deadAir.minimumS).map {
        DeadAir(frames: $0, owner: speech.lastSpeaker(before: $0.lowerBound)?.other)
      }, deadAirCounts: silences.counts, tailStart: silences.tailStart, fax: fax,
      skew: LegSkew(talkspurts: speech, frameCount: record.frameCount), shared: record.shared,
      opening: opening(records: records, signals: legOf.map { found.opening[$0] }, turns: turns),
      ending: ending)
  }

  private func party(
    _ party: Party, channel: Int, records: ByParty<LegRecord>, signals: ByParty<[ToneSignal]>,
    turns: Turns<Party>, conversation: Int?
  ) -> PartyFacts {
    PartyFacts(
      channel: channel, record: records[party], signals: signals[party],
      transfers: Transfer.all(
        in: signals[party], speech: records[party].speech, segments: records[party].segments,
        conversation: conversation),
      talkConfidence: isSensitive(records[party], records[party.other]) || sharesTalk(records) ? .low : .high,
      isOneWay: isOneWay(party, records: records, signals: signals),
      deadFrom: DeadLeg.start(of: records[party], other: records[party.other]),
      escalation: CallFacts.escalation(
        of: party, talkspurts: records[party].talkspurts, turns: turns, settings: settings.escalation))
  }

  /// Whether much of the talk lies where both legs carry the same sound, so that it counts for both parties.
  private func sharesTalk(_ records: ByParty<LegRecord>) -> Bool {
    let talk = records.map(\.speech).values
    let shared = talk.reduce(0) { $0 + $1.intersection(record.shared).frameTotal }
    let all = talk.reduce(0) { $0 + $1.frameTotal }
    return Double(shared) > settings.activity.sensitivityShare * Double(all)
  }

  /// The opening on the leg that rings more often, the agent's where both ring as often.
  ///
  /// - Parameter signals: of the ringing only what belongs to the opening.
  private func opening(
    records: ByParty<LegRecord>, signals: ByParty<[ToneSignal]>, turns: Turns<Party>
  ) -> OpeningFacts {
    let rings = signals.map { $0.count { $0.type == .ringback } }
    let party: Party = rings.customer > rings.agent ? .customer : .agent
    var opening = OpeningFacts(
      signals: signals[party], sounds: records[party].sounds, speech: records[party].speech, turns: turns)
    opening.called = frame.direction.map(\.called) ?? (opening.ringing == nil ? nil : party)
    return opening
  }

  /// Whether this party's leg stayed silent while the other talked for long and waited for answers. Who is held, as
  /// in a queue with announcements, is not asked to answer.
  private func isOneWay(
    _ party: Party, records: ByParty<LegRecord>, signals: ByParty<[ToneSignal]>
  ) -> Bool {
    let other = records[party.other]
    let isHeld = !other.music.isEmpty || signals[party.other].contains { $0.type == .hold }
    let attempts = other.speech.bridged(gap: Frames.count(seconds: settings.ending.waitS))
    func talk(_ leg: LegRecord) -> Seconds { Frames.seconds(leg.speech.frameTotal) }
    return !isHeld && talk(records[party]) < settings.ending.conversationMinimumS
      && talk(other) >= settings.line.oneWayTalkS && attempts.count >= settings.line.oneWayStretches
  }

  /// Whether a party's share of talk depends on the threshold of either leg's speech (Brady 1968).
  private func isSensitive(_ leg: LegRecord, _ other: LegRecord) -> Bool {
    func share(_ mine: Int, _ theirs: Int) -> Double {
      mine + theirs > 0 ? Double(mine) / Double(mine + theirs) : 0
    }
    let (mine, theirs) = (leg.speech.frameTotal, other.speech.frameTotal)
    let now = share(mine, theirs)
    let moved = [
      share(leg.sensitivity.strictFrames, theirs), share(leg.sensitivity.lenientFrames, theirs),
      share(mine, other.sensitivity.strictFrames), share(mine, other.sensitivity.lenientFrames),
    ]
    return moved.contains { abs($0 - now) > settings.activity.sensitivityShare }
  }
}
