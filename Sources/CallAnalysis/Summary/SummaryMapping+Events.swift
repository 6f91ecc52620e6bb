internal import CallModel

extension SummaryMapping {
  /// Everything that happened, by start time.
  var events: [CallEvent] {
    var events: [CallEvent] = []
    if facts.layout == .separate { events += (facts.turns?.events ?? []).map(event) }
    if let channel = facts.channel {
      events += signals(channel.signals, leg: nil) + music(channel.record.music, leg: nil)
      events += transfers(channel.transfers, leg: nil)
    } else if let parties = facts.parties {
      for party in Party.both { events += signals(parties[party].signals, leg: party) }
      for party in Party.both { events += music(parties[party].record.music, leg: party) }
      for party in Party.both { events += transfers(parties[party].transfers, leg: party) }
    }
    if let parties = facts.parties {
      events += Party.both.compactMap { party in
        parties[party].escalation.map { event($0, by: party) }
      }
    }
    events += deadLegs
    events += facts.fax.map { fax in
      CallEvent(.fax, start: seconds(fax.lowerBound), end: seconds(fax.upperBound))
    }
    events += facts.deadAir.map { gap in
      CallEvent(
        .deadAir, start: seconds(gap.frames.lowerBound), end: seconds(gap.frames.upperBound),
        owner: gap.owner)
    }
    return events.inOrder
  }

  /// Legs that carry nothing more, each to the end of the recording.
  private var deadLegs: [CallEvent] {
    func event(from frame: Int, leg: Party?) -> CallEvent {
      CallEvent(.legDead, start: seconds(frame), end: facts.duration, leg: leg)
    }
    if let channel = facts.channel { return channel.isDead ? [event(from: 0, leg: nil)] : [] }
    return Party.both.compactMap { party in
      facts.parties?[party].deadFrom.map { event(from: $0, leg: party) }
    }
  }

  private func event(_ event: FloorEvent<Party>) -> CallEvent {
    let outcome: CallEvent.Outcome? =
      switch event.kind {
      case .backchannel: nil
      case .successfulInterruption: .successful
      case .failedInterruption: .failed
      }
    return CallEvent(
      outcome == nil ? .backchannel : .interruption, start: Frames.seconds(event.frames.lowerBound),
      end: Frames.seconds(event.frames.upperBound), by: event.by, outcome: outcome,
      confidence: event.confidence)
  }

  private func signals(_ signals: [ToneSignal], leg: Party?) -> [CallEvent] {
    signals.filter { $0.type != .fax }.map {
      CallEvent(
        $0.type, start: seconds($0.frames.lowerBound), end: seconds($0.frames.upperBound),
        kind: $0.isMusic ? .music : $0.type == .hold ? .beep : nil, leg: leg)
    }
  }

  private func transfers(_ transfers: [Transfer], leg: Party?) -> [CallEvent] {
    transfers.map { transfer in
      let voice = transfer.voice
      return CallEvent(
        .transfer, start: seconds(transfer.frames.lowerBound), end: seconds(transfer.frames.upperBound),
        leg: leg, ring: Frames.seconds(transfer.ring), newVoice: Nullable(wrappedValue: voice?.isNew),
        confidence: voice?.isNew == nil ? nil : voice?.confidence, features: voice?.pitchChange.map { [$0] })
    }
  }

  private func music(_ music: [FrameRange], leg: Party?) -> [CallEvent] {
    music.map {
      CallEvent(
        .hold, start: seconds($0.lowerBound), end: seconds($0.upperBound), kind: .music, leg: leg)
    }
  }

  private func event(_ escalation: EscalationFacts, by party: Party) -> CallEvent {
    CallEvent(
      .escalation, start: seconds(escalation.change.start), end: seconds(escalation.change.end), by: party,
      features: escalation.change.features,
      precedingTurn: escalation.precedingTurn.map {
        PrecedingTurn(
          by: $0.speaker, start: seconds($0.frames.lowerBound), end: seconds($0.frames.upperBound))
      })
  }
}

extension [CallEvent] {
  /// By start, then by type and end.
  var inOrder: [CallEvent] {
    sorted { ($0.start, $0.type.rawValue, $0.end) < ($1.start, $1.type.rawValue, $1.end) }
  }
}
