internal import SignalProcessing

/// The interval from one frequency up to another, in octaves; 99 where either is 0, which means no pitch.
func octaves(_ upper: Float, _ lower: Float) -> Float {
  // A ratio of 2 is 3.0103 dB by `decibels`, which is fast.
  upper > 0 && lower > 0 ? decibels(upper / lower) / 3.0103 : 99
}
