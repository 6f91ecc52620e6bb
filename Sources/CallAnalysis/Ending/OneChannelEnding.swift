internal import CallModel

/// The end of a call whose one channel carries both parties: what it shows, without whom it struck.
struct OneChannelEnding {
  /// What was found on the channel.
  let leg: LegRecord
  /// Its tone signals.
  let signals: [ToneSignal]
  /// The length of the recording, in frames and in seconds.
  let frameCount: Int
  let duration: Seconds
  /// Whether the file itself is cut short.
  let isTruncated: Bool
  let settings: EndingSettings

  /// The verdict of the first rule that holds.
  var verdict: EndingVerdict {
    let rules = [cutShort, withoutSpeech, leftOnHold, cutByTheEnd, diedBeforeABusyTone]
    let ending = rules.lazy.compactMap { $0() }.first ?? natural
    return EndingVerdict(ending, atTheEndOf: duration)
  }

  private var hold: Hold? { Hold.last(music: leg.music, signals: signals, settings: settings) }
  private var lastSpeech: Int { leg.speech.last?.upperBound ?? 0 }

  private func cutShort() -> Ending? {
    isTruncated
      ? ending(.truncatedRecording, abrupt: false, 0.9, "the file is cut short") : nil
  }

  private func withoutSpeech() -> Ending? {
    guard leg.speech.isEmpty else { return nil }
    return hold.map { ending(.abandonedInQueue, abrupt: true, 0.7, "\($0.sound) and no speech") }
      ?? ending(.noConversation, abrupt: false, 0.8, "no speech is heard")
  }

  private func leftOnHold() -> Ending? {
    guard let hold, frameCount - hold.frames.upperBound <= hold.reach, lastSpeech <= hold.frames.upperBound
    else { return nil }
    return ending(
      .abandonedOnHold, abrupt: true, 0.8,
      "\(hold.sound) from \(clock(hold.frames.lowerBound)) to the end")
  }

  private func cutByTheEnd() -> Ending? {
    leg.tail.isCut && leg.tail.deadFrom == nil
      ? ending(.cutOff, abrupt: true, 0.6, "the recording ends in speech that has not decayed") : nil
  }

  private func diedBeforeABusyTone() -> Ending? {
    guard let last = signals.last, [.busyTone, .congestionTone].contains(last.type),
      leg.tail.soundsCut, leg.tail.deadFrom != nil
    else { return nil }
    return ending(.cutOff, abrupt: true, 0.6, "speech falls silent in mid-word and a busy tone follows")
  }

  private var natural: Ending {
    ending(.natural, abrupt: false, 0.6, "the last word, at \(clock(lastSpeech)), has decayed")
  }

  private func ending(
    _ kind: Ending.Kind, abrupt: Bool, _ confidence: Double, _ evidence: String
  ) -> Ending {
    Ending(kind: kind, abrupt: abrupt, confidence: confidence, evidence: [evidence])
  }
}
