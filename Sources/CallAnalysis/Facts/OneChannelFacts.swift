internal import CallModel

/// The facts of a call with both parties on one channel: of each party where exactly two voices are heard.
struct OneChannelFacts {
  let record: CallRecord
  let frame: CallFacts.Frame
  let settings: AnalysisSettings

  var facts: CallFacts {
    let leg = record.legs[0]
    let signals = ToneNames.signals(of: leg.tones, speech: leg.speech, settings: settings.tones)
    let separation = VoiceSeparation(leg.segments)
    let told =
      separation.count == .two
      ? MixedParties(separation, leg: leg, signals: signals, requested: frame.roles, settings: settings) : nil
    let silences = Silences(
      sounds: leg.sounds + signals.map(\.frames), speech: leg.speech, frameCount: record.frameCount)
    return CallFacts(
      layout: record.legs.count == 2 ? .sameOnBoth : .oneChannel, frameCount: record.frameCount,
      duration: frame.duration, roles: told?.roles ?? Roles(source: .assumed, confidence: 0),
      parties: told.map { parties($0, separation: separation) },
      channel: ChannelFacts(
        channel: frame.channels[0], record: leg, signals: signals, voices: separation.count,
        confidence: separation.confidence), turns: told?.turns,
      deadAir: silences.stretches(ofAtLeast: settings.deadAir.minimumS).map { gap in
        DeadAir(
          frames: gap,
          owner: told.flatMap { $0.parties.map(\.speech).lastSpeaker(before: gap.lowerBound)?.other })
      }, deadAirCounts: silences.counts, skew: nil, shared: record.shared,
      opening: OpeningFacts(signals: signals, sounds: leg.sounds, turns: told?.turns),
      ending: ending(leg, signals: signals, told: told))
  }

  private func parties(_ told: MixedParties, separation: VoiceSeparation) -> ByParty<PartyFacts> {
    ByParty { party in
      PartyFacts(
        channel: frame.channels[0], record: told.parties[party],
        talkConfidence: separation.confidence >= settings.voices.trustedConfidence ? .high : .low,
        escalation: CallFacts.escalation(
          of: party, talkspurts: told.parties[party].talkspurts, turns: told.turns,
          settings: settings.escalation))
    }
  }

  private func ending(_ leg: LegRecord, signals: [ToneSignal], told: MixedParties?) -> EndingVerdict {
    var verdict = OneChannelEnding(
      leg: leg, signals: signals, frameCount: record.frameCount, duration: frame.duration,
      isTruncated: frame.isTruncated, settings: settings.ending
    ).verdict
    if verdict.ending.kind == .cutOff, let told {
      verdict.ending.cutParty = told.parties.map(\.speech).lastSpeaker(before: .max)
    }
    return verdict
  }
}
