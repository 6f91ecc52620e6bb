internal import CallModel

/// What the rules about the end of a call with a leg for each party look at.
struct EndingEvidence {
  /// What was found on each party's leg.
  let legs: ByParty<LegRecord>
  /// The tone signals of each leg.
  let signals: ByParty<[ToneSignal]>
  /// The length of the recording, in frames and in seconds.
  let frameCount: Int
  let duration: Seconds
  /// Whether the file itself is cut short.
  let isTruncated: Bool
  let settings: EndingSettings

  /// Where fax machines are heard, by start.
  let fax: [FrameRange]
  /// Where each party speaks.
  let speech: ByParty<[FrameRange]>
  /// The parties that spoke long enough to converse.
  let spoke: [Party]
  /// The party whose leg went silent first, some time before the end; nil where neither did. A leg that had no noise
  /// to lose may just be silent.
  let firstLegGone: Party?

  /// A leg that dies this shortly before the end, in frames, dies with the call.
  private static let minimumDead = 20

  init(
    legs: ByParty<LegRecord>, signals: ByParty<[ToneSignal]>, frameCount: Int, duration: Seconds,
    isTruncated: Bool, settings: EndingSettings
  ) {
    self.legs = legs
    self.signals = signals
    self.frameCount = frameCount
    self.duration = duration
    self.isTruncated = isTruncated
    self.settings = settings
    fax = FaxFacts.all(legs: legs.values, signals: signals.values)
    let speech = legs.map(\.speech)
    self.speech = speech
    spoke = Party.both.filter {
      Frames.seconds(speech[$0].frameTotal) >= settings.conversationMinimumS
    }
    let dead = legs.map { $0.tail.deadFrom ?? frameCount }
    let gone: Party = dead.customer < dead.agent ? .customer : .agent
    firstLegGone = frameCount - dead[gone] > Self.minimumDead && legs[gone].tail.hadNoise ? gone : nil
  }

  /// Where a party's leg dies, in frames; the end of the recording where it is live to the end.
  func died(_ party: Party) -> Int { legs[party].tail.deadFrom ?? frameCount }

  /// Whether a party's leg dies and the recording goes on.
  func diesBefore(_ party: Party) -> Bool { frameCount - died(party) > Self.minimumDead }

  /// Where a party's last talkspurt ends, in frames; 0 without one.
  func lastSpeech(_ party: Party) -> Int { speech[party].last?.upperBound ?? 0 }
}
