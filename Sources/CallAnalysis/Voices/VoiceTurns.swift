internal import CallModel
internal import SignalProcessing

/// The turns on a channel by which voices are counted: segments that touch and are one voice's by a first guess, so
/// that the sounds of a sentence and the fall of its end average out.
///
/// The same sound twice, a jingle or a recorded phrase, tells no more of a voice than once: copies count as talk, not
/// as evidence. Turns are told apart as points in the space of the segments.
struct VoiceTurns {
  /// The distinct turns.
  var points: VoiceMixture.Points
  /// For each turn, which of the distinct ones it is.
  var sounds: [Int] = []
  /// The frames that tell of a voice, turn by turn.
  var talk: [Double] = []
  /// The level of its loud frames in dBov, turn by turn.
  var levels: [Double] = []
  /// The pitch in semitones, turn by turn; nil where too little of it is voiced.
  var pitches: [Double?] = []

  /// Joins segments, of which `second` says which of two voices each is.
  init(
    _ segments: [VoiceSegment], points of: VoiceMixture.Points, second: [Bool], settings: VoicesSettings
  ) {
    points = VoiceMixture.Points(
      values: [], weights: [], mean: [Double](repeating: 0, count: VoiceSpace.dimensions))
    var start = 0
    for index in segments.indices {
      let next = index + 1
      if next < segments.count, second[next] == second[index],
        segments[next].frames.lowerBound - segments[index].frames.upperBound <= 1
      {
        continue
      }
      append(segments, of, from: start..<next, settings: settings)
      start = next
    }
    points.centre()
  }

  private mutating func append(
    _ segments: [VoiceSegment], _ all: VoiceMixture.Points, from range: Range<Int>, settings: VoicesSettings
  ) {
    var point = [Double](repeating: 0, count: VoiceSpace.dimensions)
    let weight = range.reduce(0) { $0 + all.weights[$1] }
    for index in range {
      for axis in point.indices { point[axis] += all.values[index][axis] * all.weights[index] / weight }
    }
    let frames = range.reduce(0) { $0 + Double(segments[$1].strong) }
    talk.append(frames)
    levels.append(range.reduce(0) { $0 + Double(segments[$1].loud) * Double(segments[$1].strong) } / frames)
    pitches.append(range.compactMap { segments[$0].semitones }.sorted().percentile(0.5))
    let copied = points.values.firstIndex { squaredDistance($0, point) < settings.copyDistance }
    sounds.append(copied ?? points.values.count)
    if copied == nil {
      points.values.append(point)
      points.weights.append(1 / (settings.turnVariance + 1 / weight))
    }
  }

  /// The level of a voice in dBov, by talk; `voice` tells which of the distinct sounds are its own.
  func level(of voice: (Int) -> Bool) -> Double? {
    let own = sounds.indices.filter { voice(sounds[$0]) }
    let frames = own.reduce(0) { $0 + talk[$1] }
    return frames > 0 ? own.reduce(0) { $0 + talk[$1] * levels[$1] } / frames : nil
  }

  /// The median pitch in semitones of the turns of a voice.
  func pitch(of voice: (Int) -> Bool) -> Double? {
    sounds.indices.filter { voice(sounds[$0]) }.compactMap { pitches[$0] }.sorted().percentile(0.5)
  }

  /// The frames of talk of a voice.
  func talk(of voice: (Int) -> Bool) -> Double {
    sounds.indices.reduce(0) { $0 + (voice(sounds[$1]) ? talk[$1] : 0) }
  }
}

extension VoiceSegment {
  /// The pitch in semitones; nil where too little of it is voiced.
  var semitones: Double? {
    guard pitches.count >= 8, let pitch = voice.pitch, pitch > 0 else { return nil }
    return Talkspurt.semitones(Double(pitch))
  }
}
