internal import CallModel

/// The facts of a call with both parties on one channel: of each party where exactly two voices are heard.
struct OneChannelFacts {
  let record: CallRecord
  let frame: CallFacts.Frame
  let settings: AnalysisSettings

  var facts: CallFacts {
    var leg = record.legs[0]
    var signals = ToneNames.signals(of: leg.tones, speech: leg.speech, settings: settings.tones)
    FaxFacts.clear(&leg, &signals)
    let fax = FaxFacts.all(legs: [leg], signals: [signals])
    let separation = VoiceSeparation(leg.segments)
    let separated =
      separation.count == .two
      ? MixedParties(
        separation, leg: leg, signals: signals, requested: frame.roles, direction: frame.direction,
        settings: settings) : nil
    let conversation = conversation(leg, count: separation.count, separated: separated)
    var opening = OpeningFacts(
      signals: signals.withoutRings(after: conversation), sounds: leg.sounds, speech: leg.speech,
      turns: separated?.turns)
    opening.called = frame.direction.map(\.called)
    let silences = Silences(
      sounds: leg.sounds + signals.map(\.frames) + fax, speech: leg.speech)
    return CallFacts(
      layout: record.legs.count == 2 ? .sameOnBoth : .oneChannel, frameCount: record.frameCount,
      duration: frame.duration, roles: separated?.roles ?? Roles(source: .assumed, confidence: 0),
      parties: separated.map { parties($0, separation: separation) },
      channel: ChannelFacts(
        channel: frame.channels[0], record: leg, signals: signals,
        transfers: Transfer.all(in: signals, speech: leg.speech, conversation: conversation),
        voices: separation.count,
        confidence: separation.confidence), turns: separated?.turns,
      deadAir: silences.stretches(ofAtLeast: settings.deadAir.minimumS).map { gap in
        DeadAir(
          frames: gap,
          owner: separated.flatMap { $0.parties.map(\.speech).lastSpeaker(before: gap.lowerBound)?.other })
      }, deadAirCounts: silences.counts, tailStart: silences.tailStart, fax: fax, skew: nil,
      shared: record.shared,
      opening: opening,
      ending: ending(leg, signals: signals, fax: fax.last, separated: separated))
  }

  /// The frame at which the conversation began; nil where it never did. Where more than two voices are heard, nobody can
  /// tell who spoke: the first word counts.
  private func conversation(
    _ leg: LegRecord, count: VoiceSeparation.Count, separated: MixedParties?
  ) -> Int? {
    let minimum = Frames.count(seconds: settings.ending.conversationMinimumS)
    if let separated {
      return ConversationStart.frame(of: separated.parties.map(\.speech), talk: minimum)
    }
    return count == .more ? leg.speech.first { $0.count >= minimum }?.upperBound : nil
  }

  private func parties(_ separated: MixedParties, separation: VoiceSeparation) -> ByParty<PartyFacts> {
    ByParty { party in
      PartyFacts(
        channel: frame.channels[0], record: separated.parties[party],
        talkConfidence: separation.confidence >= settings.voices.trustedConfidence ? .high : .low,
        escalation: CallFacts.escalation(
          of: party, talkspurts: separated.parties[party].talkspurts, turns: separated.turns,
          settings: settings.escalation))
    }
  }

  private func ending(
    _ leg: LegRecord, signals: [ToneSignal], fax: FrameRange?, separated: MixedParties?
  ) -> EndingVerdict {
    let isLast = separated == nil || leg.speech.last?.upperBound ?? 0 <= fax?.upperBound ?? 0
    if isLast, let verdict = WasAFax.verdict(fax, frameCount: record.frameCount) { return verdict }
    var verdict = OneChannelEnding(
      leg: leg, signals: signals, frameCount: record.frameCount, duration: frame.duration,
      isTruncated: frame.isTruncated, settings: settings.ending
    ).verdict
    if verdict.ending.kind == .cutOff, let separated {
      verdict.ending.cutParty = separated.parties.map(\.speech).lastSpeaker(before: .max)
    }
    return verdict
  }
}
