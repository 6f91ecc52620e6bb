internal import CallModel

/// The tones and the music of a leg.
struct SignalMeter: LegMeter {
  private var tones: [Tone] = []
  private var music: [FrameRange] = []

  mutating func consume(_ section: LegSection) {
    // A tone belongs to the section in which it begins.
    for tone in section.scene.tones where section.committed.contains(tone.frames.lowerBound) {
      var tone = tone
      tone.frames = section.inCall(tone.frames)
      tones.append(tone)
    }
    for run in section.scene.music.map({ $0.clamped(to: section.committed) }) where !run.isEmpty {
      append(section.inCall(run))
    }
  }

  /// Appends music; what a seam has cut is one.
  private mutating func append(_ run: FrameRange) {
    if let last = music.last, last.upperBound == run.lowerBound {
      music[music.count - 1] = last.lowerBound..<run.upperBound
    } else {
      music.append(run)
    }
  }

  consuming func finish() -> (tones: [Tone], music: [FrameRange]) { (tones, music) }
}
