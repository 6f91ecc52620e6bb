internal import CallModel
internal import SignalProcessing

/// The runs of samples at the codec's ceiling in a leg's speech.
struct ClippingMeter: LegMeter {
  private var runs = 0

  mutating func consume(_ section: LegSection) {
    for run in section.speech {
      for frame in run { runs += Int(section.features.frames[frame].clippedRuns) }
    }
  }

  consuming func finish() -> Int { runs }
}
