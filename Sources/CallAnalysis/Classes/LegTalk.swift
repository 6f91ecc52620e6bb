internal import CallModel
internal import SignalProcessing

/// What a leg carries by its own evidence: how likely each frame is speech, what is sure to be the party's talk, and how
/// its soft sounds differ from its loud ones.
struct LegTalk {
  /// Frames that may be speech.
  let mayBe: [Bool]
  /// The log-odds of each frame, in steps of 1 / ``stepsPerUnit`` from -8.
  let logOdds: RunningBytes
  /// Loud frames that are likely speech.
  let isSure: [Bool]
  /// Frames that may well be speech and lie near a loud one, and those that do not.
  let loud: Sounds, soft: Sounds

  /// Some frames, and the means of what was measured in them.
  struct Sounds {
    let isChosen: [Bool]
    let count: Int
    let logOdds, timbre, pitch, lowShare: UInt8
  }

  /// The step of log-odds, in steps a unit.
  static let stepsPerUnit: Float = 255 / 16
  /// Where the mean log-odds within 0.12 s are higher, it may well be speech (our measurement: -3 and -2 give the same
  /// results, with 0 others in the room are heard) ...
  private static let soundOdds: Float = -2
  /// ... and from here, it likely is: odds of 2.7 to 1 (our judgement).
  private static let sureOdds: Float = 1
  /// Loud frames have one within 0.5 s whose level is at most this far under the loud talk, in dB (our measurement: -8 to
  /// -12 give the same results): others in the room are softer, and so are half of a soft speaker's words.
  private static let loudDepthDb: Float = -10
  /// For talk that is sure, in dB: a margin of 2 dB over what is soft (our judgement).
  private static let sureDepthDb: Float = -8

  /// - Parameters:
  ///   - features: of the leg.
  ///   - logOdds: by ``SpeechModel/leg``, in its units.
  ///   - mayBe: frames that may be speech.
  init(_ features: SpeechFeatures, logOdds: [Int32], mayBe: [Bool]) {
    let bytes = RunningBytes(
      [UInt8](count: logOdds.count) { mayBe[$0] ? Self.byte(logOdds[$0]) : 0 })
    let smooth = RunningBytes(bytes.mean(in: -12...12))
    let depth = RunningBytes(features.column(.depthMaximum1s))
    let mayBeLoud = depth.isAbove(SpeechFeatures.depthByte(Self.loudDepthDb), where: mayBe)
    let mayBeSoft = [Bool](count: mayBe.count) { mayBe[$0] && !mayBeLoud[$0] }
    let soundByte = Self.byte(Self.soundOdds)
    loud = Sounds(smooth.isAbove(soundByte, where: mayBeLoud), logOdds: bytes.bytes, features)
    soft = Sounds(smooth.isAbove(soundByte, where: mayBeSoft), logOdds: bytes.bytes, features)
    isSure = smooth.isAbove(
      Self.byte(Self.sureOdds), where: depth.isAbove(SpeechFeatures.depthByte(Self.sureDepthDb)))
    self.logOdds = bytes
    self.mayBe = mayBe
  }

  /// The byte of log-odds in units.
  static func byte(_ logOdds: Float) -> UInt8 { UInt8((logOdds + 8) * stepsPerUnit) }
  /// The byte of log-odds as ``SpeechModel`` gives them.
  private static func byte(_ logOdds: Int32) -> UInt8 {
    UInt8((logOdds + SpeechModel.limit) * 255 / (2 * SpeechModel.limit))
  }
}

extension LegTalk.Sounds {
  fileprivate init(_ isChosen: [Bool], logOdds: [UInt8], _ features: SpeechFeatures) {
    let pitch = features.column(.pitchOverParty)
    self.isChosen = isChosen
    count = isChosen.count(where: \.self)
    self.logOdds = logOdds.mean(where: isChosen)
    timbre = features.column(.timbreMean1s).mean(where: isChosen)
    self.pitch = pitch.mean(where: RunningBytes(pitch).isAbove(0, where: isChosen))
    lowShare = features.column(.lowShare).mean(where: isChosen)
  }
}

extension [UInt8] {
  /// The mean of chosen values, without its fraction; 0 where none is.
  fileprivate func mean(where isChosen: [Bool]) -> UInt8 {
    var (sum, count) = (0, 0)
    withUnsafeBufferPointer { values in
      isChosen.withUnsafeBufferPointer { isChosen in
        for index in values.indices where isChosen[index] {
          sum &+= Int(values[index])
          count &+= 1
        }
      }
    }
    return UInt8(sum / Swift.max(1, count))
  }
}
