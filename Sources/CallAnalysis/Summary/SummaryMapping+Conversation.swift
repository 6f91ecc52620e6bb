internal import CallModel

extension SummaryMapping {
  /// What is measured of both parties together.
  func conversation(_ reasons: inout Reasons) -> Conversation {
    let speech = facts.channel?.record.speech ?? spoken
    var conversation = Conversation(
      speech: Frames.seconds(speech.frameTotal).milliseconds, overlap: nil,
      mutualSilence: mutualSilence(speech),
      deadAirCounts: Dictionary(
        uniqueKeysWithValues: facts.deadAirCounts.map { ("\(Int($0.length))", $0.count) }),
      deadAir: facts.deadAir.reduce(0) { sum, gap in sum + length(gap.frames) }.milliseconds, hold: hold,
      interruptions: CountByParty(agent: nil, customer: nil),
      backchannels: CountByParty(agent: nil, customer: nil))
    if let parties = facts.parties, facts.layout == .separate {
      let talk = parties.map(\.record.speech)
      conversation.overlap =
        Frames.seconds(talk.agent.intersection(talk.customer).frameTotal).milliseconds
      conversation.floorTransfer = Distribution(
        of: FloorState.all(in: talk).compactMap(\.transfer).map(Frames.seconds), decimals: 3)
      conversation.interruptions = count { $0.kind != .backchannel }
      conversation.backchannels = count { $0.kind == .backchannel }
      conversation.legSkew = reasons.value(
        facts.skew?.lag?.milliseconds, "conversation.leg_skew_s",
        else: "no minute in which both parties talk for \(LegSkew.talkS) s")
      conversation.legSkewSpan = facts.skew?.frames.map(range)
      if !facts.shared.isEmpty {
        conversation.sameSound = facts.shared.map(range)
      }
    }
    return conversation
  }

  /// Where any party speaks, each on its own leg.
  private var spoken: [FrameRange] {
    facts.parties.map { $0.agent.record.speech.union($0.customer.record.speech) } ?? []
  }

  private func range(_ frames: FrameRange) -> TimeRange {
    TimeRange(seconds(frames.lowerBound).milliseconds, seconds(frames.upperBound).milliseconds)
  }

  private func length(_ frames: FrameRange) -> Seconds {
    seconds(frames.upperBound).milliseconds - seconds(frames.lowerBound).milliseconds
  }

  private func count(_ isCounted: (FloorEvent<Party>) -> Bool) -> CountByParty {
    let events = facts.turns?.events.filter(isCounted) ?? []
    return CountByParty(
      agent: events.count { $0.by == .agent }, customer: events.count { $0.by == .customer })
  }

  /// Time between the first and the last speech in which nobody speaks.
  private func mutualSilence(_ speech: [FrameRange]) -> Seconds {
    guard let first = speech.first, let last = speech.last else { return 0 }
    return Frames.seconds(last.upperBound - first.lowerBound - speech.frameTotal).milliseconds
  }

  /// Time on hold: music or beeps on both legs at once count once.
  private var hold: Seconds {
    let legs =
      facts.channel.map { [($0.record, $0.signals)] }
      ?? facts.parties.map { $0.values.map { ($0.record, $0.signals) } } ?? []
    let holds = legs.flatMap { record, signals in
      record.music + signals.filter { $0.type == .hold }.map(\.frames)
    }
    let union = holds.sorted { $0.lowerBound < $1.lowerBound }.bridged(gap: 1)
    return Frames.seconds(union.frameTotal).milliseconds
  }
}
