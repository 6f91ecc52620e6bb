internal import CallModel
internal import SignalProcessing

extension SummaryMapping {
  /// The measures of both parties; nothing but nil where they cannot be told apart.
  func parties(_ reasons: inout Reasons) -> Parties {
    guard let parties = facts.parties else { return Parties(agent: PartySummary(), customer: PartySummary()) }
    let talk = parties.map { $0.record.speech.frameTotal }
    let total = talk.agent + talk.customer
    let summaries = ByParty { party in
      let field = "parties.\(party.rawValue)"
      let own = parties[party]
      var summary = measures(of: own.record, field: field, &reasons)
      summary.channel = own.channel
      if total > 0 {
        summary.talkShare = (Double(talk[party]) / Double(total)).rounded(decimals: 4)
        summary.talkConfidence = own.talkConfidence
      } else {
        reasons.add("\(field).talk_share", "nobody talked")
        reasons.add("\(field).talk_confidence", "nobody talked")
      }
      let turns = facts.turns?.turns(of: party) ?? []
      summary.turns = turns.count
      summary.longestTurn = Frames.seconds(turns.map(\.count).max() ?? 0).milliseconds
      summary.responseLatency = Distribution(
        of: (facts.turns?.latencies[party] ?? []).map(Frames.seconds), decimals: 3)
      summary.line?.oneWay = own.isOneWay
      return summary
    }
    return Parties(agent: summaries.agent, customer: summaries.customer)
  }

  /// The measures of the channel that carries both parties.
  func channel(_ channel: ChannelFacts, _ reasons: inout Reasons) -> PartySummary {
    var summary = measures(of: channel.record, field: "mixed", &reasons)
    summary.channel = channel.channel
    return summary
  }

  /// What is measured of a leg, or of a voice, alone.
  private func measures(of leg: LegRecord, field: String, _ reasons: inout Reasons) -> PartySummary {
    let rules = settings.voice
    let talk = Frames.seconds(leg.speech.frameTotal)
    var summary = PartySummary()
    summary.talk = talk.milliseconds
    summary.talkRatio = reasons.value(
      facts.duration > 0 ? (talk / facts.duration).rounded(decimals: 4) : nil, "\(field).talk_ratio",
      else: "the recording has no duration")
    summary.talkspurts = leg.speech.map {
      TimeRange(seconds($0.lowerBound).milliseconds, seconds($0.upperBound).milliseconds)
    }
    summary.level = reasons.value(
      talk >= rules.levelMinimumS ? leg.speechLevel.level?.rounded(decimals: 1) : nil,
      "\(field).level_dbov", else: "less than \(rules.levelMinimumS) s of speech")
    summary.noise = reasons.value(
      noise(of: leg), "\(field).noise_dbov",
      else: "the line is digitally silent outside speech, or speech leaves it no time")
    summary.pitch = reasons.value(
      pitch(of: leg), "\(field).pitch_hz", else: "less than \(rules.pitchMinimumS) s of voiced speech")
    let syllables = leg.talkspurts.reduce(0) { $0 + $1.syllables }
    summary.pace = reasons.value(
      talk >= rules.paceMinimumS ? (Double(syllables) / talk).rounded(decimals: 2) : nil,
      "\(field).pace_syllables_per_s", else: "less than \(rules.paceMinimumS) s of speech")
    summary.line = line(of: leg, talk: talk, field: "\(field).line", &reasons)
    return summary
  }

  /// The quality of the line of a leg; rates need some speech.
  private func line(
    of leg: LegRecord, talk: Seconds, field: String, _ reasons: inout Reasons
  ) -> LineQuality {
    let minimum = settings.voice.levelMinimumS
    func rate(_ count: Int, _ name: String) -> Double? {
      reasons.value(
        talk >= minimum ? (Double(count) / (talk / 60)).rounded(decimals: 1) : nil, "\(field).\(name)",
        else: "less than \(minimum) s of speech")
    }
    let leakage = leg.leakage.reduce(0, +) / Float(max(1, leg.leakage.count))
    var line = LineQuality(
      clippingPerMinute: rate(leg.clippedRuns, "clipping_per_min"),
      dropoutsPerMinute: rate(leg.holes.count, "dropouts_per_min"),
      repeatsPerMinute: rate(leg.repeats.count, "repeats_per_min"),
      dropoutLength: Distribution(of: leg.holes.map { $0.length / 1000 }, decimals: 3),
      repeatLength: Distribution(of: leg.repeats.map { $0.length / 1000 }, decimals: 3), oneWay: nil,
      leakage: leg.leakage.isEmpty ? nil : Double(leakage).rounded(decimals: 1))
    line.dropoutSpan = span(of: leg.holes)
    line.repeatSpan = span(of: leg.repeats)
    if isLossy { leaveOutLostPackets(&line, field: field, &reasons) }
    if facts.channel == nil, leg.leakage.isEmpty {
      reasons.add("\(field).leakage_db", "the other party's voice was not found on this leg")
    }
    return line
  }

  /// MP3, Vorbis and Opus smear the edges of holes, so that none is found where there are many (our measurement: F1 of
  /// dropouts falls from 1 to 0 through MP3 at 32 kbit/s).
  private func leaveOutLostPackets(_ line: inout LineQuality, field: String, _ reasons: inout Reasons) {
    (line.dropoutsPerMinute, line.dropoutLength, line.dropoutSpan) = (nil, nil, nil)
    (line.repeatsPerMinute, line.repeatLength, line.repeatSpan) = (nil, nil, nil)
    for name in ["dropouts_per_min", "dropout_length_s", "repeats_per_min", "repeat_length_s"] {
      reasons.add("\(field).\(name)", "a lossy codec wrote the recording, which hides lost packets")
    }
  }

  /// From the first to a second after the last of some holes; nil without any.
  private func span(of holes: [Hole]) -> TimeRange? {
    guard let first = holes.first, let last = holes.last else { return nil }
    return TimeRange(
      seconds(first.frame).milliseconds, min(Frames.seconds(last.frame) + 1, facts.duration).milliseconds)
  }

  /// The median level of the line's noise, in dBov; nil where too little of it is heard.
  private func noise(of leg: LegRecord) -> Double? {
    guard leg.noise.total >= Frames.count(seconds: settings.voice.noiseMinimumS) else { return nil }
    return leg.noise.value(rank: (leg.noise.total - 1) / 2).map { Double($0).rounded(decimals: 1) }
  }

  /// Percentiles of the pitch; nil where too little speech is voiced.
  private func pitch(of leg: LegRecord) -> Percentiles? {
    let voiced = Frames.seconds(leg.pitches.total * Frames.perStep)
    guard voiced >= settings.voice.pitchMinimumS else { return nil }
    func percentile(_ q: Double) -> Double { leg.pitches.percentile(q).rounded(decimals: 1) }
    return Percentiles(median: percentile(0.5), p10: percentile(0.1), p90: percentile(0.9))
  }
}
