internal import CallModel
internal import SignalProcessing

/// One utterance of a party: its talkspurts with short pauses between, and their mean voice.
struct Utterance {
  /// Talkspurts with shorter pauses are one utterance, in s: the pauses within a sentence (our measurement).
  private static let pauseS = 0.6
  /// Shorter utterances have no voice that could be compared, in s (our measurement).
  private static let minimumS = 0.4

  /// From the start of its first talkspurt to the end of its last, in frames of the call.
  var frames: FrameRange
  /// Level in dBov, pitch in semitones above 1 Hz, tilt in dB.
  var voice: SIMD3<Double>

  /// The utterances of a party with a voice long enough to be compared, from its talkspurts in order.
  static func joining(_ talkspurts: [Talkspurt]) -> [Utterance] {
    var groups: [[Talkspurt]] = []
    let pause = Frames.count(seconds: pauseS)
    for spurt in talkspurts where spurt.hasVoice {
      if let last = groups.last?.last, spurt.frames.lowerBound - last.frames.upperBound < pause {
        groups[groups.count - 1].append(spurt)
      } else {
        groups.append([spurt])
      }
    }
    return groups.compactMap { Utterance($0) }
  }

  /// The utterance of some talkspurts: levels are averaged by power, pitch and tilt by length; nil where they are
  /// too short.
  private init?(_ group: [Talkspurt]) {
    let length = group.reduce(0) { $0 + $1.frames.count }
    guard let first = group.first, let last = group.last, length >= Frames.count(seconds: Self.minimumS)
    else {
      return nil
    }
    var sum = SIMD3<Double>()
    for spurt in group {
      let voice = SIMD3(
        Double(power(decibels: spurt.level ?? 0)), Talkspurt.semitones(Double(spurt.pitch ?? 1)),
        Double(spurt.tilt ?? 0))
      sum += voice * (Double(spurt.frames.count) / Double(length))
    }
    sum[0] = Double(decibels(Float(sum[0])))
    frames = first.frames.lowerBound..<last.frames.upperBound
    voice = sum
  }
}

extension Talkspurt {
  /// Whether level, pitch and tilt are all known.
  fileprivate var hasVoice: Bool { level != nil && pitch.map { $0 > 0 } == true && tilt != nil }
}
