internal import CallModel
internal import RealModule

/// What the turns of a call say about who is the agent, as logarithms of odds.
///
/// Most signs tell who was called: the telephone of that party rings, it answers, and it is told what the call is about.
/// That is the agent where the customer calls, which is what most recordings hold, and the customer where a short "hello"
/// answers the ring: a business greets at length. Other signs tell the agent whoever called: holds and looking things up.
struct RoleEvidence<Speaker: OneOfTwo> {
  /// The odds that the first speaker, in the order of `Speaker`, was called.
  private var called = 0.0
  /// The odds that the first speaker is the agent, from what does not depend on who called.
  private var agent = 0.0
  /// The odds that the customer called.
  private var incoming: Double
  /// Whether the sound may tell who called: where a record does, it may not.
  private let mayHearDirection: Bool

  /// Evidence of nothing yet but, where it is known, who called.
  init(direction: CallDirection? = nil) {
    mayHearDirection = direction == nil
    incoming =
      switch direction {
      case .inbound: Self.knownOdds
      case .outbound: -Self.knownOdds
      case nil: Self.incomingOdds
      }
  }

  /// The odds that the first speaker is the agent.
  var odds: Double {
    // Either it was called and the customer called, or neither.
    2 * .atanh(.tanh(called / 2) * .tanh(incoming / 2)) + agent
  }

  /// Counts a sign that a party was called; nil where nobody shows it.
  mutating func addCalled(_ weight: Double, _ speaker: Speaker?) { called += Self.signed(weight, speaker) }

  /// Counts a sign that a party is the agent; nil where nobody shows it.
  mutating func addAgent(_ weight: Double, _ speaker: Speaker?) { agent += Self.signed(weight, speaker) }

  private static func signed(_ weight: Double, _ speaker: Speaker?) -> Double {
    speaker.map { $0 == .first ? weight : -weight } ?? 0
  }

  /// Counts what the turns of a call tell.
  ///
  /// - Parameters:
  ///   - turns: by start.
  ///   - rang: whether a ring is heard before them.
  mutating func add(_ turns: [Turn<Speaker>], rang: Bool) {
    guard let first = turns.first else { return }
    addCalled(Self.firstOdds, first.speaker)
    let told = turns.dropFirst().first { $0.frames.count >= Frames.count(seconds: Self.longTurnS) }
    addCalled(Self.laterLongTurnOdds, told?.speaker.other)
    if first.frames.count >= Frames.count(seconds: Self.longTurnS) {
      addCalled(Self.greetingOdds, first.speaker)
    } else if mayHearDirection, rang, first.frames.count < Frames.count(seconds: Self.helloS),
      told?.speaker == first.speaker.other
    {
      incoming -= Self.helloOdds
    }
    addReply(in: turns, to: first.speaker)
    addSilences(in: turns)
  }

  /// How soon the other answers who spoke first.
  private mutating func addReply(in turns: [Turn<Speaker>], to first: Speaker) {
    guard let reply = turns.first(where: { $0.speaker != first }),
      let answered = turns.last(where: {
        $0.speaker == first && $0.frames.lowerBound < reply.frames.lowerBound
      })
    else { return }
    let gap = Frames.seconds(reply.frames.lowerBound - answered.frames.upperBound)
    let limit = Self.maximumReplyDifferenceS
    addCalled(Self.replyOddsPerS * min(max(Self.replyS - gap, -limit), limit), first)
  }

  /// Who speaks before and after most of the long silences.
  private mutating func addSilences(in turns: [Turn<Speaker>]) {
    let silences = zip(turns, turns.dropFirst()).filter {
      $1.frames.lowerBound - $0.frames.upperBound >= Frames.count(seconds: Self.silenceS)
    }
    func majority(_ speakers: [Speaker]) -> Speaker? {
      let first = 2 * speakers.count { $0 == .first }
      return first == speakers.count ? nil : first > speakers.count ? .first : .second
    }
    addAgent(Self.beforeSilenceOdds, majority(silences.map(\.0.speaker)))
    addAgent(Self.afterSilenceOdds, majority(silences.map(\.1.speaker)))
  }

  /// That the customer called, before anything is heard: 19 of 20, as recordings of service lines (judgement).
  private static var incomingOdds: Double { 3 }
  /// That who is said to have called did, by a name or a record: 99 of 100 (judgement; transfers and callbacks are named after
  /// the first call).
  private static var knownOdds: Double { 4.6 }
  /// That the business called, where a ring is answered by a short word and at length (judgement).
  private static var helloOdds: Double { 4.5 }
  /// A word that answers as people at home do is shorter than this, in s: "hello" (Schegloff 1968).
  private static var helloS: Double { 1 }
  /// Who is called speaks first.
  private static var firstOdds: Double { 0.7 }
  /// ... at length, where a business greets.
  private static var greetingOdds: Double { 1.2 }
  /// Who calls is the first to speak at length after that.
  private static var laterLongTurnOdds: Double { 1.4 }
  /// Such a turn lasts at least this long, in s: greetings that are returned are shorter.
  private static var longTurnS: Double { 2.5 }
  /// A reply sooner than this, in s, speaks for who spoke first, because callers answer a greeting at once; a later
  /// one speaks against.
  private static var replyS: Double { 0.6 }
  /// The weight of a reply for each second that it is sooner or later.
  private static var replyOddsPerS: Double { 2.4 }
  /// The maximum difference that counts, in s.
  private static var maximumReplyDifferenceS: Double { 0.5 }
  /// The minimum length of a silence in which somebody looks something up, in s.
  private static var silenceS: Double { 4 }
  /// Who speaks last before most of these silences.
  private static var beforeSilenceOdds: Double { 0.3 }
  /// Who speaks first after most of them.
  private static var afterSilenceOdds: Double { 0.5 }
}
