internal import CallModel

/// Names the signals that pulses make up, by their cadence rather than by a list of countries.
enum ToneNames {
  /// The signals of one leg, in order of time.
  ///
  /// - Parameters:
  ///   - pulses: its pulses, in order of time.
  ///   - speech: its talkspurts, in order of time: a beep comes after speech, a ring before.
  ///   - other: the talkspurts of the other leg, in order of time: who waits on hold says little.
  static func signals(
    of pulses: [Tone], speech: [FrameRange], other: [FrameRange] = [], settings: ToneSettings
  ) -> [ToneSignal] {
    var signals: [ToneSignal] = []
    var isNamed = [Bool](repeating: false, count: pulses.count)
    var rest: [Int] { pulses.indices.filter { !isNamed[$0] } }
    func name(_ groups: [[Int]], as type: CallEvent.Kind) {
      for group in groups {
        let frames = span(group.map { pulses[$0] })
        signals.append(ToneSignal(type: type, frames: frames, count: group.count))
        for index in group { isNamed[index] = true }
      }
    }
    func isSpoken(between a: Tone, and b: Tone) -> Bool {
      speech.contains { $0.lowerBound >= a.frames.upperBound && $0.upperBound <= b.frames.lowerBound }
    }
    name(pulses.indices.filter { pulses[$0].isKey }.map { [$0] }, as: .dtmf)
    name(ToneGroups.informationTones(in: pulses, among: rest, settings: settings), as: .sit)
    name(FaxTones.calls(in: pulses, among: rest), as: .fax)
    name(FaxTones.answers(in: pulses, among: rest), as: .fax)
    let judgement = HoldBeeps(pulses: pulses, speech: speech, other: other, settings: settings)
    name(
      ToneGroups.evenBeeps(in: pulses, among: rest, settings: settings).filter(judgement.areHold), as: .hold)
    let cadences = ToneGroups.cadences(
      in: pulses, among: rest, settings: settings,
      // What is found between two rings of an exchange is no answer.
      isBroken: { isSpoken(between: $0, and: $1) && !areRings($0, $1) })
    for cadence in cadences {
      let group = cadence.map { pulses[$0] }
      if group[0].isProgress(settings) {
        signals += ProgressTone.signals(of: group, speech: speech, settings: settings)
      } else {
        signals += beeps(group, settings: settings)
      }
    }
    return signals.sorted {
      ($0.frames.lowerBound, $0.frames.upperBound) < ($1.frames.lowerBound, $1.frames.upperBound)
    }
  }

  /// Whether two pulses are rings of one cadence.
  private static func areRings(_ a: Tone, _ b: Tone) -> Bool {
    ProgressTone.isLong(a) && ProgressTone.isLong(b) && a.isInCadence(with: b)
  }

  /// Beeps and longer tones above the call progress tones; a codec may tear one.
  private static func beeps(_ group: [Tone], settings: ToneSettings) -> [ToneSignal] {
    let longest = Frames.count(seconds: settings.beepLongestS)
    return group.map(\.frames).bridged(gap: Frames.count(milliseconds: TonalRuns.bridgeMs)).map {
      ToneSignal(type: $0.count <= longest ? .beep : .tone, frames: $0, count: 1)
    }
  }

  /// From the start of the first pulse to the end of the last.
  static func span(_ group: [Tone]) -> FrameRange {
    group[0].frames.lowerBound..<group[group.count - 1].frames.upperBound
  }
}
