internal import CallModel

/// How one leg ends.
struct LegTail {
  /// Where the final digital silence begins, in frames of the call; nil where the leg is live to the end. Tones do
  /// not count as life: a busy tone follows after a leg has died.
  var deadFrom: Int?
  /// Whether the leg carried live noise outside speech before.
  var hadNoise = false
  /// How far the level falls within `TailMeter.fallMs` at the end of the last talkspurt, in dB.
  var fall: Float = 0
  /// How far the last 30 ms of the last talkspurt lie under the leg's loud talk, in dB; infinite without one.
  var decay: Float = .infinity
}
