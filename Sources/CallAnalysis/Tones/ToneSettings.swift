/// Signalling tones and beeps.
public struct ToneSettings: Sendable, Hashable, Codable {
  /// The share of the power in 220 to 3420 Hz that the two strongest lines of a tone hold.
  public var lineShare = 0.9
  /// The same of lines above `progressHighestHz`: GSM 6.10 blurs them, and the tones of keys do not fill the
  /// 64 ms window.
  public var highLineShare = 0.8
  /// A tone lasts at least this long, in ms: the shortest pulses of ITU-T E.180 cadences last 165 ms.
  public var minimumMs = 120.0
  /// A lone pulse below `progressHighestHz` lasts at least this long, in ms: held vowels are shorter.
  public var loneMinimumMs = 250.0
  /// Above `progressHighestHz` a second line this close to the first, in Hz, is its ghost where it is weak: GSM
  /// 6.10 puts ghosts some 110 Hz off, and the lines of keys lie 268 Hz apart or more.
  public var ghostHz = 200.0
  /// A ghost lies this far below its line, in dB; the harmonics of a voice often less.
  public var ghostDepthDb = 6.0
  /// A tone has two lines where the weaker lies at most this far below the stronger, in dB: GSM 6.10 tilts
  /// pairs of call progress tones by 2 dB (our measurement), and noise 15 dB below lies 20 dB under a line.
  public var pairDepthDb = 10.0
  /// A second line this near three times the first is its own, in Hz: a converter has clipped the tone.
  public var harmonicHz = 10.0
  /// Where lines jump further than this from one step of 20 ms to the next, another tone begins, in Hz.
  public var jumpHz = 16.0
  /// The higher frequency of a pair is less than this many times the lower: 480 and 620 Hz are the furthest
  /// apart, the harmonics of a voice that hold its power further (3 : 4).
  public var pairSpread = 1.31
  /// The weaker line of a key lies at most this far below the stronger, in dB: GSM 6.10 tilts the highest
  /// keys so.
  public var keyDepthDb = 13.0
  /// Gaps in the tone of a key up to this long are bridged, in ms: two presses of one key are further apart.
  public var keyBridgeMs = 40.0
  /// A key's tone lasts at least this long, in ms (ITU-T Q.24: 40 ms is valid in most countries).
  public var keyMinimumMs = 40.0
  /// The lines of a key lie this close to its frequencies, as a share (ITU-T Q.24: 1.5 to 3.5 %).
  public var keyToleranceShare = 0.02
  /// The beep that tells of a recording, in Hz (1400 in the tables of most countries).
  public var recordingBeepHz = 1400.0
  /// It lasts at least this long, in ms: the shortest of those tables are 80 ms.
  public var recordingBeepMinimumMs = 70.0
  /// A special information tone lasts at least this long, in ms (ITU-T E.180: 330 +- 70; Bellcore: 274 - 5
  /// %).
  public var informationShortestMs = 220.0
  /// ... and at most this long, in ms (Bellcore: 380 + 5 %; ITU-T E.180: 400).
  public var informationLongestMs = 440.0
  /// It lies this close to 950, 1400 or 1800 Hz, in Hz (ITU-T E.180: 50).
  public var informationToleranceHz = 60.0
  /// Special information tones pause or overlap at most this long, in ms: E.180 has pauses of 30, and the 64
  /// ms window blurs where one ends.
  public var informationPauseMs = 80.0
  /// Gaps in a tone up to this long are bridged, in ms: lost packets tear holes of 20 to 60 ms; the shortest
  /// pause of a cadence lasts 165 ms.
  public var bridgeMs = 80.0
  /// The centroid of a tone deviates less than this, in Hz.
  public var deviationHz = 5.0
  /// A tone whose steps last this long may deviate and drift more by three fifths, in ms: beating pairs
  /// through GSM 6.10 do, voices do not hold a line for so long.
  public var longMs = 240.0
  /// The centroid of a tone drifts less than this from its first to its last third, in Hz.
  public var driftHz = 9.0
  /// The centroid of a lone pulse deviates less than this, in Hz: machines stand still, singers do not.
  public var loneDeviationHz = 2.0
  /// The centroid of a lone pulse drifts less than this, in Hz.
  public var loneDriftHz = 3.0
  /// A tone this long needs only `deviationHz` and `driftHz`, in s: no voice holds a note so well.
  public var steadyS = 1.0
  /// Above this frequency, in Hz, the deviation, drift and jump that a tone may show grow with it: so does
  /// what noise and codecs do to a line.
  public var steadyHz = 500.0
  /// Just before and just after a tone the line is this much quieter, in dB: vowels are embedded in speech.
  public var contrastDb = 12.0
  /// The same above `progressHighestHz`, in dB: GSM 6.10 weakens these tones, and few vowels are so pure.
  public var highContrastDb = 8.0
  /// Sound after a tone that ends within this time is the codec's, in ms: GSM 6.10 rings on for 250.
  public var tailMs = 300.0
  /// ... where the line then lies this much below the tone, in dB.
  public var tailDepthDb = 35.0
  /// Tones below this level are not reported, in dBov.
  public var lowestDbov = -55.0
  /// Tones lie above this frequency, in Hz: dial tones have 350, voices that hold a note mostly less.
  public var lowestHz = 320.0
  /// Tones lie below this frequency, in Hz: beeps and answering faxes have 2100 at most, an s lies above
  /// 3000.
  public var highestHz = 2700.0
  /// The tonal steps of a pulse make up this share of the time around it that is as loud, one step aside: a
  /// voice that holds its pitch for a moment sounds before and after.
  public var loudShare = 0.8
  /// The same of a key, which 40 ms tell.
  public var keyLoudShare = 0.6
  /// Call progress tones lie below this frequency, beeps above, in Hz (ITU-T E.180: 400 to 450, US to 620).
  public var progressHighestHz = 640.0
  /// Pulses of a cadence differ less than this in length, as a share of the longer.
  public var cadenceShare = 0.2
  /// Pulses of a cadence that pause longer than this ring; shorter ones are busy or congestion, in s (E.180:
  /// ringing pauses 3 to 5 s, busy 0.3 to 1.1 s at most in period).
  public var ringPauseS = 1.2
  /// Pulses of one double ring lie closer than this, in s.
  public var doubleRingPauseS = 0.6
  /// The longest pause within a ringing cadence, in s.
  public var ringPauseLongestS = 7.0
  /// A busy cadence pulses longer than this, a congestion cadence shorter, in s: congestion pulses for 165 to
  /// 250 ms, busy for 300 to 750 ms in all countries but four.
  public var busyPulseS = 0.275
  /// An even cadence above `slowCongestionHz` that pulses at least this long is congestion, in s (China: 700
  /// ms).
  public var slowPulseS = 0.6
  /// See `slowPulseS`, in Hz: China's tones have 450 Hz, India's busy tone of 750 ms has 400.
  public var slowCongestionHz = 437.0
  /// Where every second pulse lies more than this higher or lower, the cadence is congestion, in Hz
  /// (Australia: 425 and 420).
  public var alternatingHz = 2.5
  /// A steady tone this long is a dial tone, in s.
  public var dialToneS = 3.0
  /// A beep above `progressHighestHz` lasts at most this long, in s; what lasts longer is a tone.
  public var beepLongestS = 1.5
  /// A hold beep lasts at most this long, in ms; the rings of E.180 last 400 ms and more, but do not pause
  /// evenly.
  public var holdBeepLongestMs = 600.0
  /// Hold beeps begin at least this far apart, in s: busy tones are faster.
  public var holdIntervalShortestS = 3.0
  /// ... and at most this far apart, in s: exchanges beep every 5 to 15 s.
  public var holdIntervalLongestS = 20.0
  /// Beeps are a hold from the first to the last where that is this long, in s (the definition of a hold).
  public var holdMinimumS = 8.0
  /// A tone is the other leg's leaked one where that is this much louder at the same time, in dB.
  public var leakedDb = 8.0

  /// The shipped settings.
  public init() {}
}
