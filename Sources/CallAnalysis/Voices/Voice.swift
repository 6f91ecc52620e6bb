internal import CallModel

/// Which of the two voices on a channel; the numbers say nothing of who speaks first.
enum Voice: Int, CaseIterable, Sendable {
  case one
  case two

  /// The other of the two.
  var other: Voice { self == .one ? .two : .one }
}

/// A value for each of two voices.
struct ByVoice<Value> {
  /// The value of voice one.
  var one: Value
  /// The value of voice two.
  var two: Value

  /// What a function gives for each voice.
  init(_ value: (Voice) -> Value) {
    one = value(.one)
    two = value(.two)
  }

  /// The values by party, where one of the voices is the agent's.
  func byParty(agent: Voice) -> ByParty<Value> {
    agent == .one ? ByParty(agent: one, customer: two) : ByParty(agent: two, customer: one)
  }
}

/// A turn of one of two voices, in frames of the call.
struct VoiceTurn {
  var voice: Voice
  var frames: FrameRange
}
