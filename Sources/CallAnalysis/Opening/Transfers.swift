internal import CallModel

/// A call that was passed on: in the middle of the conversation a leg rings, and then somebody speaks there.
struct Transfer {
  /// From the first ring to the first word after the last one, in frames.
  var frames: FrameRange
  /// How long it rang, in frames.
  var ring: Int
  /// Whether another voice speaks on that leg after it; nil where too little is said.
  var voice: NewVoice?

  /// Tones after which what rings is another call (ITU-T E.180): the line went back to the exchange.
  private static let ending: Set<CallEvent.Kind> = [.busyTone, .congestionTone, .dialTone]

  /// The transfers that a leg shows.
  ///
  /// - Parameters:
  ///   - signals: its tone signals, in order of time.
  ///   - speech: its talkspurts, in order of time.
  ///   - segments: its speech in pieces of one voice each; none where both parties are on it.
  ///   - conversation: the frame at which the conversation began; nil where it never did.
  static func all(
    in signals: [ToneSignal], speech: [FrameRange], segments: [VoiceSegment] = [], conversation: Int?
  ) -> [Transfer] {
    guard let conversation else { return [] }
    var transfers: [Transfer] = []
    for ring in signals where ring.type == .ringback && ring.frames.lowerBound >= conversation {
      let word = speech.first {
        $0.lowerBound >= ring.frames.upperBound && $0.count >= ConversationStart.word
      }
      let before = speech.last { $0.upperBound <= ring.frames.lowerBound }?.upperBound ?? 0
      let hasEnded = signals.contains {
        Self.ending.contains($0.type) && (before..<ring.frames.lowerBound).contains($0.frames.lowerBound)
      }
      guard let answer = word?.lowerBound, !hasEnded else { continue }
      if let last = transfers.last, last.frames.upperBound == answer {
        transfers[transfers.count - 1].ring += ring.frames.count
      } else {
        transfers.append(Transfer(frames: ring.frames.lowerBound..<answer, ring: ring.frames.count))
      }
    }
    for index in transfers.indices {
      transfers[index].voice = NewVoice(segments, around: transfers[index].frames)
    }
    return transfers
  }
}
