public import CallModel

/// The call in the keys of the output of Amazon Transcribe Call Analytics, for programs that read those:
/// `ConversationCharacteristics` with talk time, non-talk time and interruptions, in whole milliseconds.
/// Words, sentiment and words per minute are absent, since the sound alone does not have them; a channel with
/// both parties has no details by participant.
///
/// - Throws: what the encoder throws for a number that is not finite.
public func callAnalytics(_ call: CallSummary) throws -> String {
  let silences = zip(talk(of: call), talk(of: call).dropFirst())
    .map { TimeRange($0.end, $1.start) }.filter { $0.duration >= minimumSilence }.map(Instance.init)
  let cuts = call.events.filter { $0.type == .interruption }
  let isTold = call.mixed == nil
  let parties = isTold ? Party.allCases : []
  let byInterrupter = Dictionary(
    uniqueKeysWithValues: parties.map { party in
      (party.participant, cuts.filter { $0.by == party }.map { Instance($0.range) })
    }
    .filter { !$0.1.isEmpty })
  let talkTimes = Dictionary(
    uniqueKeysWithValues: parties.map { ($0.participant, Total(call[$0].talk ?? 0)) })
  let document = Document(
    participants: parties.map { Participant(role: $0.participant) },
    characteristics: Characteristics(
      duration: milliseconds(call.recording.duration),
      talkTime: TalkTime(
        total: isTold ? talkTimes.values.reduce(0) { $0 + $1.total } : milliseconds(call.conversation.speech),
        byParticipant: talkTimes),
      nonTalkTime: NonTalkTime(total: silences.reduce(0) { $0 + $1.duration }, instances: silences),
      interruptions: Interruptions(
        count: cuts.count, total: cuts.reduce(0) { $0 + Instance($1.range).duration },
        byInterrupter: byInterrupter)))
  return try jsonText(document, spaced: true) + "\n"
}

/// The shortest silence that is non-talk time, in seconds.
private let minimumSilence = 3.0

private func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }

/// When anybody talks, by time.
private func talk(of call: CallSummary) -> [TimeRange] {
  var union: [TimeRange] = []
  for spurt in spurts(of: call).map(\.range) {
    if let last = union.last, spurt.start <= last.end {
      union[union.count - 1].end = max(last.end, spurt.end)
    } else {
      union.append(spurt)
    }
  }
  return union
}

extension Party {
  /// The name of the role in those files.
  fileprivate var participant: String { self == .agent ? "AGENT" : "CUSTOMER" }
}

private struct Document: Encodable {
  var channel = "VOICE"
  var status = "COMPLETED"
  var participants: [Participant]
  var characteristics: Characteristics

  enum CodingKeys: String, CodingKey {
    case channel = "Channel"
    case status = "JobStatus"
    case participants = "Participants"
    case characteristics = "ConversationCharacteristics"
  }
}

private struct Participant: Encodable {
  var role: String
  enum CodingKeys: String, CodingKey { case role = "ParticipantRole" }
}

private struct Characteristics: Encodable {
  var duration: Int
  var talkTime: TalkTime
  var nonTalkTime: NonTalkTime
  var interruptions: Interruptions

  enum CodingKeys: String, CodingKey {
    case duration = "TotalConversationDurationMillis"
    case talkTime = "TalkTime"
    case nonTalkTime = "NonTalkTime"
    case interruptions = "Interruptions"
  }
}

private struct TalkTime: Encodable {
  var total: Int
  var byParticipant: [String: Total]

  enum CodingKeys: String, CodingKey {
    case total = "TotalTimeMillis"
    case byParticipant = "DetailsByParticipant"
  }
}

private struct Total: Encodable {
  var total: Int

  init(_ seconds: Double) { total = milliseconds(seconds) }

  enum CodingKeys: String, CodingKey { case total = "TotalTimeMillis" }
}

private struct NonTalkTime: Encodable {
  var total: Int
  var instances: [Instance]

  enum CodingKeys: String, CodingKey {
    case total = "TotalTimeMillis"
    case instances = "Instances"
  }
}

private struct Interruptions: Encodable {
  var count: Int
  var total: Int
  var byInterrupter: [String: [Instance]]

  enum CodingKeys: String, CodingKey {
    case count = "TotalCount"
    case total = "TotalTimeMillis"
    case byInterrupter = "InterruptionsByInterrupter"
  }
}

private struct Instance: Encodable {
  var begin: Int
  var end: Int
  var duration: Int

  init(_ range: TimeRange) {
    begin = milliseconds(range.start)
    end = milliseconds(range.end)
    duration = end - begin
  }

  enum CodingKeys: String, CodingKey {
    case begin = "BeginOffsetMillis"
    case end = "EndOffsetMillis"
    case duration = "DurationMillis"
  }
}
