internal import CallModel

/// How a call began, in frames of the call.
struct OpeningFacts {
  /// How many times it rang.
  var ringCount = 0
  /// From the first ring's start to the last ring's end; nil without a ring.
  var ringing: FrameRange?
  /// The first sound after the last ring; nil without a ring, or where nothing is heard after it.
  var answered: Int?
  /// Who spoke first; nil where nobody did or the parties cannot be told apart.
  var firstSpeaker: Party?
  /// Who was called, by the name of the recording or by the leg that rings; nil where neither tells.
  var called: Party?
  /// The agent's first turn; nil where there is none or the parties cannot be told apart.
  var greeting: FrameRange?

  /// What answers lasts at least this long, in frames: a click is no answer.
  private static let minimumAnswer = 12
  /// Tones of an exchange that does not put the call through (ITU-T E.180).
  private static let refusing: Set<CallEvent.Kind> = [.busyTone, .congestionTone, .sit]

  /// The first ringing of a leg and the answer that follows it.
  ///
  /// - Parameters:
  ///   - signals: the tone signals of the leg that rings; of its ringing only what belongs to the opening.
  ///   - sounds: what is heard on that leg, in any order.
  ///   - speech: its talkspurts, in order of time: who speaks has answered, and what rings later is another ringing.
  ///   - turns: whose turn it was; nil where the parties cannot be told apart.
  init(signals: [ToneSignal], sounds: [FrameRange], speech: [FrameRange], turns: Turns<Party>?) {
    let rings = Self.firstRinging(signals.filter { $0.type == .ringback }, speech: speech)
    if let first = rings.first, let last = rings.last {
      ringCount = rings.reduce(0) { $0 + $1.count }
      ringing = first.frames.lowerBound..<last.frames.upperBound
      let refusals = signals.filter { Self.refusing.contains($0.type) }.map(\.frames)
      answered = sounds.filter { sound in
        sound.lowerBound >= last.frames.upperBound && sound.count >= Self.minimumAnswer
          && !refusals.contains { $0.overlaps(sound) }
      }.map(\.lowerBound).min()
    }
    firstSpeaker = turns?.turns.first?.speaker
    greeting = turns?.turns(of: .agent).first
  }

  /// The rings before anything is said between two of them.
  private static func firstRinging(_ rings: [ToneSignal], speech: [FrameRange]) -> ArraySlice<ToneSignal> {
    let words = speech.filter { $0.count >= ConversationStart.word }
    let next = rings.indices.dropFirst().first { index in
      words.contains {
        $0.lowerBound >= rings[index - 1].frames.upperBound && $0.upperBound <= rings[index].frames.lowerBound
      }
    }
    return rings.prefix(next ?? rings.count)
  }
}
