internal import CallModel

/// The tones, the music and the fax machines of a leg.
struct SignalMeter: LegMeter {
  private var tones: [Tone] = []
  private var music: [FrameRange] = []
  private var fax: [FrameRange] = []

  mutating func consume(_ section: LegSection) {
    // A tone belongs to the section in which it begins.
    for tone in section.scene.tones where section.committed.contains(tone.frames.lowerBound) {
      var tone = tone
      tone.frames = section.inCall(tone.frames)
      tones.append(tone)
    }
    Self.append(section.scene.music, of: section, to: &music)
    Self.append([section.scene.fax].compactMap(\.self), of: section, to: &fax)
  }

  /// Appends the parts of runs that a section answers for; what a seam has cut is one.
  private static func append(_ runs: [FrameRange], of section: LegSection, to all: inout [FrameRange]) {
    for run in runs.map({ $0.clamped(to: section.committed) }) where !run.isEmpty {
      let run = section.inCall(run)
      if let last = all.last, last.upperBound == run.lowerBound {
        all[all.count - 1] = last.lowerBound..<run.upperBound
      } else {
        all.append(run)
      }
    }
  }

  consuming func finish() -> (tones: [Tone], music: [FrameRange], fax: [FrameRange]) { (tones, music, fax) }
}
