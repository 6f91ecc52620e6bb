internal import CVectors

/// The noise floor of one leg, band by band, as it runs: the minimum of the last seconds of smoothed power (minimum
/// statistics: Martin, "Noise power spectral density estimation based on optimal smoothing and minimum statistics",
/// IEEE Trans. Speech Audio Processing 9(5), 2001). It finds the windows that hold more than this floor.
///
/// It is known after a second, and becomes unknown again where the sound falls far below it: what seemed to be noise
/// was something else, such as a long tone. While it is unknown every window may hold more. A gain on all samples
/// changes nothing, down to the rounding to 16 bits.
struct RunningFloor {
  /// The minima of the sub-windows before this one, and over all of them.
  private var minima: [[Float]] = []
  private var earlier = unknown
  /// The bands of the last step, as `compareWithFloor` lays them out.
  private var latest = unknown
  /// The minimum of this sub-window, and its steps so far.
  private var minimum = unknown
  private var steps = 0

  private static let unknown = [Float](repeating: .infinity, count: 24)
  /// A sub-window has 24 steps, 0.48 s.
  private static let subwindow = 24
  /// The floor is looked for in 16 sub-windows, 7.7 s: each band falls silent within this time while somebody talks.
  /// With 4 s, three times as many voiced windows of real calls were lost (our measurement).
  private static let subwindowCount = 16
  /// It is known after two sub-windows.
  private static let knownCount = 2
  /// A window holds more than noise from a mean root of power over floor of 2.2 on, 6.8 dB. Steady noise has 1.8: the
  /// minimum of power over few bins lies 5 dB below its mean. The windows that speech detection takes for voiced lie
  /// above in 99.9 % (our measurement).
  private static let threshold: Float = 2.2
  /// The floor becomes unknown at a mean root below 0.7, 3 dB under the minimum of the last seconds: noise does not get
  /// there.
  private static let fall: Float = 0.7
  /// The power in a band that counts as digital silence: half of what the rounding to 16 bits has, 1/12 LSB^2 over 19
  /// bands.
  private static let silence: Float = 2e-12

  /// Takes the bands of the two frames of the next step, and says whether they hold more than the floor, as far as is
  /// known.
  mutating func admits(_ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>) -> Bool {
    let ratio = compareWithFloor(
      first, second, lowest: Self.silence, earlier: earlier, latest: &latest, minimum: &minimum)
    guard minima.count >= Self.knownCount else {
      advance()
      return true
    }
    if ratio < Self.fall {
      forget()
      return true
    }
    advance()
    return ratio > Self.threshold
  }

  /// Goes on by a step.
  private mutating func advance() {
    steps += 1
    guard steps == Self.subwindow else { return }
    steps = 0
    if minima.count == Self.subwindowCount { minima.removeFirst() }
    minima.append(minimum)
    for band in earlier.indices { earlier[band] = minima.reduce(.infinity) { min($0, $1[band]) } }
    minimum = Self.unknown
  }

  /// Begins anew with the next step.
  private mutating func forget() {
    minima.removeAll(keepingCapacity: true)
    earlier = Self.unknown
    minimum = Self.unknown
    steps = 0
  }
}
