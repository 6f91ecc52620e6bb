internal import CallModel

/// The verdict on how a call ended, from what both legs did last.
struct CallEnding {
  /// The verdict.
  var ending: Ending
  /// Where to listen, in seconds.
  var range: TimeRange

  /// Judges the end of a call with two legs.
  ///
  /// - Parameters:
  ///   - legs: what was found on each party's leg.
  ///   - signals: the tone signals of each leg.
  ///   - duration: of the recording, in seconds.
  ///   - truncated: whether the file itself is cut short.
  init(
    legs: [Party: LegRecord], signals: [Party: [ToneSignal]], duration: Seconds, frameCount: Int,
    truncated: Bool, settings: EndingSettings
  ) {
    let speech = legs.mapValues(\.speech)
    func talk(_ party: Party) -> Double { Double((speech[party] ?? []).frameTotal) / 100 }
    func lastSpeech(_ party: Party) -> Int { speech[party]?.last?.upperBound ?? 0 }
    let lastWord = max(lastSpeech(.agent), lastSpeech(.customer))
    let spoke = Party.allCases.filter { talk($0) >= settings.conversationMinimumS }
    let tailFrom = max(0, duration - 10)
    range = TimeRange(tailFrom, duration)

    // On hold to the end: left there, or in a queue.
    for party in Party.allCases {
      guard let leg = legs[party],
        let hold = Hold.last(music: leg.music, signals: signals[party] ?? [], settings: settings),
        frameCount - hold.frames.upperBound <= hold.reach,
        speech.values.allSatisfy({ spurts in !spurts.contains { $0.lowerBound > hold.frames.upperBound } })
      else { continue }
      let conversed = spoke.contains(party.other) && spoke.contains(party)
      ending = Ending(
        kind: conversed ? .abandonedOnHold : .abandonedInQueue, abrupt: true, confidence: 0.95,
        evidence: [
          "\(hold.sound) on the \(party.rawValue)'s leg from \(clock(hold.frames.lowerBound)) to the end",
          "nobody speaks after it",
        ])
      range = TimeRange(Double(hold.frames.lowerBound) / 100, duration)
      return
    }

    // A beep, then only one party: a voicemail.
    if let beep = signals.values.flatMap({ $0 }).filter({ $0.type == .beep })
      .max(by: { $0.frames.lowerBound < $1.frames.lowerBound })
    {
      let leg = Party.allCases.first { party in signals[party]?.contains { $0.frames == beep.frames } == true
      }
      if let leg, (speech[leg] ?? []).contains(where: { $0.lowerBound < beep.frames.lowerBound }),
        !(speech[leg] ?? []).contains(where: { $0.upperBound > beep.frames.upperBound + 20 }),
        !(speech[leg.other] ?? []).contains(where: {
          $0.lowerBound < beep.frames.lowerBound - 50 && $0.count > 100
        })
      {
        ending = Ending(
          kind: .voicemail, abrupt: false, confidence: 0.9,
          evidence: [
            "a beep at \(clock(beep.frames.lowerBound)) after an announcement",
            "only the \(leg.other.rawValue)'s leg carries speech after it",
          ])
        range = TimeRange(Double(beep.frames.lowerBound) / 100, duration)
        return
      }
    }

    if spoke.count < 2 {
      let silent = Party.allCases.filter { !spoke.contains($0) }
      // Who gets no answer waits for one between attempts; an announcement goes on.
      let attempts = (speech[.agent] ?? []).bridged(gap: frames(s: settings.waitS)).count
      let prompt = spoke == [.agent] && attempts <= settings.waits
      ending = Ending(
        kind: prompt ? .systemPrompt : .noConversation, abrupt: prompt, confidence: prompt ? 0.7 : 0.9,
        evidence: silent.map {
          "the \($0.rawValue)'s leg carries \(talk($0) > 0 ? "hardly any" : "no") speech"
        })
      return
    }

    // Cut by the end of the recording.
    let edge = frames(ms: settings.edgeMs)
    let cutByEnd = Party.allCases.filter {
      frameCount - lastSpeech($0) <= edge && (legs[$0]?.tail.decay ?? 99) < Float(settings.decayDb)
    }
    // Cut by a leg that died in mid-word: a busy tone follows at once on that leg, or its noise is gone with the
    // word while the other talks on, or the other talks to nobody for long. On a line whose noise is gated a
    // natural last word falls as steeply, and the other party's goodbye may follow.
    let died = Party.allCases.filter { party in
      guard let tail = legs[party]?.tail, let last = speech[party]?.last,
        tail.fall >= Float(settings.fallToSilenceDb)
      else { return false }
      let steep = tail.fall >= Float(settings.fallDb)
      let busyAfter = (signals[party] ?? []).contains {
        [.busyTone, .congestionTone].contains($0.type)
          && abs($0.frames.lowerBound - last.upperBound) <= frames(s: settings.busyAfterS)
      }
      let silentAtOnce = tail.deadFrom.map { abs($0 - last.upperBound) <= 10 } == true
      let otherGoesOn = lastSpeech(party.other) - last.upperBound
      return steep && busyAfter
        || silentAtOnce && tail.hadNoise && otherGoesOn >= frames(s: settings.talkOnS)
        || silentAtOnce && steep && otherGoesOn >= frames(s: settings.talkToNobodyS)
    }
    let gone = Party.allCases.compactMap { party in legs[party]?.tail.deadFrom.map { (party, $0) } }
      .min { $0.1 < $1.1 }
    // A leg that had no noise to lose may just be silent.
    let firstLegGone = gone.flatMap {
      frameCount - $0.1 > 20 && legs[$0.0]?.tail.hadNoise == true ? $0.0 : nil
    }

    if let party = died.first {
      let last = speech[party]?.last?.upperBound ?? 0
      ending = Ending(
        kind: .cutOff, abrupt: true, cutParty: party, firstLegGone: party, confidence: 0.9,
        evidence: [
          "the \(party.rawValue)'s leg falls silent within \(Int(settings.fallMs)) ms at \(clock(last)), in mid-word",
          lastSpeech(party.other) > last + frames(s: settings.talkOnS)
            ? "the \(party.other.rawValue) goes on talking for \(tenths(lastSpeech(party.other) - last)) s"
            : "a busy tone follows",
        ])
      range = TimeRange(max(0, Double(last) / 100 - 5), duration)
      return
    }
    if let party = cutByEnd.max(by: { (legs[$0]?.tail.decay ?? 99) > (legs[$1]?.tail.decay ?? 99) }) {
      if truncated {
        ending = Ending(
          kind: .truncatedRecording, abrupt: false, confidence: 0.9,
          evidence: ["the file is cut short while the \(party.rawValue) speaks"])
        return
      }
      ending = Ending(
        kind: .cutOff, abrupt: true, cutParty: party, firstLegGone: firstLegGone,
        confidence: cutByEnd.count == 1 ? 0.9 : 0.6,
        evidence: [
          "the recording ends within \(Int(settings.edgeMs)) ms of the \(party.rawValue)'s speech, which has not decayed"
        ])
      return
    }
    var evidence = ["the last word, at \(clock(lastWord)), has decayed before the end"]
    if let firstLegGone { evidence.append("the \(firstLegGone.rawValue)'s leg went silent first") }
    ending = Ending(
      kind: truncated ? .truncatedRecording : .natural, abrupt: false, firstLegGone: firstLegGone,
      confidence: 0.85, evidence: truncated ? ["the file is cut short"] : evidence)
  }
}

/// Music or periodic beeps that tell a caller to wait.
struct Hold {
  /// What is heard of it, in frames.
  var frames: FrameRange
  /// What it sounds like, for a person.
  var sound: String
  /// How long it may go on unheard, in frames: beeps pause.
  var reach: Int

  /// The last hold of a leg.
  static func last(music: [FrameRange], signals: [ToneSignal], settings: EndingSettings) -> Hold? {
    let tail = CallAnalysis.frames(s: settings.musicTailS)
    let beeps = signals.filter { $0.type == .hold }.map {
      Hold(frames: $0.frames, sound: "beeps", reach: tail + $0.frames.count / max(1, $0.count - 1))
    }
    return (music.map { Hold(frames: $0, sound: "music", reach: tail) } + beeps)
      .max { $0.frames.upperBound < $1.frames.upperBound }
  }
}

/// A frame as minutes and seconds.
func clock(_ frame: Int) -> String {
  let seconds = frame / 100
  let rest = seconds % 60
  return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
}

/// Frames as seconds with one decimal.
func tenths(_ frames: Int) -> String { "\((frames + 5) / 100).\((frames + 5) / 10 % 10)" }
