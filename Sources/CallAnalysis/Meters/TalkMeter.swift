internal import CallModel
internal import SignalProcessing

/// The talkspurts of a leg with their voices, and how much they depend on the thresholds.
struct TalkMeter: LegMeter {
  private var talkspurts: [Talkspurt] = []
  private var pitches = PitchHistogram()
  private var sensitivity = TalkSensitivity()
  mutating func consume(_ section: LegSection) {
    func frames(_ runs: [FrameRange]) -> Int { runs.map { $0.clamped(to: section.committed) }.frameTotal }
    sensitivity.strictFrames += frames(section.activity.strict)
    sensitivity.lenientFrames += frames(section.activity.lenient)
    let seam = section.committed.lowerBound + section.firstFrame
    let meter = VoiceMeter(section)
    for run in section.speech {
      let (talkspurt, pitches) = meter.measure(run)
      for bin in pitches.compactMap(PitchHistogram.bin) { self.pitches.add(bin: bin) }
      append(talkspurt, seam: seam)
    }
  }

  /// Appends a talkspurt; one that a seam has cut is one.
  private mutating func append(_ talkspurt: Talkspurt, seam: Int) {
    guard let last = talkspurts.last, last.frames.upperBound == talkspurt.frames.lowerBound,
      talkspurt.frames.lowerBound == seam
    else { return talkspurts.append(talkspurt) }
    talkspurts[talkspurts.count - 1].frames = last.frames.lowerBound..<talkspurt.frames.upperBound
    talkspurts[talkspurts.count - 1].syllables += talkspurt.syllables
  }

  consuming func finish() -> (
    talkspurts: [Talkspurt], pitches: PitchHistogram, sensitivity: TalkSensitivity
  ) { (talkspurts, pitches, sensitivity) }
}
