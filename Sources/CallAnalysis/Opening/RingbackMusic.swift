internal import CallModel

/// Music that a caller hears instead of ringback, until somebody answers.
///
/// A queue plays music as well, but has answered: a ring or an announcement comes before it.
enum RingbackMusic {
  /// Takes the music before the first word of a leg for ringing, where that leg does not ring before it.
  static func move(from leg: inout LegRecord, to signals: inout [ToneSignal]) {
    let word = leg.speech.first { $0.count >= ConversationStart.word }?.lowerBound ?? .max
    let rings = signals.filter { $0.type == .ringback }
    let ringing = leg.music.filter { music in
      music.lowerBound < word && !rings.contains { $0.frames.lowerBound < music.lowerBound }
    }
    leg.music.removeAll { ringing.contains($0) }
    signals += ringing.map { ToneSignal(type: .ringback, frames: $0, count: 0, isMusic: true) }
    signals.sort {
      ($0.frames.lowerBound, $0.frames.upperBound) < ($1.frames.lowerBound, $1.frames.upperBound)
    }
  }
}
