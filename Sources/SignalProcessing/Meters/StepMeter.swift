/// Spectral lines, steady peaks and voicing of legs, in windows of 64 ms.
///
/// Windows that have something to look for are transformed two by two, of one leg or of both; those that may hold voice
/// are transformed back two by two.
struct StepMeter: ~Copyable {
  /// A window to be measured.
  private struct Window {
    /// Its first sample.
    var samples: UnsafePointer<Int16>
    /// The leg that it is of: windows of a leg come in the order of time.
    var leg: Int
    /// How many steps it lies behind the window before it of this leg.
    var shift: UInt32
    /// Whether it may hold voice, beside lines.
    var mayHoldVoice: Bool
    /// Which of the results are its own.
    var place: Int
  }

  /// The features of the windows between `begin` and `finish`, by place.
  private(set) var results: [StepFeatures] = []

  /// Lines are looked for where either hop has more power than this.
  private let lineFloor: Float
  private let spectra: RealSpectra
  private let correlations: Autocorrelations
  /// From a lag to a frequency: the rate of the samples of the autocorrelation, in Hz.
  private let lagRate: Float
  /// The bins that lines and the autocorrelation need.
  private let bins: Range<Int>
  private var lines: LineMeter
  private var firstFloor = RunningFloor()
  private var secondFloor = RunningFloor()
  /// The steps of each leg since its last window.
  private var shifts: InlineArray<2, UInt32> = [0, 0]
  /// The power spectra of two windows.
  private let firstPower: FloatBuffer
  private let secondPower: FloatBuffer
  /// The window that waits for another to share a transform, and the place of one that waits for the transform back.
  private var waiting: Window?
  private var waitingPlace: Int?

  private static let windowMs = 64
  /// The frequencies that enter the autocorrelation, in Hz: the band of the telephone above mains hum.
  private static let lowestHz = 94.0
  private static let highestHz = 3800.0
  /// Lags 18 to 141 at 8 kHz: 444 down to 57 Hz, the pitch of voices.
  private static let lags = 18..<142
  /// What a step can be behind the one before in the history of peaks.
  private static let longestShift: UInt32 = 31

  /// The samples in a window.
  var count: Int { spectra.count }

  /// A meter for samples at this rate that looks for lines in hops of more power than `lineFloor`.
  init(sampleRate: Int, lineFloor: Float) {
    self.lineFloor = lineFloor
    let count = ComplexTransform.quickCount(from: sampleRate * Self.windowMs / 1000)
    let bin = Double(sampleRate) / Double(count)
    spectra = RealSpectra(count: count)
    lines = LineMeter(sampleRate: sampleRate, count: count)
    let lagBins =
      max(
        1, Int(Self.lowestHz / bin))..<min(
        Int(Self.highestHz / bin), Autocorrelations.count / 2 - 8, count / 2 - 1)
    correlations = Autocorrelations(windowCount: count, bins: lagBins, lags: Self.lags)
    lagRate = Float(bin) * Float(Autocorrelations.count)
    bins = lagBins.lowerBound..<max(lagBins.upperBound, lines.bins.upperBound + 8)
    firstPower = FloatBuffer(count: bins.upperBound + 8)
    secondPower = FloatBuffer(count: bins.upperBound + 8)
  }

  /// Makes room for the results of so many windows.
  mutating func begin(places: Int) {
    results.removeAll(keepingCapacity: true)
    results.append(contentsOf: repeatElement(StepFeatures(), count: places))
  }

  /// Takes the window of the next step of a leg, which begins at `samples`, and its two frames.
  mutating func add(
    _ samples: UnsafePointer<Int16>, leg: Int, place: Int, frames: UnsafePointer<FrameFeatures>
  ) {
    let (first, second) = (frames[0].power, frames[1].power)
    let bands = (frames.bands, (frames + 1).bands)
    let isAboveFloor = leg == 0 ? firstFloor.admits(bands.0, bands.1) : secondFloor.admits(bands.0, bands.1)
    let mayHoldVoice = isAboveFloor && first + second > 0
    let shift = min(Self.longestShift, shifts[leg] + 1)
    let isMeasured = mayHoldVoice || max(first, second) > lineFloor
    shifts[leg] = isMeasured ? 0 : shift
    guard isMeasured else { return }
    let window = Window(samples: samples, leg: leg, shift: shift, mayHoldVoice: mayHoldVoice, place: place)
    if let first = waiting {
      waiting = nil
      measure(first, window)
    } else {
      waiting = window
    }
  }

  /// Measures what still waits.
  mutating func finish() {
    if let last = waiting { measure(last, nil) }
    waiting = nil
    if waitingPlace != nil { measureVoices(nil) }
  }

  /// Measures one window or two.
  private mutating func measure(_ first: Window, _ second: Window?) {
    guard spectra.transform(first.samples, second?.samples ?? first.samples) else { return }
    spectra.unpack(bins, firstPower.base, secondPower.base)
    measure(first, firstPower.base)
    if let second { measure(second, secondPower.base) }
  }

  /// Measures one window from its power spectrum; its voice once there are two.
  private mutating func measure(_ window: Window, _ power: UnsafeMutablePointer<Float>) {
    if window.mayHoldVoice {
      correlations.set(isSecond: waitingPlace != nil, power: power)
      if waitingPlace == nil { waitingPlace = window.place } else { measureVoices(window.place) }
    }
    lines.measure(power, leg: window.leg, shift: window.shift, into: &results[window.place])
  }

  /// Voicing and pitch of the window that waited and of another.
  private mutating func measureVoices(_ other: Int?) {
    let best = correlations.best()
    if let place = waitingPlace { describe(best.first, at: place) }
    if let other { describe(best.second, at: other) }
    waitingPlace = nil
  }

  private mutating func describe(_ best: Autocorrelations.Maximum, at place: Int) {
    guard best.value > 0 else { return }
    results[place].voicing = min(1, best.value)
    results[place].pitch = lagRate / Float(best.lag)
  }
}
