internal import CallModel
internal import SignalProcessing

/// The lines of a pulse: their frequencies, and how still they stand.
struct PulseLines {
  /// The median of the lower line, in Hz.
  let low: Float
  /// The median of the higher line, in Hz; of a lone line the same.
  let high: Float
  /// Whether it has two lines.
  let isPair: Bool
  /// How far they move.
  private let motion: LineMotion
  /// The steps that were measured.
  private let stepCount: Int

  /// The lines of some steps; nil where fewer than two carry a tone.
  init?(of steps: Range<Int>, in lines: ToneLines) {
    // The steps that the tone fills show it best.
    let filled = steps.filter(lines.isFilled)
    let tonal = filled.count >= 2 ? filled : steps.filter(lines.isTonal)
    guard tonal.count >= 2 else { return nil }
    let pairs = tonal.filter(lines.isPair)
    isPair = 2 * pairs.count > tonal.count
    stepCount = tonal.count
    let (lows, highs) =
      isPair
      ? (pairs.map { lines.lines($0).low }, pairs.map { lines.lines($0).high })
      : (tonal.map(lines.strongest), [])
    // Either the centroid stands still, or each line does.
    let together = LineMotion(of: tonal.map(lines.centroid))
    let each = isPair ? LineMotion(of: lows).and(LineMotion(of: highs)) : LineMotion(of: lows)
    motion = each.deviation < together.deviation ? each : together
    low = lows.sorted()[lows.count / 2]
    high = isPair ? highs.sorted()[highs.count / 2] : low
  }

  /// Whether a signalling tone has these frequencies. What is held may be any pair, as a howler's.
  func isInRange(isKey: Bool, settings: ToneSettings) -> Bool {
    low >= Float(settings.lowestHz) && high <= Float(settings.highestHz)
      && (isKey || !isPair || isHeld
        || high < min(Self.pairSpread * low, Float(settings.progressHighestHz)))
  }

  /// Whether they stand still for as long as no voice and no instrument holds them.
  private var isHeld: Bool {
    isStillAlone && Frames.perStep * stepCount >= Frames.count(seconds: Tone.heldS)
  }

  /// Whether they stand as still as any tone does.
  var isStill: Bool {
    let isLong = Frames.perStep * stepCount >= Frames.count(milliseconds: Self.longMs)
    return motion.isWithin(
      deviation: Self.deviationHz, drift: Self.driftHz,
      scale: (isLong ? Self.longScale : 1) * ToneLines.spread(at: high))
  }

  /// Whether they stand as still as a tone without a cadence has to.
  var isStillAlone: Bool {
    motion.isWithin(
      deviation: Self.loneDeviationHz, drift: Self.loneDriftHz, scale: ToneLines.spread(at: high))
  }

  /// The higher frequency of a pair is less than this many times the lower: 480 and 620 Hz are the furthest apart, the
  /// harmonics of a voice that hold its power further (3 : 4).
  private static let pairSpread: Float = 1.31
  /// The lines of a tone deviate less than this, in Hz: noise and codecs move them by less, vowels by more.
  private static let deviationHz: Float = 5
  /// ... and drift less than this from the first to the last third, in Hz.
  private static let driftHz: Float = 9
  /// The same two limits of a pulse that no cadence confirms, in Hz: machines stand still, singers do not.
  private static let loneDeviationHz: Float = 2
  private static let loneDriftHz: Float = 3
  /// A tone whose steps last this long may deviate and drift more, in ms: voices do not hold a line for so long.
  private static let longMs = 240.0
  /// ... by this factor: beating pairs through GSM 6.10 do (our measurement).
  private static let longScale: Float = 1.6
}
