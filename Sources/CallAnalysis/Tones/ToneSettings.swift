/// Signalling tones and beeps.
public struct ToneSettings: Sendable, Hashable, Codable {
  /// A tone lasts at least this long, in ms: the shortest pulses of ITU-T E.180 cadences last 165 ms.
  public var minimumMs = 120.0
  /// A key's tone lasts at least this long, in ms (ITU-T Q.24: 40 ms is valid in most countries).
  public var keyMinimumMs = 40.0
  /// The beep that announces a recording, in Hz (1400 in the tables of most countries).
  public var recordingBeepHz = 1400.0
  /// Special information tones lie this close to 950, 1400 and 1800 Hz, in Hz (ITU-T E.180: 50).
  public var informationToleranceHz = 60.0
  /// Tones below this level are not reported, in dBov.
  public var lowestDbov = -55.0
  /// Tones lie above this frequency, in Hz: dial tones have 350, voices that hold a note mostly less.
  public var lowestHz = 320.0
  /// Tones lie below this frequency, in Hz: beeps and answering faxes have 2100 at most, an s lies above 3000.
  public var highestHz = 2700.0
  /// Call progress tones lie below this frequency, beeps above, in Hz (ITU-T E.180: 400 to 450, US to 620).
  public var progressHighestHz = 640.0
  /// Pulses of a cadence that pause this long or longer ring; shorter ones are busy or congestion, in s (E.180: ringing
  /// pauses 3 to 5 s, busy 0.3 to 1.1 s at most in period).
  public var ringPauseS = 1.2
  /// The longest pause within a ringing cadence, in s.
  public var ringPauseLongestS = 7.0
  /// A busy cadence pulses this long or longer, a congestion cadence shorter, in s: congestion pulses for 165 to 250 ms,
  /// busy for 300 to 750 ms in all countries but four.
  public var busyPulseS = 0.275
  /// A steady tone this long is a dial tone, in s.
  public var dialToneS = 3.0
  /// A beep above `progressHighestHz` lasts at most this long, in s; what lasts longer is a tone.
  public var beepLongestS = 1.5
  /// Hold beeps begin at least this far apart, in s: busy tones are faster.
  public var holdIntervalShortestS = 3.0
  /// ... and at most this far apart, in s: exchanges beep every 5 to 15 s.
  public var holdIntervalLongestS = 20.0
  /// Beeps are a hold from the first to the last where that is this long, in s (the definition of a hold).
  public var holdMinimumS = 8.0

  /// The shipped settings.
  public init() {}
}
