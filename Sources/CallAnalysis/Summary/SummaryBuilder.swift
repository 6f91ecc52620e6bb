internal import CallModel
internal import SignalProcessing

/// From what was found on the legs to the summary: roles, times, counts, reasons.
struct SummaryBuilder {
  let record: CallRecord
  let settings: AnalysisSettings
  let recording: Recording
  let analysis: Analysis
  /// The channel of the file that each leg is.
  let legChannels: [Int]

  private var truncated: Bool { recording.status == .truncated }

  func summary(roles wanted: ChannelRoles) -> CallSummary {
    record.legsAreSame ? mixed(wanted) : stereo(wanted)
  }

  // MARK: Two legs

  private func stereo(_ wanted: ChannelRoles) -> CallSummary {
    let unnamed = record.legs.map {
      ToneNames.signals(of: $0.tones, speech: $0.speech, settings: settings.tones)
    }
    let (agentLeg, roles) = RoleEvidence.decide(
      wanted, record: record, signals: unnamed, settings: settings)
    let legOf: [Party: Int] = [.agent: agentLeg, .customer: 1 - agentLeg]
    let legs = legOf.mapValues { record.legs[$0] }
    let signals = legOf.mapValues { unnamed[$0] }
    let speech = legs.mapValues(\.speech)
    let turns = Turns(talkspurts: speech, settings: settings.turns)
    var reasons: [NotMeasured] = []

    let duration = recording.duration
    var events = turns.events
    for party in Party.allCases { events += signalEvents(signals[party] ?? [], leg: party) }
    for party in Party.allCases { events += holdEvents(legs[party]?.music ?? [], leg: party) }
    let dead = deadAir(
      sounds: legs.values.flatMap { sounds(of: $0) } + signals.values.flatMap { $0.map(\.frames) },
      speech: speech.values.flatMap { $0 })
    events += Party.allCases.compactMap { escalation(of: $0, leg: legs[$0] ?? LegRecord(), turns: turns) }
    events += dead.map { gap in
      CallEvent(
        .deadAir, start: seconds(gap.lowerBound), end: seconds(gap.upperBound),
        owner: lastSpeaker(before: gap.lowerBound, speech: speech)?.other)
    }
    events.sort { ($0.start, $0.type.rawValue, $0.end) < ($1.start, $1.type.rawValue, $1.end) }

    let ending = CallEnding(
      legs: legs, signals: signals, duration: duration, frameCount: record.frameCount, truncated: truncated,
      settings: settings.ending)
    let opening = self.opening(legs: legs, signals: signals, turns: turns, reasons: &reasons)

    let talk = speech.mapValues { Double($0.frameTotal) / 100 }
    let total = (talk[.agent] ?? 0) + (talk[.customer] ?? 0)
    var parties: [Party: PartySummary] = [:]
    for party in Party.allCases {
      let leg = legs[party] ?? LegRecord()
      var summary = measures(of: leg, field: "parties.\(party.rawValue)", reasons: &reasons)
      summary.channel = legChannels[legOf[party] ?? 0]
      if total > 0 {
        summary.talkShare = ((talk[party] ?? 0) / total).rounded(decimals: 4)
        summary.talkConfidence = isSensitive(leg, legs[party.other] ?? LegRecord()) ? .low : .high
      } else {
        for name in ["talk_share", "talk_confidence"] {
          reasons.append(NotMeasured(field: "parties.\(party.rawValue).\(name)", reason: "nobody talked"))
        }
      }
      let own = turns.turns.filter { $0.party == party }
      summary.turns = own.count
      summary.longestTurn = (own.map { Double($0.frames.count) / 100 }.max() ?? 0).milliseconds
      summary.responseLatency = Distribution(of: turns.latencies[party] ?? [], decimals: 3)
      let isHeld =
        legs[party.other]?.music.isEmpty == false
        || (signals[party.other] ?? []).contains { $0.type == .hold }
      summary.line?.oneWay = !isHeld && isOneWay(party, talk: talk, speech: speech)
      parties[party] = summary
    }

    let union = (speech[.agent] ?? []).union(speech[.customer] ?? [])
    let overlap = (speech[.agent] ?? []).intersection(speech[.customer] ?? [])
    func count(_ type: CallEvent.Kind) -> CountByParty {
      let of = { (party: Party) in events.count { $0.type == type && $0.by == party } }
      return CountByParty(agent: of(.agent), customer: of(.customer))
    }
    let skew = LegSkew(
      agent: speech[.agent] ?? [], customer: speech[.customer] ?? [], frameCount: record.frameCount,
      settings: settings.line)
    if skew.lag == nil {
      reasons.append(
        NotMeasured(
          field: "conversation.leg_skew_s",
          reason: "no minute in which both parties talk for \(settings.line.skewTalkS) s"))
    }
    let conversation = Conversation(
      speech: (Double(union.frameTotal) / 100).milliseconds,
      overlap: (Double(overlap.frameTotal) / 100).milliseconds, mutualSilence: mutualSilence(union),
      floorTransfer: Distribution(
        of: FloorState.all(in: speech).compactMap(\.transfer).map { Double($0) / 100 }, decimals: 3),
      legSkew: skew.lag?.milliseconds,
      deadAirCounts: deadAirCounts(
        legs: Array(legs.values), signals: signals.values.flatMap { $0 }, union: union),
      deadAir: sum(of: .deadAir, in: events),
      hold: hold(legs.values.flatMap(\.music), signals: signals.values.flatMap { $0 }),
      interruptions: count(.interruption), backchannels: count(.backchannel))

    var summary = CallSummary(
      recording: recording, analysis: analysis, roles: roles,
      parties: Parties(
        agent: parties[.agent] ?? PartySummary(), customer: parties[.customer] ?? PartySummary()),
      mixed: nil, conversation: conversation, opening: opening, ending: ending.ending, events: events,
      findings: [], notMeasured: reasons)
    summary.findings = FindingRules(settings: settings).findings(
      of: summary, ending: ending, turns: turns, legs: legs, skewed: skew.range)
    return summary
  }

