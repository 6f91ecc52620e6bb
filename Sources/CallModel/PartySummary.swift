/// Both parties' measures.
public struct Parties: Sendable, Hashable, Codable {
  /// The business's side.
  public var agent: PartySummary
  /// The customer's side.
  public var customer: PartySummary

  /// The measures of both.
  public init(agent: PartySummary, customer: PartySummary) {
    self.agent = agent
    self.customer = customer
  }
}

/// What is measured of one party. All nil where one channel carries both parties and their voices were not
/// separated.
public struct PartySummary: Sendable, Hashable, Codable {
  /// The channel the party is on, from 0.
  @Nullable public var channel: Int?
  /// The sum of the party's talkspurts, in seconds.
  @Nullable public var talk: Seconds?
  /// The party's talk over the talk of both, 0 to 1; nil where nobody talked.
  @Nullable public var talkShare: Double?
  /// The party's talk over the duration of the recording, 0 to 1.
  @Nullable public var talkRatio: Double?
  /// Whether `talkShare` holds when the threshold of speech moves by 3 dB; nil where there is no share.
  @Nullable public var talkConfidence: Confidence?
  /// The number of turns.
  @Nullable public var turns: Int?
  /// The longest turn, in seconds.
  @Nullable public var longestTurn: Seconds?
  /// Maximal stretches of speech with own silences below 200 ms, in order.
  @Nullable public var talkspurts: [TimeRange]?
  /// From the other's last word to this party's first, in seconds, negative where they overlap; over the
  /// turns that this party takes from the other.
  @Nullable public var responseLatency: Distribution?
  /// The active speech level in dBov (ITU-T P.56, method B).
  @Nullable public var level: Double?
  /// The background noise in dBov; nil in digital silence.
  @Nullable public var noise: Double?
  /// The fundamental frequency of voiced speech, in Hz.
  @Nullable public var pitch: Percentiles?
  /// Syllable nuclei per second of the party's own talk; an estimate.
  @Nullable public var pace: Double?
  /// The quality of the party's line.
  @Nullable public var line: LineQuality?

  /// A party of which nothing is known.
  public init() {}

  /// The names of the fields in a summary.
  public enum CodingKeys: String, CodingKey, CaseIterable {
    case channel, turns, talkspurts, line
    case talk = "talk_s"
    case talkShare = "talk_share"
    case talkRatio = "talk_ratio"
    case talkConfidence = "talk_confidence"
    case longestTurn = "longest_turn_s"
    case responseLatency = "response_latency_s"
    case level = "level_dbov"
    case noise = "noise_dbov"
    case pitch = "pitch_hz"
    case pace = "pace_syllables_per_s"
  }
}

/// How far a figure can be trusted.
public enum Confidence: String, Codable, Sendable, Hashable {
  /// It moves by 5 points at most when the thresholds of speech move by 3 dB; on one channel, the voices were
  /// separated with enough confidence.
  case high
  /// It moves by more, or the voices were not.
  case low
}

/// How a quantity is spread: the count and three percentiles, nil where there is nothing to count.
public struct Distribution: Sendable, Hashable, Codable {
  /// How many values.
  public var count: Int
  /// The middle value.
  @Nullable public var median: Double?
  /// A tenth of the values lie below.
  @Nullable public var p10: Double?
  /// A tenth of the values lie above.
  @Nullable public var p90: Double?

  /// The distribution of `values`, rounded to `decimals`. Percentiles interpolate between ranks.
  public init(of values: [Double], decimals: Int) {
    let sorted = values.sorted()
    count = sorted.count
    median = sorted.percentile(0.5)?.rounded(decimals: decimals)
    p10 = sorted.percentile(0.1)?.rounded(decimals: decimals)
    p90 = sorted.percentile(0.9)?.rounded(decimals: decimals)
  }
}

/// Three percentiles of a quantity.
public struct Percentiles: Sendable, Hashable, Codable {
  /// The middle value.
  public var median: Double
  /// A tenth of the values lie below.
  public var p10: Double
  /// A tenth of the values lie above.
  public var p90: Double

  /// These percentiles.
  public init(median: Double, p10: Double, p90: Double) {
    self.median = median
    self.p10 = p10
    self.p90 = p90
  }
}

extension [Double] {
  /// The value below which the fraction `q` of a sorted list lies, interpolated between ranks (Hyndman and
  /// Fan's type 7); nil for an empty list.
  public func percentile(_ q: Double) -> Double? {
    guard let last = indices.last else { return nil }
    let position = q * Double(last)
    let below = Int(position)
    let above = Swift.min(below + 1, last)
    return self[below] + (self[above] - self[below]) * (position - Double(below))
  }
}

/// The quality of one party's line.
public struct LineQuality: Sendable, Hashable, Codable {
  /// Runs of samples at the codec's ceiling per minute of speech.
  @Nullable public var clippingPerMinute: Double?
  /// Holes inside speech per minute of speech.
  @Nullable public var dropoutsPerMinute: Double?
  /// Packets inside speech that were played again because the next was lost, per minute of speech.
  @Nullable public var repeatsPerMinute: Double?
  /// How long the holes are, in seconds: packets lost in a row make one.
  @Nullable public var dropoutLength: Distribution?
  /// How long the repeated packets last, in seconds, to 10 ms.
  @Nullable public var repeatLength: Distribution?
  /// From the first hole to a second after the last, in seconds; absent without holes.
  public var dropoutSpan: TimeRange?
  /// The same for repeated packets.
  public var repeatSpan: TimeRange?
  /// Whether this leg stayed without speech while the other party talked and got no answer.
  @Nullable public var oneWay: Bool?
  /// How far the other party's voice on this leg lies below their own leg, in dB (negative); nil where none
  /// was found.
  @Nullable public var leakage: Double?

  /// A line with these measures.
  public init(
    clippingPerMinute: Double?, dropoutsPerMinute: Double?, repeatsPerMinute: Double? = nil,
    dropoutLength: Distribution? = nil, repeatLength: Distribution? = nil, oneWay: Bool?, leakage: Double?
  ) {
    self.clippingPerMinute = clippingPerMinute
    self.dropoutsPerMinute = dropoutsPerMinute
    self.repeatsPerMinute = repeatsPerMinute
    self.dropoutLength = dropoutLength
    self.repeatLength = repeatLength
    self.oneWay = oneWay
    self.leakage = leakage
  }

  enum CodingKeys: String, CodingKey {
    case clippingPerMinute = "clipping_per_min"
    case dropoutsPerMinute = "dropouts_per_min"
    case repeatsPerMinute = "repeats_per_min"
    case dropoutLength = "dropout_length_s"
    case repeatLength = "repeat_length_s"
    case dropoutSpan = "dropout_span_s"
    case repeatSpan = "repeat_span_s"
    case oneWay = "one_way"
    case leakage = "leakage_db"
  }
}
