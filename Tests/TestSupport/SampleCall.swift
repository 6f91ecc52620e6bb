public import CallModel

extension CallSummary {
  /// A made-up call in which every figure is known, and no two of them by the same number. Another path is another
  /// content, unless `sha256` says otherwise.
  public static func sample(
    _ path: RecordingPath = RecordingPath("/share/call.wav"), startedAt: String? = nil,
    sha256: String? = nil, findings: [Finding] = [],
    ending: Ending.Kind = .natural, analysis: Analysis = Analysis(version: "1", settingsHash: "a")
  ) -> CallSummary {
    CallSummary(
      recording: Recording(
        path: path, bytes: 4_000, sha256: sha256 ?? path.bytes.map { String($0, radix: 16) }.joined(),
        container: "WAV", encoding: "ULAW", sampleRate: 8000,
        channels: 2,
        duration: 245.38, status: .ok, startedAt: startedAt),
      analysis: analysis, roles: Roles(source: .given, confidence: 1),
      parties: Parties(agent: .sample(channel: 0, 100), customer: .sample(channel: 1, 200)), mixed: nil,
      conversation: Conversation(
        speech: 150.5, overlap: 4.25, mutualSilence: 31.125,
        deadAirCounts: ["3": 5, "5": 4, "10": 3, "15": 2, "30": 1], deadAir: 12.5, hold: 45,
        interruptions: CountByParty(agent: 6, customer: 7), backchannels: CountByParty(agent: 8, customer: 9)),
      opening: Opening(
        ringCount: 2, ring: 6.5, answeredAt: 7.25, firstSpeaker: .agent, greeting: 3.5, greetingLatency: 0.75),
      ending: Ending(
        kind: ending, abrupt: true, cutParty: .customer, firstLegGone: .agent, confidence: 0.85,
        evidence: ["the leg fell silent in mid-word"]),
      events: [
        CallEvent(.interruption, start: 10, end: 11.5, by: .agent, outcome: .successful, confidence: 0.9),
        CallEvent(.hold, start: 60, end: 105, kind: .music, leg: .agent),
      ],
      findings: findings, notMeasured: [],
      metadata: startedAt.map { CallMetadata(fields: [.startedAt: .init($0, from: .name)]) })
  }
}

extension PartySummary {
  static func sample(channel: Int, _ base: Double) -> PartySummary {
    var party = PartySummary()
    party.channel = channel
    party.talk = base + 1
    party.talkShare = base / 300
    party.talkRatio = base / 400
    party.turns = Int(base) + 2
    party.longestTurn = base + 3
    party.talkspurts = [TimeRange(0, 1.25), TimeRange(1.6, 4.02)]
    party.responseLatency = Distribution(of: [base / 1000], decimals: 3)
    party.level = -base / 10
    party.noise = -base / 5
    party.pitch = Percentiles(median: base + 4, p10: base, p90: base + 8)
    party.pace = base / 50
    party.line = LineQuality(
      clippingPerMinute: base / 90, dropoutsPerMinute: base / 80, oneWay: channel == 1, leakage: -base / 7)
    return party
  }
}