  // MARK: One channel with both parties

  private func mixed(_ wanted: ChannelRoles) -> CallSummary {
    let leg = record.legs[0]
    let same = record.legs.count == 2
    let signals = ToneNames.signals(of: leg.tones, speech: leg.speech, settings: settings.tones)
    let separation = VoiceSeparation(leg.segments, settings: settings.voices)
    let told =
      separation.count == .two
      ? MixedParties(separation, leg: leg, signals: signals, wanted: wanted, settings: settings) : nil
    var reasons: [NotMeasured] = []
    var events = signalEvents(signals, leg: nil) + holdEvents(leg.music, leg: nil)
    if let told {
      events += Party.allCases.compactMap {
        escalation(of: $0, leg: told.legs[$0] ?? LegRecord(), turns: told.turns)
      }
    }
    let dead = deadAir(sounds: sounds(of: leg) + signals.map(\.frames), speech: leg.speech)
    events += dead.map { gap in
      CallEvent(
        .deadAir, start: seconds(gap.lowerBound), end: seconds(gap.upperBound),
        owner: told.flatMap { lastSpeaker(before: gap.lowerBound, speech: $0.speech)?.other })
    }
    events.sort { ($0.start, $0.type.rawValue, $0.end) < ($1.start, $1.type.rawValue, $1.end) }

    var all = measures(of: leg, field: "mixed", reasons: &reasons)
    all.channel = legChannels[0]
    let reason = same ? "both channels carry the same sound" : "one channel carries both parties"
    let ofParties =
      told == nil
      ? PartySummary.CodingKeys.allCases.map(\.rawValue)
      : ["noise_dbov", "line.one_way", "line.leakage_db"]
    let ofTalk = [
      "opening.first_speaker", "opening.greeting_s", "opening.greeting_latency_s", "ending.cut_party",
    ]
    let ofBoth = [
      "conversation.overlap_s", "conversation.floor_transfer_s", "conversation.leg_skew_s",
      "conversation.interruptions.agent",
      "conversation.interruptions.customer", "conversation.backchannels.agent",
      "conversation.backchannels.customer", "ending.first_leg_gone", "mixed.talk_share",
      "mixed.talk_confidence", "mixed.turns", "mixed.longest_turn_s", "mixed.response_latency_s",
      "mixed.line.one_way", "mixed.line.leakage_db",
    ]
    let why =
      switch separation.count {
      case .none: "no voice is heard for long enough"
      case .one: "only one voice is heard, and whose it is is not known"
      case .two: reason
      case .more: "more than two voices are heard on one channel"
      }
    for field in Party.allCases.flatMap({ party in ofParties.map { "parties.\(party.rawValue).\($0)" } }) {
      reasons.append(NotMeasured(field: field, reason: why))
    }
    for field in told == nil ? ofTalk : [] { reasons.append(NotMeasured(field: field, reason: why)) }
    for field in ofBoth { reasons.append(NotMeasured(field: field, reason: reason)) }

    var ending = MixedEnding.judge(
      leg: leg, signals: signals, duration: recording.duration, frameCount: record.frameCount,
      truncated: truncated, settings: settings.ending)
    if ending.ending.kind == .cutOff, let told {
      ending.ending.cutParty = lastSpeaker(before: .max, speech: told.speech)
    }
    let opening =
      told.map { told in
        self.opening(
          legs: told.legs, signals: [.agent: signals], turns: told.turns, answers: sounds(of: leg),
          reasons: &reasons)
      } ?? ringing(signals, sounds: sounds(of: leg), reasons: &reasons)
    var summary = CallSummary(
      recording: recording, analysis: analysis,
      roles: told?.roles ?? Roles(source: .assumed, confidence: 0),
      parties: Parties(
        agent: told.map { party(.agent, of: $0, separation: separation, reasons: &reasons) }
          ?? PartySummary(),
        customer: told.map { party(.customer, of: $0, separation: separation, reasons: &reasons) }
          ?? PartySummary()),
      mixed: all,
      separation: Separation(
        voices: separation.count.rawValue, confidence: told == nil ? nil : separation.confidence),
      conversation: Conversation(
        speech: (Double(leg.speech.frameTotal) / 100).milliseconds, overlap: nil,
        mutualSilence: mutualSilence(leg.speech),
        deadAirCounts: deadAirCounts(legs: [leg], signals: signals, union: leg.speech),
        deadAir: sum(of: .deadAir, in: events), hold: hold(leg.music, signals: signals),
        interruptions: CountByParty(agent: nil, customer: nil),
        backchannels: CountByParty(agent: nil, customer: nil)),
      opening: opening, ending: ending.ending, events: events, findings: [], notMeasured: reasons)
    summary.findings = FindingRules(settings: settings).findings(
      of: summary, ending: ending, turns: told?.turns, legs: told?.legs ?? [:], legsAreSame: same)
    return summary
  }

