internal import CallModel

/// The speech of a leg in pieces of one voice each, where it carries both parties.
struct SegmentMeter: LegMeter {
  private var segments: [VoiceSegment] = []

  mutating func consume(_ section: LegSection) {
    guard !section.shared.isEmpty else { return }
    let segmenter = VoiceSegmenter(meter: VoiceMeter(section))
    for run in section.speech.intersection(section.shared) { segments += segmenter.segments(of: run) }
  }

  consuming func finish() -> [VoiceSegment] { segments }
}
