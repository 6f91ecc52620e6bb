internal import CallModel

/// A stretch of one party's speech in frames of the call.
struct Stretch: Hashable {
  var party: Party
  var frames: FrameRange
}

/// Turns, interruptions and backchannels from the talkspurts of two parties: pure logic over positions.
struct Turns {
  /// Each party's turns, sorted by start.
  var turns: [Stretch] = []
  /// Interruptions and backchannels.
  var events: [CallEvent] = []
  /// Floor-transfer offsets in seconds by the party that takes the floor; negative where turns overlap.
  var latencies: [Party: [Double]] = [.agent: [], .customer: []]

  /// Judges the talkspurts of both parties, given in frames and sorted.
  init(talkspurts: [Party: [FrameRange]], settings: TurnSettings) {
    let merged = talkspurts.mapValues { $0.bridged(gap: frames(s: settings.mergeS)) }
    var backchannels: [Party: Set<FrameRange>] = [.agent: [], .customer: []]
    var gaveUp: [Party: Set<FrameRange>] = [.agent: [], .customer: []]
    for starter in Party.allCases {
      let floors = merged[starter.other] ?? []
      var index = 0
      for run in merged[starter] ?? [] {
        while index < floors.count, floors[index].upperBound <= run.lowerBound { index += 1 }
        guard index < floors.count else { break }
        let floor = floors[index]
        guard floor.lowerBound <= run.lowerBound - frames(s: settings.startS) else { continue }
        let longest = (talkspurts[starter] ?? []).reduce(0) { $1.overlaps(run) ? max($0, $1.count) : $0 }
        // Short sounds one after the other take no floor: "mm, mm", a dog.
        let speaks = longest >= frames(s: settings.speakS)
        if run.upperBound <= floor.upperBound {
          if run.count <= frames(s: settings.backchannelS) {
            backchannels[starter]?.insert(run)
            add(.backchannel, by: starter, frames: run)
          } else if speaks {
            gaveUp[starter]?.insert(run)
            add(.interruption, by: starter, frames: run, outcome: .failed)
          }
        } else if speaks, floor.upperBound - run.lowerBound >= frames(s: settings.overlapS),
          run.upperBound - floor.upperBound >= frames(s: settings.holdS)
        {
          add(
            .interruption, by: starter, frames: run.lowerBound..<floor.upperBound, outcome: .successful)
        }
      }
    }
    events.sort { ($0.start, $0.type.rawValue) < ($1.start, $1.type.rawValue) }

    // Turns: what is no backchannel, joined until the other speaks or a long pause comes.
    var stretches: [Stretch] = []
    for party in Party.allCases {
      for run in merged[party] ?? [] where backchannels[party]?.contains(run) != true {
        stretches.append(Stretch(party: party, frames: run))
      }
    }
    stretches.sort {
      ($0.frames.lowerBound, $0.party.rawValue) < ($1.frames.lowerBound, $1.party.rawValue)
    }
    let pause = frames(s: settings.pauseS)
    for stretch in stretches {
      if let last = turns.last, last.party == stretch.party,
        stretch.frames.lowerBound - last.frames.upperBound < pause
      {
        turns[turns.count - 1].frames =
          last.frames.lowerBound..<max(last.frames.upperBound, stretch.frames.upperBound)
      } else {
        turns.append(stretch)
      }
    }
    // A floor transfer: the speaker changes, and who spoke before has stopped before the new turn ends.
    for (before, after) in zip(turns, turns.dropFirst())
    where before.party != after.party && after.frames.upperBound > before.frames.upperBound
      && gaveUp[after.party]?.contains(after.frames) != true
    {
      latencies[after.party]?.append(Double(after.frames.lowerBound - before.frames.upperBound) / 100)
    }
  }

  private mutating func add(
    _ type: CallEvent.Kind, by party: Party, frames: FrameRange, outcome: CallEvent.Outcome? = nil
  ) {
    // The longer two speak at once, the less it is a matter of where a talkspurt was heard to begin.
    let confidence = outcome.map { _ in min(0.95, 0.5 + 0.5 * Double(frames.count) / 100) }
    events.append(
      CallEvent(
        type, start: Double(frames.lowerBound) / 100, end: Double(frames.upperBound) / 100, by: party,
        outcome: outcome, confidence: confidence))
  }
}

/// Stretches in which nothing is heard on either leg.
enum DeadAir {
  /// The gaps of at least `minimum` frames between sounds, from the first speech to the end.
  ///
  /// - Parameters:
  ///   - sounds: sorted frames with speech, tone or music on any leg.
  ///   - firstSpeech: the frame where speech is first heard.
  ///   - end: the number of frames of the recording.
  static func gaps(between sounds: [FrameRange], from firstSpeech: Int, to end: Int, minimum: Int)
    -> [FrameRange]
  {
    var result: [FrameRange] = []
    var quietFrom = firstSpeech
    for sound in sounds {
      if sound.lowerBound - quietFrom >= minimum { result.append(quietFrom..<sound.lowerBound) }
      quietFrom = max(quietFrom, sound.upperBound)
    }
    if end - quietFrom >= minimum { result.append(quietFrom..<end) }
    return result
  }
}
