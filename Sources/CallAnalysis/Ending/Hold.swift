internal import CallModel

/// Music or periodic beeps that tell a caller to wait.
struct Hold {
  /// What is heard of it, in frames.
  var frames: FrameRange
  /// What it sounds like, for a person.
  var sound: String
  /// How long it may go on unheard, in frames: beeps pause.
  var reach: Int

  /// The last hold of a leg; where music and beeps end together, the music.
  static func last(music: [FrameRange], signals: [ToneSignal], settings: EndingSettings) -> Hold? {
    let tail = Frames.count(seconds: settings.musicTailS)
    let beeps = signals.filter { $0.type == .hold }.map {
      Hold(frames: $0.frames, sound: "beeps", reach: tail + $0.frames.count / max(1, $0.count - 1))
    }
    return (music.map { Hold(frames: $0, sound: "music", reach: tail) } + beeps)
      .max { $0.frames.upperBound < $1.frames.upperBound }
  }
}
