internal import RealModule
internal import SignalProcessing

/// Pitch that moves as that of voices does: on and on, where notes stand or leap.
enum Glide {
  /// For each of the first `count` steps of a leg whether it does so within the tenth of a second from there on.
  static func begins(in leg: LegTrack, count: Int) -> [Bool] {
    var begins = [Bool](repeating: false, count: count)
    leg.steps.withUnsafeBufferPointer { all in
      // The steps up to this one through which the pitch went on without a leap.
      var run = 0
      var previous: Float = 0
      for step in 0..<min(all.count, count + steps - 1) {
        let (pitch, isVoiced) = (all[step].pitch, all[step].voicing > voiced)
        let goesOn = run > 0 && pitch < leap * previous && previous < leap * pitch
        run = isVoiced ? (goesOn ? run + 1 : 1) : 0
        previous = pitch
        guard run >= steps else { continue }
        var (lowest, highest) = (pitch, pitch)
        for before in step - steps + 1..<step {
          lowest = min(lowest, all[before].pitch)
          highest = max(highest, all[before].pitch)
        }
        begins[step - steps + 1] = highest > minimum * lowest
      }
    }
    return begins
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
