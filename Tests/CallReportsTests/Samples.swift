import CallModel

/// Made-up calls, so that reports can be tested without any audio.
enum Sample {
  /// A call that went badly: rung, held, interrupted, silent, and the customer cut off at the end.
  static var badCall: CallSummary { stereo(duration: 245.38) }

  /// The bad call stretched or squeezed to last `duration` seconds.
  static func stereo(duration: Double, path: String = "calls/2026-03-04/8123.wav") -> CallSummary {
    let scale = duration / 245.38
    func at(_ seconds: Double) -> Double { seconds * scale }
    func party(_ channel: Int, _ spurts: [(Double, Double)]) -> PartySummary {
      var party = PartySummary()
      party.channel = channel
      party.talkspurts = spurts.map { TimeRange(at($0.0).milliseconds, at($0.1).milliseconds) }
      party.talk = party.talkspurts!.reduce(0) { $0 + $1.duration }.milliseconds
      party.talkRatio = (party.talk! / duration).milliseconds
      party.turns = spurts.count
      party.longestTurn = party.talkspurts!.map(\.duration).max()?.milliseconds
      party.level = channel == 0 ? -21.3 : -26.1
      party.noise = channel == 0 ? nil : -58
      party.line = LineQuality(
        clippingPerMinute: 0, dropoutsPerMinute: channel == 0 ? 0 : 3.25, oneWay: false,
        leakage: channel == 0 ? nil : -24.4)
      return party
    }
    var agent = party(
      0, [(12.4, 16.5), (25.1, 41.8), (48, 52.6), (55.2, 69.3), (121, 131.9), (133, 151.4), (190.7, 214.2)])
    var customer = party(1, [(17.2, 24.6), (36.9, 48.3), (52.9, 54), (152, 171.3), (214.5, 236.1)])
    let both = agent.talk! + customer.talk!
    agent.talkShare = (agent.talk! / both).milliseconds
    customer.talkShare = (customer.talk! / both).milliseconds
    agent.responseLatency = Distribution(of: [0.4, 0.5, 1.2], decimals: 3)
    customer.responseLatency = Distribution(of: [-0.2, 0.3], decimals: 3)
    agent.pitch = Percentiles(median: 118, p10: 96, p90: 151)
    let cut = "Evidence suggests that the customer was cut off in mid-word."
    return CallSummary(
      recording: Recording(
        path: RecordingPath(path), bytes: 3_926_124, sha256: String(repeating: "ab", count: 32),
        container: "WAV",
        encoding: "ULAW", sampleRate: 8000, channels: 2, duration: duration, status: .ok,
        startedAt: "2026-03-04T14:32:10+01:00"),
      analysis: Analysis(version: "0.1.0", settingsHash: "0123456789ab"),
      roles: Roles(source: .assumed, confidence: 0.5),
      parties: Parties(agent: agent, customer: customer), mixed: nil,
      conversation: Conversation(
        speech: both - at(4.9), overlap: at(4.9), mutualSilence: at(70.3),
        deadAirCounts: ["3": 1, "5": 1, "10": 1, "15": 1, "30": 0], deadAir: at(19.4), hold: at(50),
        interruptions: CountByParty(agent: 0, customer: 1), backchannels: CountByParty(agent: 0, customer: 1)),
      opening: Opening(
        ringCount: 3, ring: at(11.2), answeredAt: at(12.1), firstSpeaker: .agent, greeting: at(4.1),
        greetingLatency: at(0.3)),
      ending: Ending(
        kind: .cutOff, abrupt: true, cutParty: .customer, firstLegGone: .agent, confidence: 0.85,
        evidence: ["the customer's last word stops within 10 ms", "a busy tone follows on the agent's leg"]),
      events: [
        CallEvent(.ringback, start: at(1), end: at(12.2), leg: .agent),
        CallEvent(
          .interruption, start: at(36.9), end: at(48.3), by: .customer, outcome: .successful, confidence: 0.9),
        CallEvent(.backchannel, start: at(52.9), end: at(54), by: .customer),
        CallEvent(.hold, start: at(70), end: at(120), kind: .music, leg: .agent),
        CallEvent(.deadAir, start: at(171.3), end: at(190.7), owner: .agent),
        CallEvent(.escalation, start: at(214.5), end: at(236.1), by: .customer, confidence: 0.7),
        CallEvent(.busyTone, start: at(236.2), end: at(245.3), leg: .agent),
      ],
      findings: [
        Finding(
          .deadAir, .notice, start: at(171.3), end: at(190.7), party: .agent, value: 19.4, threshold: 10,
          message: "Nobody spoke for 19 s; it was the agent's turn."),
        Finding(.customerCutOff, .alert, start: at(226.1), end: at(236.1), party: .customer, message: cut),
      ],
      notMeasured: [NotMeasured(field: "parties.agent.noise_dbov", reason: "the pauses are digital silence")])
  }

  /// One channel with both parties, whom nothing tells apart.
  static var mono: CallSummary {
    var call = stereo(duration: 62.5, path: "calls/mono.gsm.wav")
    var mixed = PartySummary()
    mixed.channel = 0
    mixed.talkspurts = [TimeRange(0.3, 14.25), TimeRange(15, 40.1), TimeRange(47.5, 61)]
    mixed.talk = 52.55
    mixed.talkRatio = 0.841
    mixed.level = -24
    mixed.noise = -55.5
    call.mixed = mixed
    call.parties = Parties(agent: PartySummary(), customer: PartySummary())
    call.recording.channels = 1
    call.recording.encoding = "GSM610"
    call.recording.startedAt = nil
    call.recording.status = .truncated
    call.roles = Roles(source: .assumed, confidence: 0)
    call.conversation = Conversation(
      speech: 52.55, overlap: nil, mutualSilence: 8.15, deadAirCounts: ["5": 1], deadAir: 7.4, hold: 0,
      interruptions: CountByParty(agent: nil, customer: nil),
      backchannels: CountByParty(agent: nil, customer: nil))
    call.opening = Opening()
    call.ending = Ending(kind: .truncatedRecording, abrupt: false, confidence: 0.6, evidence: [])
    call.events = [CallEvent(.deadAir, start: 40.1, end: 47.5)]
    call.findings = []
    call.notMeasured = ["talk_s", "turns", "level_dbov"].flatMap { figure in
      Party.allCases.map {
        NotMeasured(field: "parties.\($0.rawValue).\(figure)", reason: "one channel carries both parties")
      }
    }
    return call
  }

  /// A recording that could not be analysed.
  static let failure = CallFailure(
    path: RecordingPath("calls/note.wav"), code: .notAudio,
    message: "This is text, not a sound file; remove it or check what the recorder writes.")
}
