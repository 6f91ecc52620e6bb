internal import SignalProcessing

/// The voices on a channel that carries both parties, told apart by sound alone: no words, nothing kept.
struct VoiceSeparation {
  /// How many voices are heard.
  enum Count: Int {
    case none
    case one
    case two
    case more
  }

  /// How many voices are heard.
  var count = Count.none
  /// The voice of each segment, 0 or 1; nil where a segment is too faint to be either's.
  var labels: [Int?] = []
  /// How sure the labels are, 0 to 1.
  var confidence = 0.0
  /// What all this was weighed from.
  var cues = VoiceCues()

  /// Tells the voices of segments apart, given in order.
  init(_ segments: [VoiceSegment], settings: VoicesSettings) {
    labels = Array(repeating: nil, count: segments.count)
    // Islands far below the loud talk are the line's and the room's.
    guard let loud = Self.loudTalk(segments) else { return }
    let heard = segments.indices.filter { segments[$0].loud > loud - Float(settings.islandDb) }
    let least = frames(ms: settings.strongMinimumMs)
    let known = heard.filter { segments[$0].strong >= least }
    guard known.count >= 2 else {
      count = known.isEmpty ? .none : .one
      return
    }
    // Of a very long call every so many segments are enough to learn the voices from.
    let step = known.count / (settings.learntSegments + 1) + 1
    let chosen = stride(from: 0, to: known.count, by: step).map { known[$0] }
    let points = Self.points(chosen.map { segments[$0] }, settings: settings)
    let pair = VoiceMixture.pair(points)
    let number = VoiceCount(
      chosen.map { segments[$0] }, pauses: Self.pauses(known.map { segments[$0] }, settings: settings),
      points: points, settings: settings)
    cues.second = number.second
    cues.third = number.third
    let stay = Self.stay(chosen.map { segments[$0] }, settings: settings)
    let fit = VoiceMixture(points, start: pair.shares, stay: step == 1 ? stay : nil)
    let mood = Self.mood(points, pair: pair, settings: settings)
    let isMood = mood?.isLarger == true
    let shares = isMood ? mood?.shares ?? fit.shares[1] : fit.shares[1]
    count =
      number.odds <= settings.twoVoicesOdds
      ? .one : number.oddsOfThird > settings.thirdOdds ? .more : .two
    let clear = VoiceConfidenceCues(shares, points: points, pair: pair, number: number)
    cues.confidence = clear
    confidence = min(0.99, 0.5 + 0.5 / (1 + exponential(-clear.weighed(by: VoiceCountWeights.confidence))))
    if isMood { confidence = max(0.5, confidence - settings.moodDoubt) }
    if number.odds < 0 || number.oddsOfThird > settings.thirdDoubtOdds {
      confidence = min(confidence, settings.doubtedConfidence)
    }
    for (index, share) in zip(chosen, shares) { labels[index] = share > 0.5 ? 1 : 0 }
    for index in known where labels[index] == nil {
      labels[index] = fit.nearest(points.centred(segments[index].point))
    }
    // Pieces too short to be known go with the nearest known.
    for index in heard where labels[index] == nil {
      labels[index] = Self.nearest(to: index, segments: segments, known: known, labels: labels)
    }
  }

  private static func points(_ segments: [VoiceSegment], settings: VoicesSettings) -> VoiceMixture.Points {
    let weights = segments.map { segment -> Double in
      let strong = Double(segment.strong)
      return strong / (strong + settings.segmentNoiseFrames)
    }
    var points = VoiceMixture.Points(
      values: segments.map { $0.point.map(Double.init) }, weights: weights,
      mean: [Double](repeating: 0, count: VoiceSpace.dimensions))
    points.centre()
    return points
  }

