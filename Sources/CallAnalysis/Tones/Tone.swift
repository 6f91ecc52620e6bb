internal import CallModel

/// One pulse of a tone or of a pair of tones.
struct Tone: Hashable {
  /// Where it lies, in frames.
  var frames: FrameRange
  /// The lower frequency in Hz.
  var first: Float
  /// The higher frequency in Hz; 0 for a single tone.
  var second: Float
  /// Its level in dBov.
  var level: Float
  /// Whether its frequency stands as still as that of a machine does, where no other pulse confirms it.
  var isSteady: Bool
  /// Whether it is one of the sixteen pairs of ITU-T Q.23.
  var isKey = false
  /// Whether its level rises and falls from frame to frame, as that of two frequencies does that lie too close to be told
  /// apart.
  var isBeating = false

  /// Whether another pulse has one of this one's frequencies: of a pair one line may be lost.
  func sharesFrequency(with other: Tone) -> Bool {
    [first, second].contains { mine in
      [other.first, other.second].contains { mine > 0 && $0 > 0 && abs(mine - $0) < Self.sameFrequencyHz }
    }
  }

  /// Whether it is the beep that announces a recording.
  func isRecordingBeep(_ settings: ToneSettings) -> Bool {
    let frequency = Float(settings.recordingBeepHz)
    return second == 0 && abs(first - frequency) < Self.recordingToleranceShare * frequency
  }

  /// Whether it stands still for so long that no voice and no instrument holds it: a dial tone, or what masks a number
  /// that is said. It may begin and end in the midst of speech.
  var isHeld: Bool { isSteady && frames.count >= Frames.count(seconds: Self.heldS) }

  /// Whether both frequencies are those of call progress tones.
  func isProgress(_ settings: ToneSettings) -> Bool {
    max(first, second) < Float(settings.progressHighestHz)
  }

  /// Whether another pulse continues this one's cadence: same frequency, same length.
  func isInCadence(with other: Tone) -> Bool {
    let longer = max(frames.count, other.frames.count)
    return sharesFrequency(with: other)
      && Double(abs(frames.count - other.frames.count)) <= Self.cadenceShare * Double(longer)
  }

  /// A tone this long is held, in s: as a dial tone, and longer than a singer's or a player's note on one line.
  static let heldS = 3.0
  /// Two measured frequencies nearer than this may be the same, in Hz: codecs and noise move a line by a few hertz.
  private static let sameFrequencyHz: Float = 8
  /// The beep that announces a recording lies within this share of its frequency: 35 Hz of 1400, less than lies
  /// between any two frequencies of tones.
  private static let recordingToleranceShare: Float = 0.025
  /// Pulses of a cadence differ at most by this share of the longer in length: the shortest last 165 ms (ITU-T E.180),
  /// and each edge is known to 10 ms.
  private static let cadenceShare = 0.2
}
