internal import CallModel

/// The tones by which fax machines and modems call and answer (ITU-T T.30 and V.25).
enum FaxTones {
  /// The answers of fax machines and modems among some pulses: 2100 Hz for 2.6 to 4 s (T.30, V.25), or 2225 Hz (Bell 103). Lists
  /// of indices into the pulses, which are in order of time: a codec may tear one.
  static func answers(in pulses: [Tone], among indices: [Int]) -> [[Int]] {
    let bridge = Frames.count(milliseconds: TonalRuns.bridgeMs)
    var groups: [[Int]] = []
    for index in indices where isAnswer(pulses[index]) {
      if let last = groups.last?.last,
        pulses[index].frames.lowerBound - pulses[last].frames.upperBound < bridge
      {
        groups[groups.count - 1].append(index)
      } else {
        groups.append([index])
      }
    }
    return groups.filter { group in
      answerLengthS.contains(Frames.seconds(ToneNames.span(group.map { pulses[$0] }).count))
    }
  }

  /// Whether a pulse has the frequency of an answer.
  private static func isAnswer(_ pulse: Tone) -> Bool {
    let isOneLine = pulse.second == 0 || pulse.second - pulse.first < ghostHz
    return isOneLine
      && answerHz.contains { answer in
        [pulse.first, pulse.second].contains { abs($0 - answer) < answerToleranceHz }
      }
  }

  /// The calling tones of fax machines among some pulses: two or more of 1100 Hz for half a second, every 3.5 s (T.30). Lists
  /// of indices into the pulses, which are in order of time.
  static func calls(in pulses: [Tone], among indices: [Int]) -> [[Int]] {
    var groups: [[Int]] = []
    for index in indices where isCall(pulses[index]) {
      if let last = groups.last?.last, isInCadence(pulses[last], pulses[index]) {
        groups[groups.count - 1].append(index)
      } else {
        groups.append([index])
      }
    }
    return groups.filter { $0.count >= minimumCalls }
  }

  private static func isCall(_ pulse: Tone) -> Bool {
    abs(pulse.first - callHz) < callToleranceHz && pulse.second == 0
      && callLengthS.contains(Frames.seconds(pulse.frames.count))
  }

  /// Whether a second pulse comes one cadence after a first, or two or three: some are lost under other sounds.
  private static func isInCadence(_ first: Tone, _ second: Tone) -> Bool {
    let interval = Frames.seconds(second.frames.lowerBound - first.frames.lowerBound)
    return (1...longestLoss).contains { number in
      abs(interval / Double(number) - callIntervalS) < callIntervalToleranceS
    }
  }

  /// CED of T.30 and ANS of V.25; 2225 Hz of Bell 103.
  private static let answerHz: [Float] = [2100, 2225]
  /// GSM 6.10 puts ghosts beside a line, some 110 Hz off.
  private static let ghostHz: Float = 200
  /// T.30 and V.25 have 15 Hz; codecs move a line by a few more.
  private static let answerToleranceHz: Float = 25
  /// The answer lasts 2.6 to 4 s (T.30, V.25); a voice before it may cover its start, and another answer may follow.
  private static let answerLengthS = 2.3...5.5
  /// CNG of T.30.
  private static let callHz: Float = 1100
  /// T.30: 38 Hz, and what codecs move.
  private static let callToleranceHz: Float = 42
  /// T.30: 0.5 s, 15 % more or less, each edge known to 10 ms.
  private static let callLengthS = 0.4...0.6
  /// T.30: from one tone to the next 3.5 s, 15 % more or less.
  private static let callIntervalS = 3.5
  private static let callIntervalToleranceS = 0.55
  /// The next tone is looked for over so many cadences: two in a row may be lost (our judgement).
  private static let longestLoss = 3
  /// One beep of 1100 Hz may be anything (our judgement).
  private static let minimumCalls = 2
}
