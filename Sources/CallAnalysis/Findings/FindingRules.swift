internal import CallModel

/// What deserves a listener: thresholds over the summary, each finding with its time.
struct FindingRules {
  let settings: AnalysisSettings

  func findings(
    of call: CallSummary, ending: CallEnding, turns: Turns? = nil, legs: [Party: LegRecord] = [:],
    legsAreSame: Bool = false, skewed: TimeRange? = nil
  ) -> [Finding] {
    let rules = settings.findings
    var found: [Finding] = []
    let duration = call.recording.duration
    func add(
      _ code: Finding.Code, _ severity: Finding.Severity, _ range: TimeRange, party: Party? = nil,
      value: Double? = nil, threshold: Double? = nil, _ message: String
    ) {
      found.append(
        Finding(
          code, severity, start: range.start, end: min(range.end, duration), party: party, value: value,
          threshold: threshold, message: message))
    }

    // The ending.
    let end = ending.range
    switch call.ending.kind {
    case .cutOff where call.ending.cutParty == .customer:
      add(
        .customerCutOff, .alert, end, party: .customer,
        "Evidence suggests that the customer was cut off in mid-word.")
      if call.ending.firstLegGone != .customer {
        add(
          .hungUpOnCustomer, .alert, end, party: .agent,
          "Evidence suggests that the call was ended while the customer was speaking.")
      }
    case .cutOff where call.ending.cutParty == .agent:
      add(
        .agentCutOff, .notice, end, party: .agent, "Evidence suggests that the agent was cut off in mid-word."
      )
    case .abandonedOnHold:
      add(
        .abandonedOnHold, .alert, end, party: .customer,
        "Evidence suggests that the customer left while on hold.")
    case .abandonedInQueue:
      add(
        .abandonedInQueue, .alert, end, party: .customer,
        "Evidence suggests that the customer left the queue without an answer.")
    case .systemPrompt:
      add(
        .noHumanAnswered, .alert, end, party: .agent,
        "Evidence suggests that only an announcement answered, and that the line closed after it.")
    case .noConversation:
      add(.noHumanAnswered, .notice, end, "Evidence suggests that no conversation came about.")
    case .voicemail:
      add(
        .voicemail, .notice, end, party: .customer, "Evidence suggests that the caller reached a voicemail.")
    case .truncatedRecording:
      add(.truncatedRecording, .notice, end, "The recording is cut short; the end of the call is not in it.")
    default: break
    }
    if call.recording.status == .truncated, call.ending.kind != .truncatedRecording {
      add(.truncatedRecording, .notice, end, "The file is shorter than its header says.")
    }

    // What happened on the way.
    for event in call.events {
      let length = event.end - event.start
      switch event.type {
      case .deadAir where length >= rules.deadAirS:
        let whose = event.owner.map { "; it was the \($0.rawValue)'s turn" } ?? ""
        add(
          .deadAir, length >= rules.deadAirAlertS ? .alert : .notice, event.range, party: event.owner,
          value: length, threshold: rules.deadAirS, "Nobody is heard for \(whole(length)) s\(whose).")
      case .hold where length >= rules.longHoldS:
        add(
          .longHold, .notice, event.range, party: event.leg, value: length, threshold: rules.longHoldS,
          "On hold for \(whole(length)) s.")
      case .escalation:
        let from = event.precedingTurn?.start ?? event.start
        add(
          .escalation, event.by == .customer ? .alert : .notice,
          TimeRange(from, min(event.end, event.start + 10)),
          party: event.by,
          "Evidence suggests that the \(event.by?.rawValue ?? "speaker") grew agitated: the voice changes against its own beginning."
        )
      default: break
      }
    }
    let cuts = call.events.filter { $0.type == .interruption && $0.by == .agent }
    if let first = cuts.first, cuts.count >= rules.agentInterruptions {
      add(
        .agentInterrupts, .notice, first.range, party: .agent, value: Double(cuts.count),
        threshold: Double(rules.agentInterruptions),
        "The agent starts to speak while the customer is speaking \(cuts.count) times; this is the first.")
    }
    for turn in turns?.turns ?? [] where turn.party == .agent {
      let length = Double(turn.frames.count) / 100
      if length >= rules.monologueS {
        add(
          .agentMonologue, .notice,
          TimeRange(Double(turn.frames.lowerBound) / 100, Double(turn.frames.upperBound) / 100),
          party: .agent,
          value: length, threshold: rules.monologueS, "The agent speaks for \(whole(length)) s in one turn.")
      }
    }
    if let answered = call.opening.answeredAt, answered >= rules.slowAnswerS {
      add(
        .slowAnswer, .notice, TimeRange(0, answered), value: answered, threshold: rules.slowAnswerS,
        "Answered after \(whole(answered)) s.")
    }
    let conversed = ![.noConversation, .systemPrompt, .voicemail, .abandonedInQueue].contains(
      call.ending.kind)
    if conversed, let greeting = call.opening.greeting,
      let first = turns?.turns.first(where: { $0.party == .agent })
    {
      if call.opening.firstSpeaker == .customer && call.opening.answeredAt != nil
        || greeting < rules.greetingS
      {
        add(
          .noGreeting, .notice,
          TimeRange(0, Double(first.frames.upperBound) / 100), party: .agent, value: greeting,
          threshold: rules.greetingS,
          call.opening.firstSpeaker == .customer
            ? "The customer speaks first." : "The agent's first turn lasts \(greeting) s.")
      }
    }

    if call.ending.kind == .natural, let words = call.parties.customer.talkspurts, let last = words.last,
      last.end > (call.parties.agent.talkspurts?.last?.end ?? duration),
      duration - last.end < rules.rushedClosingS
    {
      add(
        .rushedClosing, .notice, TimeRange(max(0, last.start - 5), duration), party: .agent,
        value: duration - last.end, threshold: rules.rushedClosingS,
        "The call ends right after the customer's last word.")
    }

    // The line.
    for party in Party.allCases {
      let summary = call[party]
      guard let leg = legs[party] else { continue }
      let whole = TimeRange(0, duration)
      if summary.line?.oneWay == true {
        add(
          .oneWayAudio, .alert, whole, party: party,
          "Nothing is heard of the \(party.rawValue) while the other party talks.")
      }
      func addPackets(
        _ code: Finding.Code, _ holes: [Hole], perMinute rate: Double?, least: Double, _ text: String
      ) {
        guard let rate, rate >= least, holes.count >= 3, let first = holes.first, let last = holes.last else {
          return
        }
        let span = TimeRange(Double(first.frame) / 100, Double(last.frame) / 100 + 1)
        add(code, .notice, span, party: party, value: rate, threshold: least, text)
      }
      addPackets(
        .dropouts, leg.holes, perMinute: summary.line?.dropoutsPerMinute, least: rules.dropoutsPerMin,
        "The \(party.rawValue)'s voice has \(leg.holes.count) holes.")
      addPackets(
        .concealedLoss, leg.repeats, perMinute: summary.line?.repeatsPerMinute, least: rules.repeatsPerMin,
        "Packets of the \(party.rawValue)'s voice are played again \(leg.repeats.count) times.")
      if let rate = summary.line?.clippingPerMinute, rate >= rules.clippingPerMin {
        add(
          .clipping, .notice, whole, party: party, value: rate, threshold: rules.clippingPerMin,
          "The \(party.rawValue)'s voice is clipped.")
      }
      if let level = summary.level, level < rules.lowLevelDbov {
        add(
          .lowLevel, .notice, whole, party: party, value: level, threshold: rules.lowLevelDbov,
          "The \(party.rawValue) is hard to hear.")
      }
      if let leakage = summary.line?.leakage, leakage > rules.leakageDb {
        add(
          .leakage, .notice, whole, party: party, value: leakage, threshold: rules.leakageDb,
          "The \(party.other.rawValue)'s voice is heard on the \(party.rawValue)'s leg.")
      }
    }
    if let skewed, let skew = call.conversation.legSkew, abs(skew) >= rules.legSkewS {
      let late: Party = skew > 0 ? .customer : .agent
      add(
        .legsOutOfStep, .notice, skewed, party: late, value: abs(skew), threshold: rules.legSkewS,
        "The \(late.rawValue)'s channel seems to be late: who answers whom cannot be trusted.")
    }
    if legsAreSame {
      add(
        .bothChannelsSame, .notice, TimeRange(0, duration),
        "Both channels carry the same sound: the parties share a channel.")
    }
    return found.sorted { ($0.start, $0.code.rawValue) < ($1.start, $1.code.rawValue) }
  }

  private func whole(_ seconds: Double) -> Int { Int(seconds.rounded()) }
}
