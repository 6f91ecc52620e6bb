internal import CallModel

/// When a call became a conversation. What rings before belongs to the opening; what rings later is a transfer, or
/// another call.
enum ConversationStart {
  /// A talkspurt this long is a word, in frames: short sounds that are found in the pauses of a ring are none.
  static let word = 30

  /// The frame by which each of two speakers has talked for some frames; nil where one never does.
  static func frame<Speaker: OneOfTwo>(of speech: Pair<Speaker, [FrameRange]>, talk minimum: Int) -> Int? {
    let starts = speech.values.compactMap { talkspurts in
      var talked = 0
      return talkspurts.first { talkspurt in
        talked += talkspurt.count
        return talked >= minimum
      }?.upperBound
    }
    return starts.count == 2 ? starts.max() : nil
  }
}

extension [ToneSignal] {
  /// The signals without the ringing that begins after a frame; all of them without one.
  func withoutRings(after conversation: Int?) -> [ToneSignal] {
    filter { $0.type != .ringback || $0.frames.lowerBound < conversation ?? .max }
  }
}
