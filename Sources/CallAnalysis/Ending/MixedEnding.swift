internal import CallModel

/// The end of a call whose one channel carries both parties: what it shows, without saying whom it struck.
enum MixedEnding {
  static func judge(
    leg: LegRecord, signals: [ToneSignal], duration: Seconds, frameCount: Int, truncated: Bool,
    settings: EndingSettings
  ) -> CallEnding {
    let range = TimeRange(max(0, duration - 10), duration)
    func ending(_ kind: Ending.Kind, abrupt: Bool, _ confidence: Double, _ evidence: String) -> CallEnding {
      CallEnding(
        ending: Ending(kind: kind, abrupt: abrupt, confidence: confidence, evidence: [evidence]), range: range
      )
    }
    if truncated { return ending(.truncatedRecording, abrupt: false, 0.9, "the file is cut short") }
    let hold = Hold.last(music: leg.music, signals: signals, settings: settings)
    guard let last = leg.speech.last else {
      return hold.map { ending(.abandonedInQueue, abrupt: true, 0.7, "\($0.sound) and no speech") }
        ?? ending(.noConversation, abrupt: false, 0.8, "no speech is heard")
    }
    if let hold, frameCount - hold.frames.upperBound <= hold.reach,
      last.upperBound <= hold.frames.upperBound
    {
      return ending(
        .abandonedOnHold, abrupt: true, 0.8,
        "\(hold.sound) from \(clock(hold.frames.lowerBound)) to the end")
    }
    if frameCount - last.upperBound <= frames(ms: settings.edgeMs), leg.tail.decay < Float(settings.decayDb) {
      return ending(
        .cutOff, abrupt: true, 0.6, "the recording ends in speech that has not decayed")
    }
    let busy = signals.last.map { [.busyTone, .congestionTone].contains($0.type) } ?? false
    if busy, leg.tail.fall >= Float(settings.fallDb) {
      return ending(.cutOff, abrupt: true, 0.6, "speech falls silent in mid-word and a busy tone follows")
    }
    return ending(.natural, abrupt: false, 0.6, "the last word, at \(clock(last.upperBound)), has decayed")
  }
}

extension CallEnding {
  init(ending: Ending, range: TimeRange) {
    self.ending = ending
    self.range = range
  }
}
