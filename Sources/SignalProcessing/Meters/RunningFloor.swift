internal import CVectors

/// The noise floor of one leg, band by band, as it runs: the minimum of the last seconds of smoothed power (minimum
/// statistics: Martin, "Noise power spectral density estimation based on optimal smoothing and minimum statistics",
/// IEEE Trans. Speech Audio Processing 9(5), 2001). It finds the windows that hold more than this floor.
///
/// It is known after a second. Where a band falls far below it, what seemed to be noise was something else, such as a
/// long tone: it is unknown until the memory holds nothing of that. While it is unknown every window may hold more. A
/// gain on all samples changes nothing, down to the rounding to 16 bits.
struct RunningFloor: ~Copyable {
  /// The minimum of each of the last sub-windows, one behind the other.
  private let minima = FloatBuffer(count: subwindowCount * bandCount)
  /// The minimum over all of them.
  private let earlier = FloatBuffer(count: bandCount)
  /// The bands of the last step, as `compareWithFloor` lays them out.
  private let latest = FloatBuffer(count: bandCount)
  /// The minimum of this sub-window.
  private let minimum = FloatBuffer(count: bandCount)
  /// The steps and sub-windows since the call began.
  private var steps = 0
  private var subwindows = 0
  /// The step from which on the floor is known.
  private var known = knownCount

  /// Nineteen bands and five that the last vector repeats.
  private static let bandCount = 24
  /// A sub-window has 24 steps, 0.48 s.
  private static let subwindowSteps = 24
  /// The floor is looked for in 16 sub-windows, 7.7 s: each band falls silent within this time while somebody talks.
  /// With 4 s, three times as many voiced windows of real calls were lost (our measurement).
  private static let subwindowCount = 16
  /// It is known after two sub-windows.
  private static let knownCount = 2 * subwindowSteps
  /// A window holds more than noise from a mean root of power over floor of 2.2 on, 6.8 dB. Steady noise has 1.8: the
  /// minimum of power over few bins lies 5 dB below its mean. Of the windows that speech detection may take for voiced,
  /// 99.9 % lie above (our measurement).
  private static let threshold: Float = 2.2
  /// The floor becomes unknown where a band falls to 0.03 of it, 15 dB under the minimum of the last seconds: noise does
  /// not, and in calls it happens once in 40 s (our measurement).
  private static let fall: Float = 0.03
  /// The power in a band that counts as digital silence: half of what the rounding to 16 bits has, 1/12 LSB^2 over 19
  /// bands.
  private static let silence: Float = 2e-12

  init() {
    for buffer in [earlier.base, latest.base, minimum.base] {
      buffer.update(repeating: .infinity, count: Self.bandCount)
    }
  }

  /// Takes the bands of the two frames of the next step, and says whether they hold more than the floor, as far as is
  /// known.
  mutating func admits(_ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>) -> Bool {
    let ratio = compareWithFloor(
      first, second, lowest: Self.silence, earlier: earlier.base, latest: latest.base, minimum: minimum.base)
    let isBegun = steps >= Self.knownCount
    if isBegun, ratio.lowest < Self.fall { known = steps + Self.subwindowCount * Self.subwindowSteps }
    let isKnown = steps >= known
    steps += 1
    if steps % Self.subwindowSteps == 0 { closeSubwindow() }
    return !isKnown || ratio.meanRoot > Self.threshold
  }

  /// Puts the minimum of this sub-window in the place of the oldest.
  private mutating func closeSubwindow() {
    let place = minima.base + subwindows % Self.subwindowCount * Self.bandCount
    place.update(from: minimum.base, count: Self.bandCount)
    subwindows += 1
    for buffer in [minimum.base, earlier.base] {
      buffer.update(repeating: .infinity, count: Self.bandCount)
    }
    for subwindow in 0..<min(subwindows, Self.subwindowCount) {
      let minima = minima.base + subwindow * Self.bandCount
      for band in 0..<Self.bandCount { earlier[band] = min(earlier[band], minima[band]) }
    }
  }
}
