import CallModel
import CallReports

/// A figure of a page: its name, its value, where it stands in a summary, and how it is measured.
struct Figure<Of> {
  /// In the first column.
  let name: String
  /// The field in a summary; of a voice it stands in that voice's object, unless it begins with `conversation.`.
  let field: String
  /// How it is measured, as a sentence.
  let measured: String
  /// As it is shown; nil where it is unknown.
  let value: (Of) -> String?
}

/// A party, or the speech of a channel that carries both, in its call.
struct Voice {
  let call: CallSummary
  let party: Party?
  let measures: PartySummary

  /// The field of a figure of this voice, by its path in the summary.
  func path(of field: String) -> String {
    field.hasPrefix("conversation.")
      ? "\(field).\(party?.rawValue ?? "agent")"
      : "\(party.map { "parties.\($0.rawValue)" } ?? "mixed").\(field)"
  }

  /// Its part of counts by party.
  func count(_ counts: CountByParty) -> String? {
    switch party {
    case .agent?: counts.agent.map(String.init)
    case .customer?: counts.customer.map(String.init)
    case nil: nil
    }
  }
}

extension Figure where Of == Voice {
  /// What is told of a voice.
  static var ofVoice: [Figure] { talk + exchange + sound + line }

  private static var talk: [Figure] {
    [
      Figure(
        name: "Talk", field: "talk_s",
        measured: "The sum of the stretches of speech whose pauses are shorter than 200 ms.",
        value: { $0.measures.talk.map(length) }),
      Figure(
        name: "Share of talk", field: "talk_share", measured: "The party's talk over the talk of both.",
        value: { $0.measures.talkShare.map(percent) }),
      Figure(
        name: "Turns", field: "turns",
        measured: "Talk with none of the other's between, and no pause of 3 s or more.",
        value: { $0.measures.turns.map(String.init) }),
      Figure(
        name: "Longest turn", field: "longest_turn_s",
        measured: "From its first word to its last, pauses included.",
        value: { $0.measures.longestTurn.map(length) }),
    ]
  }

  private static var exchange: [Figure] {
    [
      Figure(
        name: "Answers after", field: "response_latency_s",
        measured:
          "The median time from the other's last word to this party's first; less than 0 where they overlap.",
        value: { $0.measures.responseLatency?.median.map { "\(fixed($0, 1))\u{A0}s" } }),
      Figure(
        name: "Interruptions", field: "conversation.interruptions",
        measured: """
          Starts while the other has spoken for 0.3 s: the other then leaves the floor, or this party gives up after \
          more than 1 s.
          """, value: { $0.count($0.call.conversation.interruptions) }),
      Figure(
        name: "Backchannels", field: "conversation.backchannels",
        measured: "Words of at most 1 s inside the other's turn, after which the other goes on, as mm-hm.",
        value: { $0.count($0.call.conversation.backchannels) }),
    ]
  }

  private static var sound: [Figure] {
    [
      Figure(
        name: "Level", field: "level_dbov",
        measured: "The active speech level (ITU-T P.56, method B); 0 dBov is full scale, below -30 is soft.",
        value: { $0.measures.level.map { "\(fixed($0, 1))\u{A0}dBov" } }),
      Figure(
        name: "Noise", field: "noise_dbov", measured: "The level of the background between words.",
        value: { $0.measures.noise.map { "\(fixed($0, 1))\u{A0}dBov" } }),
      Figure(
        name: "Pitch", field: "pitch_hz", measured: "The median fundamental frequency of voiced speech.",
        value: { $0.measures.pitch.map { "\(fixed($0.median, 0))\u{A0}Hz" } }),
      Figure(
        name: "Pace", field: "pace_syllables_per_s",
        measured: "Syllable nuclei a second of the party's own talk; an estimate.",
        value: { $0.measures.pace.map { "\(fixed($0, 1))\u{A0}/s" } }),
    ]
  }

  private static var line: [Figure] {
    func rate(_ value: Double?) -> String? { value.map { "\(fixed($0, $0 == 0 ? 0 : 1))\u{A0}/min" } }
    return [
      Figure(
        name: "Lost packets", field: "line.dropouts_per_min",
        measured: "Holes inside speech, a minute of speech.",
        value: { rate($0.measures.line?.dropoutsPerMinute) }),
      Figure(
        name: "Repeated packets", field: "line.repeats_per_min",
        measured: "Packets inside speech that were played again as the next was lost, a minute of speech.",
        value: { rate($0.measures.line?.repeatsPerMinute) }),
      Figure(
        name: "Clipping", field: "line.clipping_per_min",
        measured: "Runs of samples at the codec's ceiling, a minute of speech.",
        value: { rate($0.measures.line?.clippingPerMinute) }),
      Figure(
        name: "Leakage", field: "line.leakage_db",
        measured: "How far the other party's voice on this leg lies below their own leg.",
        value: { $0.measures.line?.leakage.map { "\(fixed($0, 0))\u{A0}dB" } }),
    ]
  }
}

extension Figure where Of == CallSummary {
  /// What is told of both parties together.
  static var ofCall: [Figure] {
    waiting + [
      Figure(
        name: "Both spoke", field: "conversation.overlap_s",
        measured: "The time in which both parties speak.",
        value: { $0.conversation.overlap.map(length) }),
      Figure(
        name: "Rang", field: "opening.ring_s",
        measured: "From the first ring's start to the last ring's end.",
        value: { call in
          call.opening.ring.map {
            "\(length($0)), \(call.opening.ringCount == 1 ? "once" : "\(call.opening.ringCount) times")"
          }
        }),
      Figure(
        name: "Answered at", field: "opening.answered_at_s", measured: "The first sound after the last ring.",
        value: { $0.opening.answeredAt.map(clock) }),
      Figure(
        name: "First word after", field: "opening.greeting_latency_s",
        measured: "From the answer to the agent's first word.",
        value: { $0.opening.greetingLatency.map(length) }),
      Figure(
        name: "Silence at the end", field: "ending.tail_s",
        measured: "From the last speech, tone or prompt to the end of the recording.",
        value: { $0.ending.tail.map(length) }),
    ]
  }

  private static var waiting: [Figure] {
    [
      Figure(
        name: "Dead air", field: "conversation.dead_air_s",
        measured: "Nobody speaks and nothing is put on the line for 5 s or longer.",
        value: { call in
          let count = call.events.count { $0.type == .deadAir }
          return count == 0 ? "none" : "\(length(call.conversation.deadAir)) in \(count)"
        }),
      Figure(
        name: "Hold", field: "conversation.hold_s",
        measured: "Music or a hold beep on a leg for 8 s or longer while its party does not talk.",
        value: { $0.conversation.hold == 0 ? "none" : length($0.conversation.hold) }),
      Figure(
        name: "Nobody spoke", field: "conversation.mutual_silence_s",
        measured: "Between the first and the last speech; tones and music count as silence here.",
        value: { length($0.conversation.mutualSilence) }),
    ]
  }
}
