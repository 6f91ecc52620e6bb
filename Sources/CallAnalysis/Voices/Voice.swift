internal import CallModel

/// Which of the two voices on a channel; the numbers say nothing of who speaks first.
enum Voice: Int, OneOfTwo {
  case one
  case two

  /// Voice one.
  static var first: Voice { .one }
  /// Voice two.
  static var second: Voice { .two }
}

/// A value for each of two voices.
typealias ByVoice<Value> = Pair<Voice, Value>
