internal import CallModel
internal import RealModule
internal import SignalProcessing

/// What was found on one leg in the whole call, in frames of the call.
struct LegRecord {
  /// The talkspurts, by start.
  var talkspurts: [Talkspurt] = []
  /// Frames of talk with the thresholds of speech moved up and down.
  var sensitivity = TalkSensitivity()
  /// Pulses of tones, by start.
  var tones: [Tone] = []
  /// Stretches of music, by start.
  var music: [FrameRange] = []
  /// Where fax machines talk to each other, on either leg, by start.
  var fax: [FrameRange] = []
  /// Holes in speech.
  var holes: [Hole] = []
  /// Packets in speech that were played again.
  var repeats: [Hole] = []
  /// Runs of samples at the codec's ceiling in speech.
  var clippedRuns = 0
  /// The active speech level.
  var speechLevel = SpeechLevel()
  /// Voiced pitches of speech.
  var pitches = PitchHistogram()
  /// Levels of live frames without speech, tone or music, counted by half a decibel from -100 dBov.
  var noise = NoiseMeter.noLevels
  /// How far the other leg's voice lies below its own leg here, in dB, section by section where it was found.
  var leakage: [Float] = []
  /// Where its speech can be recognised again, where that was asked for.
  var landmarks: [Landmark] = []
  /// Its speech in pieces of one voice each, where the leg carries both parties.
  var segments: [VoiceSegment] = []
  /// How the leg ends.
  var tail = LegTail()

  /// Where it carries speech.
  var speech: [FrameRange] { talkspurts.map(\.frames) }
  /// Where anything is heard on it: speech, music, a tone or a fax; in no order.
  var sounds: [FrameRange] { speech + music + fax + tones.map(\.frames) }
}

/// Frames of talk with the thresholds of speech moved up and down by `sensitivityDb`.
struct TalkSensitivity {
  var strictFrames = 0
  var lenientFrames = 0
}

/// Voiced pitches, counted by 1/48 octave above 50 Hz: to 1.5 %.
struct PitchHistogram {
  private var counts = [Int](repeating: 0, count: bins)
  private static let bins = 192
  private static let lowest: Float = 50
  private static let binsPerOctave: Float = 48

  /// How many pitches were counted.
  var total: Int { counts.reduce(0, +) }

  /// The bin of a pitch in Hz; nil outside 50 to 800 Hz.
  static func bin(_ pitch: Float) -> Int? {
    guard pitch > 0 else { return nil }
    let bin = Int((octaves(pitch, lowest) * binsPerOctave).rounded())
    return (0..<bins).contains(bin) ? bin : nil
  }

  /// Counts a pitch by its bin.
  mutating func add(bin: Int) { counts[bin] += 1 }

  /// The pitch in Hz below which the share `q` of the pitches lies.
  func percentile(_ q: Double) -> Double {
    let rank = q * Double(total)
    var seen = 0
    for (bin, count) in counts.enumerated() {
      seen += count
      if Double(seen) >= rank {
        return Double(Self.lowest) * .exp2(Double(bin) / Double(Self.binsPerOctave))
      }
    }
    return 0
  }
}