  /// What is measured of a party whose voice was told apart.
  private func party(
    _ party: Party, of told: MixedParties, separation: VoiceSeparation, reasons: inout [NotMeasured]
  ) -> PartySummary {
    var others: [NotMeasured] = []
    var summary = measures(
      of: told.legs[party] ?? LegRecord(), field: "parties.\(party.rawValue)", reasons: &others)
    // Noise and leakage have their reason already.
    reasons += others.filter { item in !reasons.contains { $0.field == item.field } }
    summary.channel = legChannels[0]
    let talk = told.speech.mapValues(\.frameTotal)
    let total = talk.values.reduce(0, +)
    summary.talkShare =
      total > 0 ? (Double(talk[party] ?? 0) / Double(total)).rounded(decimals: 4) : nil
    summary.talkConfidence = separation.confidence >= settings.voices.trustedConfidence ? .high : .low
    let own = told.turns.turns.filter { $0.party == party }
    summary.turns = own.count
    summary.longestTurn = (own.map { Double($0.frames.count) / 100 }.max() ?? 0).milliseconds
    summary.responseLatency = Distribution(of: told.turns.latencies[party] ?? [], decimals: 3)
    return summary
  }

  // MARK: Parts

  private func seconds(_ frame: Int) -> Double { min(Double(frame) / 100, recording.duration) }