  /// The level that a twentieth of the talk lies above, in dBov.
  private static func loudTalk(_ segments: [VoiceSegment]) -> Float? {
    let loudest = segments.map { (level: $0.loud, frames: $0.frames.count / 10 + 1) }
      .sorted { $0.level > $1.level }
    let total = loudest.reduce(0) { $0 + $1.frames }
    var above = 0
    return loudest.first { segment in
      above += segment.frames
      return above > total - 1 - Int(0.95 * Double(total))
    }?.level
  }

  /// The frames between segments where they do not touch.
  private static func pauses(_ segments: [VoiceSegment], settings: VoicesSettings) -> [Int] {
    zip(segments, segments.dropFirst()).map { $1.frames.lowerBound - $0.frames.upperBound }
      .filter { $0 > frames(s: settings.pauseS) }
  }

  /// How likely a segment has the voice of the one before: likely within a talkspurt, as likely as not after a
  /// pause.
  private static func stay(_ segments: [VoiceSegment], settings: VoicesSettings) -> [Double] {
    segments.indices.map { index in
      guard index > 0 else { return 0.5 }
      let gap = segments[index].frames.lowerBound - segments[index - 1].frames.upperBound
      return gap <= 1 ? settings.stay : 0.5
    }
  }

  private static func nearest(
    to index: Int, segments: [VoiceSegment], known: [Int], labels: [Int?]
  ) -> Int? {
    func gap(_ other: Int) -> Int {
      max(
        segments[other].frames.lowerBound - segments[index].frames.upperBound,
        segments[index].frames.lowerBound - segments[other].frames.upperBound)
    }
    let place = known.firstIndex { $0 > index } ?? known.count
    let near = [place - 1, place].filter(known.indices.contains).map { known[$0] }
    return near.min { gap($0) < gap($1) }.flatMap { labels[$0] }
  }

  /// The shares of a party where the other's mood changes for good in mid-call: three clusters, of which one lasts
  /// throughout and the others follow one another. Anger can lie further from the same person's calm than the
  /// other party does (`isLarger`); then two clusters would part moods instead of people.
  private static func mood(_ points: VoiceMixture.Points, pair: VoiceMixture, settings: VoicesSettings)
    -> (shares: [Double], isLarger: Bool)?
  {
    let count = points.values.count
    guard count >= settings.moodMinimumSegments, count <= settings.moodMaximumSegments else { return nil }
    var best: (fit: VoiceMixture, split: Int)?
    for step in 0..<9 {
      let split = Int((Double(count) * (0.2 + 0.075 * Double(step))).rounded())
      guard split >= 6, count - split >= 6 else { continue }
      let parts = [0..<split, split..<count].map { part in
        VoiceMixture.pair(
          VoiceMixture.Points(
            values: Array(points.values[part]), weights: Array(points.weights[part]), mean: points.mean),
          starts: 3, rounds: 4
        ).shares[1]
      }
      func turned(_ values: [Double]) -> [Double] { values.map { 1 - $0 } }
      let constants = [
        parts[0] + parts[1], parts[0] + turned(parts[1]), turned(parts[0]) + parts[1],
        turned(parts[0]) + turned(parts[1]), pair.shares[0], pair.shares[1],
      ]
      let early = (0..<count).map { $0 < split }
      for constant in constants {
        let fit = VoiceMixture(
          points,
          start: [
            constant.map { min(max($0, 0.02), 0.98) },
            constant.indices.map { early[$0] ? min(max(1 - constant[$0], 0.02), 0.98) : 0 },
            constant.indices.map { early[$0] ? 0 : min(max(1 - constant[$0], 0.02), 0.98) },
          ],
          allowed: [early.map { _ in true }, early, early.map { !$0 }], rounds: 6)
        if fit.evidence > best?.fit.evidence ?? -.infinity { best = (fit, split) }
      }
    }
    guard let best, best.fit.evidence - pair.evidence > settings.moodEvidence else { return nil }
    let shift = best.fit.separation(1, 2)
    let apart = min(best.fit.separation(0, 1), best.fit.separation(0, 2))
    return (best.fit.shares[0], shift > settings.moodRatio * apart)
  }
}
