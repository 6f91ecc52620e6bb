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
    let speech = legs.map(\.speech)
    self.speech = speech
    spoke = Party.both.filter {
      Frames.seconds(speech[$0].frameTotal) >= settings.conversationMinimumS
    }
    let dead = legs.map { $0.tail.deadFrom ?? Int.max }
    let gone: Party = dead.customer < dead.agent ? .customer : .agent
    firstLegGone =
      dead[gone] < Int.max && frameCount - dead[gone] > Self.minimumDead && legs[gone].tail.hadNoise
      ? gone : nil
  }

  /// Where a party's last talkspurt ends, in frames; 0 without one.
  func lastSpeech(_ party: Party) -> Int { speech[party].last?.upperBound ?? 0 }
}

/// How a call ended, and where to listen to it.
struct EndingVerdict {
  /// The verdict.
  var ending: Ending
  /// Where to listen from, in seconds; to the end of the recording.
  var from: Seconds

  /// Without a better place one listens to the last 10 s.
  static func lastSeconds(of duration: Seconds) -> Seconds { max(0, duration - 10) }

  /// A verdict; one listens to the last seconds of the recording.
  init(_ ending: Ending, atTheEndOf duration: Seconds) {
    self.init(ending, from: Self.lastSeconds(of: duration))
  }

  /// A verdict and where to listen from, in seconds.
  init(_ ending: Ending, from: Seconds) {
    self.ending = ending
    self.from = from
  }
}

/// A rule about the end of a call with a leg for each party.
protocol EndingRule {
  /// The verdict where the rule holds; nil elsewhere.
  static func verdict(on evidence: EndingEvidence) -> EndingVerdict?
}

/// The rules about the end of a call, in order: the first that holds decides.
enum EndingRules {
  private static var ordered: [any EndingRule.Type] {
    [LeftOnHold.self, ReachedVoicemail.self, NobodyConversed.self, LegDied.self, CutByTheEnd.self]
  }

  /// How a call with a leg for each party ended.
  static func verdict(on evidence: EndingEvidence) -> EndingVerdict {
    for rule in ordered {
      if let verdict = rule.verdict(on: evidence) { return verdict }
    }
    return CameToItsEnd.verdict(on: evidence)
  }
}
