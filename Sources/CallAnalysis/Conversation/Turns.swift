internal import CallModel

/// A stretch of one speaker's speech, in frames of the call.
struct Turn<Speaker: OneOfTwo>: Hashable {
  var speaker: Speaker
  var frames: FrameRange
}

/// A start of one speaker inside the other's speech.
struct FloorEvent<Speaker: OneOfTwo>: Hashable {
  /// What became of it.
  enum Kind: Hashable {
    /// Short, and the other goes on.
    case backchannel
    /// The other stops and the starter goes on.
    case successfulInterruption
    /// The starter gives up.
    case failedInterruption
  }

  var kind: Kind
  /// Who started.
  var by: Speaker
  /// From the start to where the backchannel, the overlap or the attempt ends, in frames of the call.
  var frames: FrameRange

  /// How sure an interruption is, 0.5 to 0.95: the longer two speak at once, the less it depends on where a
  /// talkspurt was found to begin. Nil for a backchannel.
  var confidence: Double? {
    kind == .backchannel ? nil : min(0.95, 0.5 + 0.5 * Frames.seconds(frames.count))
  }
}

/// Turns, interruptions and backchannels from the talkspurts of two speakers: pure logic over positions.
struct Turns<Speaker: OneOfTwo> {
  /// The turns of both speakers by start; the first speaker's comes first where two start together.
  private(set) var turns: [Turn<Speaker>] = []
  /// Interruptions and backchannels by start.
  private(set) var events: [FloorEvent<Speaker>] = []
  /// Floor-transfer offsets in frames by the speaker that takes the floor; negative where turns overlap.
  private(set) var latencies = Pair<Speaker, [Int]>([], [])

  /// Who tries to take the floor utters a talkspurt of so many frames: nine in ten short words of listeners are shorter
  /// (our measurement on made speech), and two of them in a row are no attempt.
  private static var attempt: Int { 80 }

  private let talkspurts: Pair<Speaker, [FrameRange]>
  /// The talkspurts with own pauses shorter than `mergeS` closed.
  private let merged: Pair<Speaker, [FrameRange]>
  /// The merged talkspurts that are backchannels: membership only, their order is not used.
  private var backchannelRuns = Pair<Speaker, Set<FrameRange>>([], [])
  private let settings: TurnSettings

  /// Judges the talkspurts of both speakers, sorted by start. O(n log n).
  init(talkspurts: Pair<Speaker, [FrameRange]>, settings: TurnSettings) {
    self.talkspurts = talkspurts
    self.settings = settings
    merged = talkspurts.map { $0.bridged(gap: Frames.count(seconds: settings.mergeS)) }
    for starter in Speaker.both { findEvents(startedBy: starter) }
    events.sort { ($0.frames.lowerBound, $0.kind.rank) < ($1.frames.lowerBound, $1.kind.rank) }
    joinTurns()
    findTransfers()
  }

  /// The turns of one speaker.
  func turns(of speaker: Speaker) -> [FrameRange] { turns.filter { $0.speaker == speaker }.map(\.frames) }

  /// Finds where a speaker starts inside the other's speech.
  private mutating func findEvents(startedBy starter: Speaker) {
    let floors = merged[starter.other]
    let minimumFloor = Frames.count(seconds: settings.startS)
    var index = 0
    var own = talkspurts[starter][...]
    var backchannels = Set<FrameRange>()
    for run in merged[starter] {
      while index < floors.count, floors[index].upperBound <= run.lowerBound { index += 1 }
      guard index < floors.count else { break }
      own = own.drop { $0.lowerBound < run.lowerBound }
      guard floors[index].lowerBound <= run.lowerBound - minimumFloor else { continue }
      let parts = own.prefix { $0.lowerBound < run.upperBound }
      let found = Self.events(
        of: run, talkspurts: parts, startedBy: starter, in: floors[index], settings: settings)
      if found.first?.kind == .backchannel { backchannels.insert(run) }
      events += found
    }
    backchannelRuns[starter] = backchannels
  }

  /// What a start inside the other's speech is; nothing for turn-taking.
  ///
  /// - Parameters:
  ///   - run: what the starter says.
  ///   - talkspurts: the talkspurts of it.
  private static func events(
    of run: FrameRange, talkspurts: ArraySlice<FrameRange>, startedBy starter: Speaker, in floor: FrameRange,
    settings: TurnSettings
  ) -> [FloorEvent<Speaker>] {
    let longest = talkspurts.map(\.count).max() ?? 0
    if run.upperBound <= floor.upperBound {
      if run.count > Frames.count(seconds: settings.backchannelS), longest >= attempt {
        return [FloorEvent(kind: .failedInterruption, by: starter, frames: run)]
      }
      // Short sounds one after the other take no floor: "uh-huh, uh-huh" are two.
      return talkspurts.map { FloorEvent(kind: .backchannel, by: starter, frames: $0) }
    }
    guard longest >= Frames.count(seconds: settings.speakS),
      floor.upperBound - run.lowerBound >= Frames.count(seconds: settings.overlapS),
      run.upperBound - floor.upperBound >= Frames.count(seconds: settings.holdS)
    else { return [] }
    return [FloorEvent(kind: .successfulInterruption, by: starter, frames: run.lowerBound..<floor.upperBound)]
  }

  /// Joins what is no backchannel to turns, until the other speaks or a long pause comes.
  private mutating func joinTurns() {
    var stretches: [Turn<Speaker>] = []
    for speaker in Speaker.both {
      for run in merged[speaker] where !backchannelRuns[speaker].contains(run) {
        stretches.append(Turn(speaker: speaker, frames: run))
      }
    }
    stretches.sort { $0.precedes($1) }
    let pause = Frames.count(seconds: settings.pauseS)
    for stretch in stretches {
      if let last = turns.last, last.speaker == stretch.speaker,
        stretch.frames.lowerBound - last.frames.upperBound < pause
      {
        turns[turns.count - 1].frames =
          last.frames.lowerBound..<max(last.frames.upperBound, stretch.frames.upperBound)
      } else {
        turns.append(stretch)
      }
    }
  }

  /// A floor transfer: the speaker changes, and who spoke before has stopped before the new turn ends.
  private mutating func findTransfers() {
    for (before, after) in zip(turns, turns.dropFirst())
    where before.speaker != after.speaker && after.frames.upperBound > before.frames.upperBound {
      latencies[after.speaker].append(after.frames.lowerBound - before.frames.upperBound)
    }
  }
}

extension Turn {
  fileprivate func precedes(_ other: Turn) -> Bool {
    if frames.lowerBound != other.frames.lowerBound { return frames.lowerBound < other.frames.lowerBound }
    return speaker == .first && other.speaker == .second
  }
}

extension FloorEvent.Kind {
  /// The order of events that start in the same frame.
  fileprivate var rank: Int {
    switch self {
    case .backchannel: 0
    case .successfulInterruption, .failedInterruption: 1
    }
  }
}
