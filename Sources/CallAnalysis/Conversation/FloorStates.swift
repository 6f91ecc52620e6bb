internal import CallModel

/// A stretch in which not exactly one party speaks, by who spoke alone before and after it (Heldner and Edlund
/// 2010). What no party speaks alone before or after, at either end of a call, has no class.
struct FloorState: Hashable {
  /// The classes of joint silence and joint speech.
  enum Kind {
    /// Silence, then the same party goes on.
    case pause
    /// Silence, then the other party speaks.
    case gap
    /// Both speak, then the party that spoke before goes on alone.
    case overlapWithin
    /// Both speak, then the party that joined goes on alone.
    case overlapBetween
  }

  /// Where it lies, in frames; empty where one party begins in the frame in which the other has stopped.
  var frames: FrameRange
  /// Whether both speak rather than none.
  var isOverlap: Bool
  /// Who spoke alone last.
  var before: Party
  /// Who speaks alone next.
  var after: Party

  /// Its class.
  var kind: Kind {
    switch (isOverlap, before == after) {
    case (false, true): .pause
    case (false, false): .gap
    case (true, true): .overlapWithin
    case (true, false): .overlapBetween
    }
  }

  /// The floor-transfer offset in frames: a gap is positive, an overlap between speakers negative; nil where the
  /// floor is not transferred.
  var transfer: Int? { before == after ? nil : isOverlap ? -frames.count : frames.count }

  /// The states of a call in order, from the talkspurts of both parties, sorted and apart. O(n log n).
  static func all(in talkspurts: ByParty<[FrameRange]>) -> [FloorState] {
    let starts = talkspurts.map { Set($0.map(\.lowerBound)) }
    let ends = talkspurts.map { Set($0.map(\.upperBound)) }
    let bounds = Set((starts.values + ends.values).joined()).sorted()
    var states: [FloorState] = []
    var speaks = ByParty(agent: false, customer: false)
    var alone: Party?
    // What follows the party that spoke alone last, until one speaks alone again.
    var open: [(frames: FrameRange, isOverlap: Bool)] = []
    for (frame, next) in zip(bounds, bounds.dropFirst()) {
      for party in Party.both {
        if ends[party].contains(frame) { speaks[party] = false }
        if starts[party].contains(frame) { speaks[party] = true }
      }
      guard speaks.agent != speaks.customer else {
        open.append((frame..<next, speaks.agent))
        continue
      }
      let speaker: Party = speaks.agent ? .agent : .customer
      if let alone {
        if open.isEmpty, speaker != alone { open = [(frame..<frame, false)] }
        states += open.map {
          FloorState(frames: $0.frames, isOverlap: $0.isOverlap, before: alone, after: speaker)
        }
      }
      open = []
      alone = speaker
    }
    return states
  }
}
