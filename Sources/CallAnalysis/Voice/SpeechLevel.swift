internal import RealModule
internal import SignalProcessing

/// The active speech level of ITU-T P.56, method B, of one leg.
///
/// The recommendation's two-stage envelope (30 ms) runs here on magnitudes averaged over 2.5 ms, twelve times
/// below its time constant, instead of on every sample; a test holds it to within 0.2 dB of the form for
/// samples. Only what is offered as speech enters, so that tones, music and leakage do not count.
struct SpeechLevel {
  /// The margin between the active level and the threshold, in dB (P.56).
  private static let marginDb = 15.9
  /// The hangover in parts of 2.5 ms: 200 ms (P.56).
  private static let hangover: Int32 = 80
  /// The number of thresholds, each twice the one below: 2^-15 to 2^-1 of full scale.
  private static let thresholdCount = 15
  /// The coefficient of both stages of the envelope: exp(-2.5 ms / 30 ms), with the time constant of P.56.
  private static let smoothing: Float = 0.92004441

  /// The stages of the envelope, 1 for full scale.
  private var first: Float = 0
  private var second: Float = 0
  /// The parts taken so far.
  private var time: Int32 = 0
  /// When the envelope last stood above each threshold, and the highest threshold within the hangover.
  private var lastAbove = InlineArray<16, Int32>(repeating: -1000)
  private var highest = 0
  /// The parts in which each number of thresholds was active.
  private var counts = InlineArray<16, Int32>(repeating: 0)
  /// The summed power of the frames, 1 for full scale.
  private var energy = 0.0

  /// Takes one frame.
  mutating func consume(_ frame: FrameFeatures) {
    energy += Double(frame.power)
    for part in 0..<FrameFeatures.partCount {
      let value = frame.magnitude(part: part) / 32768
      first = Self.smoothing * first + (1 - Self.smoothing) * value
      second = Self.smoothing * second + (1 - Self.smoothing) * first
      time += 1
      // The number of thresholds 2^-15 to 2^-1 that the envelope reaches: its exponent.
      let above = max(0, min(Self.thresholdCount, Int(second.bitPattern >> 23) - 127 + 16))
      lastAbove[above] = time
      if above >= highest {
        highest = above
      } else {
        while highest > above && time - lastAbove[highest] > Self.hangover { highest -= 1 }
      }
      counts[highest] += 1
    }
  }

  /// What a meter has taken, without the state of its envelope.
  struct Tally {
    fileprivate var counts = InlineArray<16, UInt16>(repeating: 0)
    fileprivate var energy: Float = 0
  }

  /// What was taken so far; for some minutes of sound at most, because the counts have 16 bits.
  var tally: Tally {
    var tally = Tally()
    tally.energy = Float(energy)
    for index in counts.indices { tally.counts[index] = UInt16(clamping: counts[index]) }
    return tally
  }

  /// Adds what another meter has taken of the same voice at another time.
  mutating func merge(_ other: Tally) {
    energy += Double(other.energy)
    for index in counts.indices { counts[index] += Int32(other.counts[index]) }
  }

  /// The active level in dBov; nil where nothing was active.
  var level: Double? {
    // The parts in which each threshold was active.
    var activity = [Int](repeating: 0, count: Self.thresholdCount)
    for index in activity.indices {
      for above in index + 1...Self.thresholdCount { activity[index] += Int(counts[above]) }
    }
    guard energy > 0, activity[0] > 0 else { return nil }
    var previous: (level: Double, distance: Double)?
    for index in 0..<Self.thresholdCount where activity[index] > 0 {
      let level = 10 * .log10(energy * Double(FrameFeatures.partCount) / Double(activity[index]))
      let threshold = 20 * .log10(Double(1 << index) / 32768)
      let distance = level - threshold - Self.marginDb
      if distance <= 0 {
        guard let previous else { return level }
        // Between two thresholds the level is interpolated to the point where the margin holds.
        let share = previous.distance / (previous.distance - distance)
        return previous.level + share * (level - previous.level)
      }
      previous = (level, distance)
    }
    return previous?.level
  }
}