  private func sounds(of leg: LegRecord) -> [FrameRange] { leg.speech + leg.music + leg.tones.map(\.frames) }

  /// What is measured of a leg alone.
  private func measures(of leg: LegRecord, field: String, reasons: inout [NotMeasured]) -> PartySummary {
    var summary = PartySummary()
    func missing(_ name: String, _ reason: String) {
      reasons.append(NotMeasured(field: "\(field).\(name)", reason: reason))
    }
    let talk = Double(leg.speech.frameTotal) / 100
    summary.talk = talk.milliseconds
    summary.talkRatio = recording.duration > 0 ? (talk / recording.duration).rounded(decimals: 4) : nil
    if summary.talkRatio == nil { missing("talk_ratio", "the recording has no duration") }
    summary.talkspurts = leg.speech.map {
      TimeRange(seconds($0.lowerBound).milliseconds, seconds($0.upperBound).milliseconds)
    }
    if talk >= settings.voice.levelMinimumS, let level = leg.speechLevel.level {
      summary.level = level.rounded(decimals: 1)
    } else {
      missing("level_dbov", "less than \(settings.voice.levelMinimumS) s of speech")
    }
    summary.noise = noise(of: leg)
    if summary.noise == nil {
      missing("noise_dbov", "the line is digitally silent outside speech, or speech leaves it no time")
    }
    summary.pitch = pitch(of: leg)
    if summary.pitch == nil {
      missing("pitch_hz", "less than \(settings.voice.pitchMinimumS) s of voiced speech")
    }
    let syllables = leg.talkspurts.reduce(0) { $0 + $1.syllables }
    if talk >= settings.voice.paceMinimumS {
      summary.pace = (Double(syllables) / talk).rounded(decimals: 2)
    } else {
      missing("pace_syllables_per_s", "less than \(settings.voice.paceMinimumS) s of speech")
    }
    let minutes = talk / 60
    let enough = talk >= settings.voice.levelMinimumS
    summary.line = LineQuality(
      clippingPerMinute: enough ? (Double(leg.clippedRuns) / minutes).rounded(decimals: 1) : nil,
      dropoutsPerMinute: enough ? (Double(leg.holes.count) / minutes).rounded(decimals: 1) : nil,
      repeatsPerMinute: enough ? (Double(leg.repeats.count) / minutes).rounded(decimals: 1) : nil,
      dropoutLength: Distribution(of: leg.holes.map { $0.length / 1000 }, decimals: 3),
      repeatLength: Distribution(of: leg.repeats.map { $0.length / 1000 }, decimals: 3),
      oneWay: nil,
      leakage: leg.leakage.isEmpty
        ? nil : Double(leg.leakage.reduce(0, +) / Float(leg.leakage.count)).rounded(decimals: 1))
    if !enough {
      missing("line.clipping_per_min", "less than \(settings.voice.levelMinimumS) s of speech")
      missing("line.dropouts_per_min", "less than \(settings.voice.levelMinimumS) s of speech")
      missing("line.repeats_per_min", "less than \(settings.voice.levelMinimumS) s of speech")
    }
    if leg.leakage.isEmpty, !record.legsAreSame {
      missing("line.leakage_db", "the other party's voice was not found on this leg")
    }
    return summary
  }

