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
  /// The agent's first turn; nil where there is none or the parties cannot be told apart.
  var greeting: FrameRange?

  /// What answers lasts at least this long, in frames: a click is no answer.
  private static let minimumAnswer = 12
  /// Tones of an exchange that does not put the call through (ITU-T E.180).
  private static let refusing: Set<CallEvent.Kind> = [.busyTone, .congestionTone, .sit]

  /// The rings of a leg and the answer that follows them.
  ///
  /// - Parameters:
  ///   - signals: the tone signals of the leg that rings.
  ///   - sounds: what is heard on that leg, in any order.
  ///   - turns: whose turn it was; nil where the parties cannot be told apart.
  init(signals: [ToneSignal], sounds: [FrameRange], turns: Turns<Party>?) {
    let rings = signals.filter { $0.type == .ringback }
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
}
