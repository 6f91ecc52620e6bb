internal import CallModel
internal import SignalProcessing

/// The strongest spectral lines of a leg, read step by step as one tone, a pair of tones or a key.
struct ToneLines {
  private let steps: [StepFeatures]
  /// The upper end of call progress tones, in Hz.
  private let progressHighest: Float
  private let pairRatio = power(decibels: -Self.pairDepthDb)
  private let ghostRatio = power(decibels: -Self.ghostDepthDb)
  private let keyRatio = power(decibels: -Self.keyDepthDb)

  init(leg: LegTrack, settings: ToneSettings) {
    steps = leg.steps
    progressHighest = Float(settings.progressHighestHz)
  }

  /// Whether one or two lines hold nearly all the power of a step.
  func isTonal(_ step: Int) -> Bool {
    let features = steps[step]
    // Most steps hold less than any tone.
    guard features.lineShare >= Self.highLineShare else { return false }
    let isHigh = features.lineRatio < pairRatio && features.firstLine > progressHighest
    return isFilled(step) || isHigh || key(step) != nil
  }

  /// Whether a tone fills the whole window of a step.
  func isFilled(_ step: Int) -> Bool { steps[step].lineShare >= Self.lineShare }

  /// Whether a step has two lines rather than one.
  func isPair(_ step: Int) -> Bool {
    let features = steps[step]
    // A line at three times the first is its own: the tone is clipped.
    if abs(features.secondLine - 3 * features.firstLine) < Self.harmonicHz { return false }
    let isNear = abs(features.firstLine - features.secondLine) < Self.ghostHz
    let isGhost = isNear && features.firstLine > progressHighest
    return features.lineRatio >= (isGhost ? ghostRatio : pairRatio)
  }

  /// The frequency of the strongest line of a step, in Hz.
  func strongest(_ step: Int) -> Float { steps[step].firstLine }

  /// The lines of a step in order, in Hz; a lone line twice.
  func lines(_ step: Int) -> (low: Float, high: Float) {
    let (first, second) = (steps[step].firstLine, steps[step].secondLine)
    return isPair(step) ? (min(first, second), max(first, second)) : (first, first)
  }

  /// The power-weighted mean frequency of both lines, in Hz: it stands still also where lines are too close to be
  /// separated.
  func centroid(_ step: Int) -> Float {
    let ratio = isPair(step) ? steps[step].lineRatio : 0
    return (steps[step].firstLine + ratio * steps[step].secondLine) / (1 + ratio)
  }

  /// The index of the key whose pair of frequencies a step carries; nil for none.
  func key(_ step: Int) -> Int? {
    let features = steps[step]
    guard features.lineShare >= Self.highLineShare, features.lineRatio >= keyRatio else { return nil }
    return ToneKeys.index(
      low: min(features.firstLine, features.secondLine), high: max(features.firstLine, features.secondLine))
  }

  /// Whether two steps carry the same tone: codecs and noise move the power between two lines, or the lines by a few
  /// hertz.
  func isSame(_ a: Int, _ b: Int) -> Bool {
    if let key = key(a) { return key == self.key(b) }
    let jump = Self.jumpHz * Self.spread(at: steps[a].firstLine)
    // Where one high tone follows another, the step between has both.
    let isLow = steps[a].firstLine < progressHighest
    if isLow || isPair(a) == isPair(b), abs(centroid(a) - centroid(b)) < jump { return true }
    let (one, other) = (lines(a), lines(b))
    return isPair(a) && isPair(b) && abs(one.low - other.low) < jump && abs(one.high - other.high) < jump
  }

  /// By how much further than at low frequencies noise and codecs move a line of this frequency; at least 1.
  static func spread(at frequency: Float) -> Float { max(1, frequency / steadyHz) }

  /// The share of the power in 220 to 3420 Hz that the two strongest lines of a tone hold: a tone is nothing but its
  /// lines, with noise at least 10 dB below.
  private static let lineShare: Float = 0.9
  /// The same of lone lines above the progress tones and of keys: GSM 6.10 blurs the first, and keys do not fill the
  /// 64 ms window.
  private static let highLineShare: Float = 0.8
  /// A tone has two lines where the weaker lies at most this far below the stronger, in dB: GSM 6.10 tilts pairs of
  /// call progress tones by 2 dB (our measurement), and noise 15 dB below lies 20 dB under a line.
  private static let pairDepthDb: Float = 10
  /// Above the progress tones a second line this close to the first, in Hz, may be its ghost: GSM 6.10 puts ghosts
  /// some 110 Hz off, and the lines of keys lie 268 Hz apart or more.
  private static let ghostHz: Float = 200
  /// A ghost lies this far below its line, in dB; the harmonics of a voice often less.
  private static let ghostDepthDb: Float = 6
  /// The weaker line of a key lies at most this far below the stronger, in dB: GSM 6.10 tilts the highest keys so.
  private static let keyDepthDb: Float = 13
  /// A second line this near three times the first is its harmonic, in Hz: a converter has clipped the tone.
  private static let harmonicHz: Float = 10
  /// Where lines jump further than this from one step of 20 ms to the next, another tone begins, in Hz: codecs and
  /// noise move them by less.
  private static let jumpHz: Float = 16
  /// Above this frequency, in Hz, the deviation, drift and jump that a tone may show grow with it: so does what noise
  /// and codecs do to a line.
  private static let steadyHz: Float = 500
}
