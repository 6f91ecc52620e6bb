internal import RealModule
internal import SignalProcessing

/// Pitch that moves as that of voices does: on and on, where notes stand or leap.
enum Glide {
  /// Whether it does so within the tenth of a second from a step on.
  static func begins(in leg: LegTrack, at step: Int) -> Bool {
    guard step + steps <= leg.steps.count, leg.steps[step].voicing > voiced else { return false }
    var previous = leg.steps[step].pitch
    var lowest = previous
    var highest = previous
    for next in step + 1..<step + steps {
      let pitch = leg.steps[next].pitch
      guard leg.steps[next].voicing > voiced, pitch < leap * previous, previous < leap * pitch else {
        return false
      }
      lowest = min(lowest, pitch)
      highest = max(highest, pitch)
      previous = pitch
    }
    return highest > minimum * lowest
  }

  /// Steps of 20 ms: five intervals are a tenth of a second.
  private static let steps = 6
  /// The voicing from which a pitch can be trusted.
  private static let voiced: Float = 0.5
  /// Pitch glides where it moves by more than this factor within a tenth of a second: 0.06 octaves, more than half a
  /// semitone.
  private static let minimum = Float(Double.exp2(0.06))
  /// ... and from step to step by less than this factor: 0.12 octaves; from note to note it moves by more.
  private static let leap = Float(Double.exp2(0.12))
}
