internal import CallModel
internal import RealModule

/// The voices on a channel that carries both parties, told apart by sound alone: no words, nothing kept.
struct VoiceSeparation {
  /// How many voices are heard.
  enum Count {
    case none
    case one
    /// There is too little evidence to tell.
    case oneOrTwo
    case two
    case more

    /// The number, with 3 for more than two; nil where it is one or two.
    var number: Int? {
      switch self {
      case .none: 0
      case .one: 1
      case .oneOrTwo: nil
      case .two: 2
      case .more: 3
      }
    }
  }

  /// Segments this far below the loud talk are nobody's, in dB: they are of the line and of the room.
  private static let islandDb: Float = 24
  /// With fewer loud frames a segment is known by its neighbours, in ms (our measurement).
  private static let minimumStrongMs = 250.0
  /// The voices are learnt from so many segments at most, spread over the call: more cost time and change nothing.
  private static let maximumLearnt = 2000
  /// The probability that a segment has the voice of the one it touches (our measurement).
  private static let stay = 0.8
  /// A gap between segments longer than this is a pause, in s.
  private static let pauseS = 0.2
  /// A change of mood makes the separation less sure by this.
  private static let moodDoubt = 0.15
  /// The range of the confidence: half of the talk is right by chance, and nothing is certain.
  private static let confidences = 0.5...0.99

  /// How many voices are heard.
  private(set) var count = Count.none
  /// The voice of each segment; nil where a segment is too faint to be either's.
  private(set) var labels: [Voice?]
  /// How sure the labels are, 0 to 1.
  private(set) var confidence = 0.0
  /// What all this was weighed from.
  private(set) var cues = VoiceCues()

  /// Tells the voices of segments apart, given in order.
  init(_ segments: [VoiceSegment]) {
    labels = Array(repeating: nil, count: segments.count)
    guard let loud = Self.loudLevel(of: segments) else { return }
    let heard = segments.indices.filter { segments[$0].loud > loud - Self.islandDb }
    let minimumStrong = Frames.count(milliseconds: Self.minimumStrongMs)
    let known = heard.filter { segments[$0].strong >= minimumStrong }
    guard known.count >= 2 else {
      count = known.isEmpty ? .none : .one
      return
    }
    let stride = known.count / (Self.maximumLearnt + 1) + 1
    let learnt = Swift.stride(from: 0, to: known.count, by: stride).map { known[$0] }
    let learntSegments = learnt.map { segments[$0] }
    let points = VoiceMixture.Points(learntSegments)
    let pair = VoiceMixture.pair(points)
    let number = VoiceCount(
      learntSegments, pauses: Self.pauses(between: known.map { segments[$0] }), points: points)
    count = number.voices
    let fit = VoiceMixture(
      points, start: pair.shares, stay: stride == 1 ? Self.stayProbabilities(learntSegments) : nil)
    let mood = MoodChange(points, pair: pair)
    let shares = mood?.lastingShares ?? fit.shares[1]
    let confidenceCues = VoiceConfidenceCues(points, pair: pair, number: number)
    cues = VoiceCues(second: number.second, third: number.third, confidence: confidenceCues)
    confidence = Self.confidence(confidenceCues, isMood: mood != nil)
    for (index, share) in zip(learnt, shares) { labels[index] = share > 0.5 ? .two : .one }
    for index in known where labels[index] == nil {
      labels[index] = fit.nearest(points.centred(segments[index].point)).flatMap(Voice.init(rawValue:))
    }
    for index in heard where labels[index] == nil {
      labels[index] = Self.nearestKnown(to: index, of: known, in: segments).flatMap { labels[$0] }
    }
  }

  /// The level that a twentieth of the talk lies above, in dBov.
  private static func loudLevel(of segments: [VoiceSegment]) -> Float? {
    let loudest = segments.map { (level: $0.loud, frames: $0.frames.count / 10 + 1) }
      .sorted { $0.level > $1.level }
    let total = loudest.reduce(0) { $0 + $1.frames }
    var above = 0
    return loudest.first { segment in
      above += segment.frames
      return above > total - 1 - Int(0.95 * Double(total))
    }?.level
  }

  /// The lengths of the pauses between segments, in frames.
  private static func pauses(between segments: [VoiceSegment]) -> [Int] {
    zip(segments, segments.dropFirst()).map { $1.frames.lowerBound - $0.frames.upperBound }
      .filter { $0 > Frames.count(seconds: pauseS) }
  }

  /// How likely each segment has the voice of the one before: likely where they touch, as likely as not after a
  /// pause.
  private static func stayProbabilities(_ segments: [VoiceSegment]) -> [Double] {
    segments.indices.map { $0 > 0 && segments[$0].touches(segments[$0 - 1]) ? stay : 0.5 }
  }

  /// The share of the talk that has its right voice.
  private static func confidence(_ cues: VoiceConfidenceCues, isMood: Bool) -> Double {
    let odds = cues.weighed(by: VoiceCountWeights.confidence)
    let confidence = min(confidences.upperBound, 0.5 + 0.5 / (1 + .exp(-odds)))
    return isMood ? max(confidences.lowerBound, confidence - moodDoubt) : confidence
  }

  /// The known segment that is nearest in time to one that is too short to be known.
  private static func nearestKnown(to index: Int, of known: [Int], in segments: [VoiceSegment]) -> Int? {
    func gap(_ other: Int) -> Int {
      max(
        segments[other].frames.lowerBound - segments[index].frames.upperBound,
        segments[index].frames.lowerBound - segments[other].frames.upperBound)
    }
    let place = known.firstIndex { $0 > index } ?? known.count
    let near = [place - 1, place].filter(known.indices.contains).map { known[$0] }
    return near.min { gap($0) < gap($1) }
  }
}
