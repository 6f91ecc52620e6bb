internal import CallModel
internal import RealModule

/// Which of the two voices on a channel is the agent's, and how that is known.
///
/// `RoleEvidence` has what the turns say; whoever puts a call on hold speaks before and after it.
struct AgentVoice {
  /// The agent's voice.
  let voice: Voice
  /// How that is known.
  let roles: Roles

  /// Who is called answers the ring, in addition to what it says to speak first.
  private static let ringOdds = 1.3
  /// Who speaks last before music.
  private static let beforeHoldOdds = 1.4
  /// Who speaks first after music.
  private static let afterHoldOdds = 0.5
  /// A turn after music begins at most this long before the end that was found for the music, in s (judgement).
  private static let holdEndS = 0.5

  /// Weighs what the turns of a call say.
  ///
  /// - Parameters:
  ///   - turns: by start.
  ///   - requested: where the user says it, whether the agent speaks first.
  ///   - direction: who called whom, where that is known without the sound.
  ///   - rang: whether the line rang.
  ///   - hold: the first music of the call.
  init(
    turns: [Turn<Voice>], requested: ChannelRoles, direction: CallDirection? = nil, rang: Bool,
    hold: FrameRange?
  ) {
    guard let first = turns.first else {
      (voice, roles) = (.one, Roles(source: .assumed, confidence: 0))
      return
    }
    guard requested != .first, requested != .second else {
      voice = requested == .first ? first.speaker : first.speaker.other
      roles = Roles(source: .given, confidence: 1)
      return
    }
    var evidence = RoleEvidence<Voice>(direction: direction)
    evidence.add(turns, rang: rang)
    if rang { evidence.addCalled(Self.ringOdds, first.speaker) }
    if let hold {
      let end = hold.upperBound - Frames.count(seconds: Self.holdEndS)
      evidence.addAgent(
        Self.beforeHoldOdds, turns.last { $0.frames.lowerBound < hold.lowerBound }?.speaker)
      evidence.addAgent(Self.afterHoldOdds, turns.first { $0.frames.lowerBound >= end }?.speaker)
    }
    voice = evidence.odds > 0 ? .one : .two
    roles = Roles(source: .inferred, confidence: 1 / (1 + .exp(-abs(evidence.odds))))
  }
}
