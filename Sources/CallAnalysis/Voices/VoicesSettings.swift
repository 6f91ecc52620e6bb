/// Telling the voices of both parties apart on one channel. A voice's own variation is 1 in the units of distance.
public struct VoicesSettings: Sendable, Hashable, Codable {
  /// Talkspurts are cut at their dips until no segment is longer, in s: a voice needs a sentence to be known, and a
  /// longer segment holds both parties too often.
  public var segmentLongestS = 2.0
  /// A cut keeps this far from the ends of what it cuts, in s.
  public var segmentShortestS = 0.4
  /// Frames within this of a segment's loud ones describe its voice, in dB.
  public var depthDb = 27.0
  /// A segment with less of them is known by its neighbours, in ms.
  public var strongMinimumMs = 250.0
  /// Segments this far below the loud talk are nobody's, in dB.
  public var islandDb = 24.0
  /// With so many frames a segment's chance variation equals that between segments of one party.
  public var segmentNoiseFrames = 60.0
  /// The voices are learnt from so many segments at most, spread over the call.
  public var learntSegments = 2000
  /// How often a segment has the voice of the one it touches.
  public var stay = 0.8
  /// The logarithm of the odds of two voices over one from which there are two; below 0, because a recording of a call
  /// has two as a rule.
  public var twoVoicesOdds = -1.5
  /// A gap between segments from this long is a pause, in s.
  public var pauseS = 0.2
  /// From this long a pause is the other party's turn, which this channel does not carry, or else is rare, in s.
  public var silentTurnS = 1.5
  /// The evidence for a change of mood over two voices that stay what they are, from which it is believed.
  public var moodEvidence = 10.0
  /// ... and the change lies so many times further apart than the two voices.
  public var moodRatio = 2.0
  /// A change of mood makes the separation less sure by this.
  public var moodDoubt = 0.15
  /// Fewer segments than this show no change of mood.
  public var moodMinimumSegments = 16
  /// With more segments none is looked for: it would cost too much.
  public var moodMaximumSegments = 1000
  /// To count voices, the variance between turns of one party is this, in that of its segments.
  public var turnVariance = 0.3
  /// Turns that lie nearer than this, squared and in variances within a party, are the same sound twice: two
  /// utterances of one party never do (our measurement).
  public var copyDistance = 2.0
  /// Segments with a pitch above this, in Hz, are of a raised voice and do not count as a voice's own, unless half of
  /// the talk is: the pitch of women who converse has a mean of 210 Hz and a deviation of 20 (Traunmueller and
  /// Eriksson 1995).
  public var raisedHz = 265.0
  /// With less talk than this, in s, nobody is a third voice.
  public var thirdTalkS = 3.0
  /// Of three voices the two most alike are moods of one where they lie this far apart in pitch, in semitones.
  public var moodSemitones = 10.0
  /// The logarithm of the odds of a third voice from which there are more than two; above 0, because two are more
  /// often taken for three than three talk.
  public var thirdOdds = 0.25
  /// From these odds a third voice is to be reckoned with
  public var thirdDoubtOdds = -0.1
  /// ... and two voices are told with this confidence at most; as where the odds of two are below 0.
  public var doubtedConfidence = 0.85
  /// From this confidence the parties' talk is trusted, 0 to 1.
  public var trustedConfidence = 0.87
  /// Which voice is the agent's, as natural logarithms of odds fitted to simulated calls: who speaks first.
  public var firstOdds = 0.55
  /// ... and more so after a ring.
  public var ringOdds = 1.3
  /// ... or where the first turn is long: a greeting is, a caller's first word is not.
  public var greetingOdds = 1.2
  /// A first turn from this long is a greeting, in s.
  public var greetingS = 2.5
  /// A reply within this, in s, says that the agent spoke first: callers answer a greeting at once.
  public var replyS = 0.6
  /// ... by so much for each second it comes sooner or later, up to half a second.
  public var replyOddsPerS = 3.2
  /// The agent speaks last before music.
  public var beforeHoldOdds = 1.4
  /// ... and first after it.
  public var afterHoldOdds = 0.5
  /// From this long the line was silent for a reason, in s.
  public var silenceS = 4.0
  /// The agent speaks last before long silence.
  public var beforeSilenceOdds = 0.3
  /// ... and first after it.
  public var afterSilenceOdds = 0.5

  /// The shipped settings.
  public init() {}
}
