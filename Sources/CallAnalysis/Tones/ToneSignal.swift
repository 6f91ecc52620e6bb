internal import CallModel

/// A signal made of tone pulses: ringback, busy, a beep.
struct ToneSignal {
  /// What it is; a hold is one of periodic beeps.
  var type: CallEvent.Kind
  /// From its first pulse to its last, in frames.
  var frames: FrameRange
  /// How many times it rang; pulses otherwise.
  var count: Int
  /// Whether it is music in place of a ringback.
  var isMusic = false
}
