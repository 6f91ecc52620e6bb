internal import CallModel

/// A rule that finds one kind of thing that deserves a listener: pure, over the summary alone, so that it can run
/// again when prompts, metadata or a person have changed a fact.
protocol FindingRule {
  init(settings: AnalysisSettings)
  /// What the rule finds in a call.
  func findings(in call: CallSummary) -> [Finding]
}

/// All findings of a call.
enum Findings {
  private static var rules: [any FindingRule.Type] {
    [
      CustomerCutOff.self, HungUpOnCustomer.self, AgentCutOff.self, AbandonedOnHold.self,
      AbandonedInQueue.self, NoHumanAnswered.self, Voicemail.self, TruncatedRecording.self, LongDeadAir.self,
      LongTail.self, LongHold.self, EscalatedVoice.self, AgentInterrupts.self, AgentMonologue.self,
      SlowAnswer.self,
      NoGreeting.self, RushedClosing.self, OneWayAudio.self, DeadLegs.self, Dropouts.self, ConcealedLoss.self,
      Clipping.self,
      LowLevel.self, AudibleLeakage.self, LegsOutOfStep.self, BothChannelsSame.self,
      DoubtfulRecording.self, WrongSampleRate.self,
    ]
  }

  /// The findings of a call by start time, then by code. Depends on the summary's facts and the settings alone:
  /// findings that the summary has already are not read.
  static func all(in call: CallSummary, settings: AnalysisSettings) -> [Finding] {
    rules.flatMap { $0.init(settings: settings).findings(in: call) }
      .sorted { ($0.start, $0.code.rawValue) < ($1.start, $1.code.rawValue) }
  }
}

extension CallSummary {
  /// The whole recording.
  var wholeRange: TimeRange { TimeRange(0, recording.duration) }

  /// Where to listen to the ending: the last 10 s where the summary does not say.
  var endingRange: TimeRange {
    TimeRange(ending.from ?? EndingVerdict.lastSeconds(of: recording.duration), recording.duration)
  }

  /// A finding in this call; its end is not later than that of the recording.
  func finding(
    _ code: Finding.Code, _ severity: Finding.Severity, _ range: TimeRange, party: Party? = nil,
    value: Double? = nil, threshold: Double? = nil, _ message: String
  ) -> Finding {
    Finding(
      code, severity, start: range.start, end: min(range.end, recording.duration), party: party,
      value: value, threshold: threshold, message: message)
  }

  /// Whose turn it was when; nil where the parties cannot be told apart.
  func turns(_ settings: TurnSettings) -> Turns<Party>? {
    guard let agent = parties.agent.talkspurts, let customer = parties.customer.talkspurts else { return nil }
    func frames(_ talkspurts: [TimeRange]) -> [FrameRange] {
      talkspurts.map { range in
        let start = Frames.count(seconds: range.start)
        return start..<max(start, Frames.count(seconds: range.end))
      }
    }
    return Turns(
      talkspurts: ByParty(agent: frames(agent), customer: frames(customer)), settings: settings)
  }
}

/// Seconds as a whole number, for sentences.
func wholeSeconds(_ seconds: Seconds) -> Int { Int(seconds.rounded()) }
