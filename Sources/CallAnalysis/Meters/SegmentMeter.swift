internal import CallModel

/// The speech of a leg in pieces of one voice each, where it carries both parties.
struct SegmentMeter: LegMeter {
  private var segments: [VoiceSegment] = []
  private let settings: AnalysisSettings

  init(settings: AnalysisSettings) { self.settings = settings }

  mutating func consume(_ section: LegSection) {
    guard !section.shared.isEmpty else { return }
    let segmenter = VoiceSegmenter(
      leg: section.features, scene: section.scene, activity: section.activity,
      firstFrame: section.firstFrame, settings: settings)
    for run in section.speech.intersection(section.shared) { segments += segmenter.segments(of: run) }
  }

  consuming func finish() -> [VoiceSegment] { segments }
}
