internal import CallModel
internal import RealModule

/// Which of the two voices on a channel is the agent's, and how that is known.
///
/// Who answers a ringing line speaks first, and greets at length; a caller answers a greeting at once, while an agent
/// takes a moment where the caller began; and whoever puts a call on hold, or goes silent to look something up, speaks
/// before and after it. The weights are natural logarithms of odds, fitted to 75 simulated calls
/// (docs/measurements/roles.md).
struct AgentVoice {
  /// The agent's voice.
  let voice: Voice
  /// How that is known.
  let roles: Roles

  /// Weighs what the turns of a call say.
  ///
  /// - Parameters:
  ///   - turns: by start.
  ///   - requested: where the user says it, whether the agent speaks first.
  ///   - rang: whether the line rang.
  ///   - hold: the first music of the call.
  init(turns: [Turn<Voice>], requested: ChannelRoles, rang: Bool, hold: FrameRange?) {
    guard let first = turns.first else {
      (voice, roles) = (.one, Roles(source: .assumed, confidence: 0))
      return
    }
    guard requested != .first, requested != .second else {
      voice = requested == .first ? first.speaker : first.speaker.other
      roles = Roles(source: .given, confidence: 1)
      return
    }
    var evidence = Evidence()
    evidence.addFirst(first, rang: rang)
    evidence.addReply(in: turns, to: first.speaker)
    evidence.addSilences(in: turns)
    if let hold { evidence.addHold(hold, in: turns) }
    voice = evidence.odds > 0 ? .one : .two
    roles = Roles(source: .inferred, confidence: 1 / (1 + .exp(-abs(evidence.odds))))
  }
}

/// The evidence for which voice is the agent's.
private struct Evidence {
  /// The weight of who speaks first.
  private static let firstOdds = 0.55
  /// What a ring adds to it: who is called speaks first.
  private static let ringOdds = 1.3
  /// The weight of a long first turn: a greeting is long, a caller's first word is not.
  private static let greetingOdds = 1.2
  /// The minimum length of a first turn that is a greeting, in s.
  private static let greetingS = 2.5
  /// A reply sooner than this, in s, speaks for who spoke first, because callers answer a greeting at once; a later
  /// one speaks against.
  private static let replyS = 0.6
  /// The weight of a reply for each second that it is sooner or later.
  private static let replyOddsPerS = 3.2
  /// The maximum difference that counts, in s.
  private static let maximumReplyDifferenceS = 0.5
  /// The minimum length of a silence in which somebody looks something up, in s.
  private static let silenceS = 4.0
  /// The weight of who speaks last before most of these silences.
  private static let beforeSilenceOdds = 0.3
  /// The weight of who speaks first after most of them.
  private static let afterSilenceOdds = 0.5
  /// The weight of who speaks last before music.
  private static let beforeHoldOdds = 1.4
  /// The weight of who speaks first after music.
  private static let afterHoldOdds = 0.5
  /// A turn after music begins at most this long before the end that was found for the music, in s (judgement).
  private static let holdEndS = 0.5

  /// The logarithm of the odds that voice one is the agent's.
  var odds = 0.0

  private mutating func add(_ weight: Double, for voice: Voice?) {
    if let voice { odds += voice == .one ? weight : -weight }
  }

  /// Who speaks first, and how long.
  mutating func addFirst(_ turn: Turn<Voice>, rang: Bool) {
    add(Self.firstOdds + (rang ? Self.ringOdds : 0), for: turn.speaker)
    if turn.frames.count >= Frames.count(seconds: Self.greetingS) {
      add(Self.greetingOdds, for: turn.speaker)
    }
  }

  /// How soon the other voice answers the first.
  mutating func addReply(in turns: [Turn<Voice>], to first: Voice) {
    guard let reply = turns.first(where: { $0.speaker != first }),
      let answered = turns.last(where: {
        $0.speaker == first && $0.frames.lowerBound < reply.frames.lowerBound
      })
    else { return }
    let gap = Frames.seconds(reply.frames.lowerBound - answered.frames.upperBound)
    let limit = Self.maximumReplyDifferenceS
    add(Self.replyOddsPerS * min(max(Self.replyS - gap, -limit), limit), for: first)
  }

  /// Who speaks before and after long silences.
  mutating func addSilences(in turns: [Turn<Voice>]) {
    var before = 0
    var after = 0
    for (last, next) in zip(turns, turns.dropFirst())
    where next.frames.lowerBound - last.frames.upperBound >= Frames.count(seconds: Self.silenceS) {
      before += last.speaker == .one ? 1 : -1
      after += next.speaker == .one ? 1 : -1
    }
    func majority(_ count: Int) -> Voice? { count == 0 ? nil : count > 0 ? .one : .two }
    add(Self.beforeSilenceOdds, for: majority(before))
    add(Self.afterSilenceOdds, for: majority(after))
  }

  /// Who speaks before and after music.
  mutating func addHold(_ hold: FrameRange, in turns: [Turn<Voice>]) {
    let end = hold.upperBound - Frames.count(seconds: Self.holdEndS)
    add(Self.beforeHoldOdds, for: turns.last { $0.frames.lowerBound < hold.lowerBound }?.speaker)
    add(Self.afterHoldOdds, for: turns.first { $0.frames.lowerBound >= end }?.speaker)
  }
}
