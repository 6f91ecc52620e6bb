internal import CallModel

/// The turns on a channel by which voices are counted: segments that touch and are one voice's by a first guess, so
/// that the sounds of a sentence and the fall of its end average out.
///
/// The same sound twice, a jingle or a recorded phrase, says no more of a voice than once: copies count as talk, not
/// as evidence. Turns are compared as points in the space of the segments.
struct VoiceTurns {
  /// The variance between turns of one party, in that of its segments (our measurement).
  private static let turnVariance = 0.3
  /// Turns that lie nearer than this, squared and in variances within a party, are the same sound twice: two
  /// utterances of one party never do (our measurement).
  private static let copyDistance = 2.0

  /// The distinct turns.
  let points: VoiceMixture.Points
  /// For each turn, which of the distinct ones it is.
  private(set) var sounds: [Int] = []
  /// The frames that describe a voice, turn by turn.
  private var talk: [Double] = []
  /// The pitch in semitones above 1 Hz, turn by turn; nil where too little of it is voiced.
  private var pitches: [Double?] = []

  /// Joins segments, given with their points.
  ///
  /// - Parameter isSecond: the first guess, whether a segment is the second of two voices.
  init(_ segments: [VoiceSegment], points all: VoiceMixture.Points, isSecond: [Bool]) {
    var values: [[Double]] = []
    var weights: [Double] = []
    for range in Self.ranges(of: segments, isSecond: isSecond) {
      let (point, weight) = Self.mean(of: all, in: range)
      let copied = values.firstIndex { squaredDistance($0, point) < Self.copyDistance }
      sounds.append(copied ?? values.count)
      if copied == nil {
        values.append(point)
        weights.append(1 / (Self.turnVariance + 1 / weight))
      }
      talk.append(range.reduce(0) { $0 + Double(segments[$1].strong) })
      pitches.append(range.compactMap { segments[$0].semitones }.sorted().percentile(0.5))
    }
    points = VoiceMixture.Points(values, weights: weights)
  }

  /// The segments of each turn.
  private static func ranges(of segments: [VoiceSegment], isSecond: [Bool]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for index in segments.indices {
      let next = index + 1
      let isSameTurn =
        next < segments.count && isSecond[next] == isSecond[index] && segments[next].touches(segments[index])
      if isSameTurn { continue }
      ranges.append(start..<next)
      start = next
    }
    return ranges
  }

  /// The mean of some points by their weights, and the sum of the weights.
  private static func mean(of points: VoiceMixture.Points, in range: Range<Int>)
    -> (point: [Double], weight: Double)
  {
    var point = [Double](repeating: 0, count: VoiceSpace.dimensions)
    let weight = range.reduce(0) { $0 + points.weights[$1] }
    for index in range {
      for axis in point.indices {
        point[axis] += points.values[index][axis] * points.weights[index] / weight
      }
    }
    return (point, weight)
  }

  /// The frames of talk of a voice.
  ///
  /// - Parameter voices: the voice of each distinct turn, here and below.
  func talk(of voice: Int, in voices: [Int]) -> Double {
    turns(of: voice, in: voices).reduce(0) { $0 + talk[$1] }
  }

  /// The distance of two voices' median pitches, in semitones; 0 where one is unknown.
  func pitchDistance(_ a: Int, _ b: Int, in voices: [Int]) -> Double {
    func pitch(_ voice: Int) -> Double? {
      turns(of: voice, in: voices).compactMap { pitches[$0] }.sorted().percentile(0.5)
    }
    guard let a = pitch(a), let b = pitch(b) else { return 0 }
    return abs(a - b)
  }

  private func turns(of voice: Int, in voices: [Int]) -> [Int] {
    sounds.indices.filter { voices[sounds[$0]] == voice }
  }
}
