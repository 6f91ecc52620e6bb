internal import CallModel

/// Lost packets in a leg's speech: holes, and packets that were played again.
struct PacketMeter: LegMeter {
  private var holes: [Hole] = []
  private var repeats: [Hole] = []
  private let settings: LineSettings

  init(settings: LineSettings) { self.settings = settings }

  mutating func consume(_ section: LegSection) {
    let spoken = section.speech.mask(count: section.count)
    for hole in Holes.find(
      leg: section.features, count: section.count, speech: section.speech, settings: settings)
    where section.committed.contains(hole.frame) && spoken[hole.frame] {
      holes.append(Hole(frame: hole.frame + section.firstFrame, length: hole.length))
    }
    for run in Repeats.find(leg: section.features, count: section.count, speech: section.speech)
    where section.committed.contains(run.lowerBound) && spoken[run.lowerBound]
      && !section.scene.notSpeech[run.lowerBound]
    {
      repeats.append(
        Hole(frame: run.lowerBound + section.firstFrame, length: Double(run.count) * Frames.hopMs))
    }
  }

  consuming func finish() -> (holes: [Hole], repeats: [Hole]) { (holes, repeats) }
}