  /// Whether a party's share of talk hangs on the threshold of either leg's speech.
  private func isSensitive(_ leg: LegRecord, _ other: LegRecord) -> Bool {
    func share(_ mine: Int, _ theirs: Int) -> Double {
      mine + theirs > 0 ? Double(mine) / Double(mine + theirs) : 0
    }
    let now = share(leg.speech.frameTotal, other.speech.frameTotal)
    let moved = [
      share(leg.strictFrames, other.speech.frameTotal), share(leg.lenientFrames, other.speech.frameTotal),
      share(leg.speech.frameTotal, other.strictFrames), share(leg.speech.frameTotal, other.lenientFrames),
    ]
    return moved.contains { abs($0 - now) > settings.activity.sensitivityShare }
  }

  /// The median level of the line's noise; nil for less than half a second of it.
  private func noise(of leg: LegRecord) -> Double? {
    guard leg.noise.total >= frames(s: settings.voice.noiseMinimumS) else { return nil }
    return leg.noise.value(rank: (leg.noise.total - 1) / 2).map { Double($0).rounded(decimals: 1) }
  }

  /// Percentiles of the pitch histogram.
  private func pitch(of leg: LegRecord) -> Percentiles? {
    let total = leg.pitches.reduce(0, +)
    guard Double(total) * 0.02 >= settings.voice.pitchMinimumS else { return nil }
    func percentile(_ q: Double) -> Double {
      let rank = q * Double(total)
      var seen = 0
      for (bin, count) in leg.pitches.enumerated() {
        seen += count
        if Double(seen) >= rank { return (50 * power2(Double(bin) / 48)).rounded(decimals: 1) }
      }
      return 0
    }
    return Percentiles(median: percentile(0.5), p10: percentile(0.1), p90: percentile(0.9))
  }

  private func signalEvents(_ signals: [ToneSignal], leg: Party?) -> [CallEvent] {
    signals.map {
      CallEvent(
        $0.type, start: seconds($0.frames.lowerBound), end: seconds($0.frames.upperBound),
        kind: $0.type == .hold ? .beep : nil, leg: leg)
    }
  }

  private func escalation(of party: Party, leg: LegRecord, turns: Turns) -> CallEvent? {
    guard let change = Escalation(talkspurts: leg.talkspurts, settings: settings.escalation) else {
      return nil
    }
    let turn = turns.turns.last { $0.party == party.other && $0.frames.lowerBound < change.start }
    return CallEvent(
      .escalation, start: seconds(change.start), end: seconds(change.end), by: party,
      features: change.features,
      precedingTurn: turn.map {
        PrecedingTurn(by: $0.party, start: seconds($0.frames.lowerBound), end: seconds($0.frames.upperBound))
      })
  }

  private func holdEvents(_ music: [FrameRange], leg: Party?) -> [CallEvent] {
    music.map {
      CallEvent(
        .hold, start: seconds($0.lowerBound), end: seconds($0.upperBound), kind: .music, leg: leg)
    }
  }

  private func sum(of type: CallEvent.Kind, in events: [CallEvent]) -> Double {
    events.reduce(0) { $0 + ($1.type == type ? $1.end - $1.start : 0) }.milliseconds
  }

  /// Time on hold: music or beeps on both legs at once count once.
  private func hold(_ music: [FrameRange], signals: [ToneSignal]) -> Double {
    let beeps = signals.filter { $0.type == .hold }.map(\.frames)
    let union = (music + beeps).sorted { $0.lowerBound < $1.lowerBound }.bridged(gap: 1)
    return (Double(union.frameTotal) / 100).milliseconds
  }

  private func deadAir(sounds: [FrameRange], speech: [FrameRange], minimum: Double? = nil) -> [FrameRange] {
    guard let first = speech.map(\.lowerBound).min() else { return [] }
    return DeadAir.gaps(
      between: sounds.sorted { $0.lowerBound < $1.lowerBound }, from: first, to: record.frameCount,
      minimum: frames(s: minimum ?? settings.deadAir.minimumS))
  }

  private func deadAirCounts(legs: [LegRecord], signals: [ToneSignal], union: [FrameRange]) -> [String: Int] {
    let all = deadAir(
      sounds: legs.flatMap { sounds(of: $0) } + signals.map(\.frames), speech: union, minimum: 3)
    var counts: [String: Int] = [:]
    for least in [3, 5, 10, 15, 30] { counts["\(least)"] = all.count { $0.count >= least * 100 } }
    return counts
  }

