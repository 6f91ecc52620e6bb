internal import CallModel

/// A stretch in which nothing is heard on either leg.
struct DeadAir: Hashable {
  /// Where it lies, in frames of the call.
  var frames: FrameRange
  /// Whose turn it was: the party that did not speak last; nil where the parties cannot be told apart.
  var owner: Party?

  /// The gaps of at least `minimum` frames between sounds, from the first speech on. The silence after the last sound is
  /// none of them: nobody can tell waiting from a recorder that runs on.
  ///
  /// - Parameters:
  ///   - sounds: frames with speech, tone or music on any leg, in any order.
  ///   - speech: frames with speech on any leg, in any order; without any there is no dead air.
  static func gaps(between sounds: [FrameRange], speech: [FrameRange], minimum: Int) -> [FrameRange] {
    guard let first = speech.map(\.lowerBound).min() else { return [] }
    var result: [FrameRange] = []
    var quietFrom = first
    for sound in sounds.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if sound.lowerBound - quietFrom >= minimum { result.append(quietFrom..<sound.lowerBound) }
      quietFrom = max(quietFrom, sound.upperBound)
    }
    return result
  }
}

extension Pair where Key == Party, Value == [FrameRange] {
  /// The party whose talkspurt is the last that has ended by a frame; nil where none has.
  func lastSpeaker(before frame: Int) -> Party? {
    let ends = map { talkspurts in talkspurts.last { $0.upperBound <= frame }?.upperBound ?? -1 }
    if max(ends.agent, ends.customer) < 0 { return nil }
    return ends.customer > ends.agent ? .customer : .agent
  }
}
