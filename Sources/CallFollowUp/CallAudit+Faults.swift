import CallModel

extension CallAudit {
  /// What is wrong with a recording by its record, a kind at most once, each with a sentence.
  static func faults(of audited: AuditedCall) -> [(kind: Kind, message: String)] {
    var faults: [(kind: Kind, message: String)] = []
    if !audited.hasRecord, audited.expectsRecord {
      faults.append((.noRecord, "No record of the exchange is of this recording."))
    }
    if let message = oneSide(audited) { faults.append((.oneSide, message)) }
    if let message = nobodyHeard(audited) { faults.append((.nobodyHeard, message)) }
    if let message = swappedRoles(audited) { faults.append((.swappedRoles, message)) }
    for (kind, fields) in conflicting {
      if let conflict = audited.conflicts.first(where: { fields.contains($0.field) }) {
        faults.append((kind, conflict.message))
      }
    }
    return faults
  }

  /// The kinds that are conflicts between a record and the sound, with the fields of those.
  private static let conflicting: [(Kind, Set<CallMetadata.Field>)] = [
    (.conversationHeard, [.disposition]), (.hungUp, [.endedBy]), (.duration, [.duration, .talk]),
  ]

  /// Why one side alone is recorded; nil where both are.
  private static func oneSide(_ audited: AuditedCall) -> String? {
    if let conflict = audited.conflicts.first(where: { $0.field == .channels }) { return conflict.message }
    if let deadLeg = audited.deadLeg { return deadLeg }
    guard audited.channels == 1, let ending = legEnding(audited) else { return nil }
    let other = ending == "-in" ? "-out" : "-in"
    return "The recording is one leg (\(ending)); the other (\(other)) is missing, or is of another length."
  }

  /// `-in` or `-out` where the file is one leg of a recorder that writes each leg to a file of its own.
  private static func legEnding(_ audited: AuditedCall) -> String? {
    guard ["asterisk", "freepbx", "vicidial"].contains(audited.recorder) else { return nil }
    let name = RecordingPath(audited.call.path).name.text
    let stem = name.split(separator: ".").dropLast().joined(separator: ".")
    return ["-in", "-out"].first { stem.hasSuffix($0) }
  }

  private static func nobodyHeard(_ audited: AuditedCall) -> String? {
    guard audited.disposition == "answered", let talk = audited.talk, talk >= heardTalk,
      audited.speech == 0 || audited.call.ending == .noConversation, audited.call.ending != .fax
    else { return nil }
    return "Answered by the record, with \(FollowUp.span(talk)) of talk; nobody is heard in the recording."
  }

  /// The telephone of the party that is called rings: that is the agent in an inbound call, the customer in an outbound
  /// one.
  private static func swappedRoles(_ audited: AuditedCall) -> String? {
    guard let ringing = audited.ringing, let direction = audited.call.direction,
      let called: Party = ["inbound": .agent, "outbound": .customer][direction], ringing != called
    else { return nil }
    return
      "The record says \(direction), so that the \(called.rawValue)'s telephone rings; the ringing is on the"
      + " channel that is taken for the \(ringing.rawValue)'s. The roles may be swapped."
  }
}