  private func mutualSilence(_ union: [FrameRange]) -> Double {
    guard let first = union.first, let last = union.last else { return 0 }
    return (Double(last.upperBound - first.lowerBound - union.frameTotal) / 100).milliseconds
  }

  private func lastSpeaker(before frame: Int, speech: [Party: [FrameRange]]) -> Party? {
    Party.allCases.compactMap { party in
      speech[party]?.last { $0.upperBound <= frame }.map { (party, $0.upperBound) }
    }.max { $0.1 < $1.1 }?.0
  }

  /// Whether this party's leg stayed silent while the other talked for long and waited for answers. Who is held, as
  /// in a queue with announcements, is not asked to answer.
  private func isOneWay(_ party: Party, talk: [Party: Double], speech: [Party: [FrameRange]]) -> Bool {
    let attempts = (speech[party.other] ?? []).bridged(gap: frames(s: settings.ending.waitS))
    return (talk[party] ?? 0) < settings.ending.conversationMinimumS
      && (talk[party.other] ?? 0) >= settings.line.oneWayTalkS
      && attempts.count >= settings.line.oneWayStretches
  }

  private func answer(after frame: Int, sounds: [FrameRange]) -> Double? {
    sounds.filter { $0.lowerBound >= frame && $0.count >= 12 }.map(\.lowerBound).min().map {
      seconds($0).milliseconds
    }
  }

  /// The rings of a leg and the answer that follows them.
  private func ringing(_ signals: [ToneSignal], sounds: [FrameRange], reasons: inout [NotMeasured]) -> Opening
  {
    let rings = signals.filter { $0.type == .ringback }
    var opening = Opening(ringCount: rings.reduce(0) { $0 + $1.count })
    guard let first = rings.first, let last = rings.last else {
      for field in ["opening.ring_s", "opening.answered_at_s"] {
        reasons.append(
          NotMeasured(field: field, reason: "no ring is heard: the recording may begin at the answer"))
      }
      return opening
    }
    opening.ring = (Double(last.frames.upperBound - first.frames.lowerBound) / 100).milliseconds
    opening.answeredAt = answer(after: last.frames.upperBound, sounds: sounds)
    if opening.answeredAt == nil {
      reasons.append(NotMeasured(field: "opening.answered_at_s", reason: "nothing is heard after the ring"))
    }
    return opening
  }

  private func opening(
    legs: [Party: LegRecord], signals: [Party: [ToneSignal]], turns: Turns, answers: [FrameRange]? = nil,
    reasons: inout [NotMeasured]
  ) -> Opening {
    let party = Party.allCases.max {
      (signals[$0] ?? []).count { $0.type == .ringback } < (signals[$1] ?? []).count { $0.type == .ringback }
    }
    var opening = ringing(
      party.flatMap { signals[$0] } ?? [],
      sounds: answers ?? sounds(of: party.flatMap { legs[$0] } ?? LegRecord()), reasons: &reasons)
    opening.firstSpeaker = turns.turns.first?.party
    if opening.firstSpeaker == nil {
      reasons.append(NotMeasured(field: "opening.first_speaker", reason: "nobody talked"))
    }
    if let greeting = turns.turns.first(where: { $0.party == .agent }) {
      opening.greeting = (Double(greeting.frames.count) / 100).milliseconds
      opening.greetingLatency = opening.answeredAt.map {
        max(0, seconds(greeting.frames.lowerBound) - $0).milliseconds
      }
    } else {
      reasons.append(NotMeasured(field: "opening.greeting_s", reason: "the agent did not talk"))
    }
    if opening.greetingLatency == nil {
      reasons.append(
        NotMeasured(
          field: "opening.greeting_latency_s",
          reason: opening.greeting == nil ? "the agent did not talk" : "when the call was answered is unknown"
        ))
    }
    return opening
  }
}
