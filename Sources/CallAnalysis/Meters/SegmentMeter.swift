internal import CallModel

/// The speech of a leg in pieces of one voice each, where it carries both parties, or where it rings in mid-call: somebody
/// else may speak after that.
struct SegmentMeter: LegMeter {
  private var segments: [VoiceSegment] = []

  mutating func consume(_ section: LegSection) {
    let speech = Self.ringsAmidSpeech(section) ? section.speech : section.speech.intersection(section.shared)
    guard !speech.isEmpty else { return }
    let segmenter = VoiceSegmenter(meter: VoiceMeter(section))
    for run in speech { segments += segmenter.segments(of: run) }
  }

  /// Whether a pulse as long as a ring lies between speech that is enough for a voice.
  private static func ringsAmidSpeech(_ section: LegSection) -> Bool {
    section.scene.tones.contains { pulse in
      pulse.frames.count >= ringFrames
        && section.speech.filter { $0.upperBound <= pulse.frames.lowerBound }.frameTotal >= talkFrames
        && section.speech.filter { $0.lowerBound >= pulse.frames.upperBound }.frameTotal >= talkFrames
    }
  }

  /// The shortest ring, in frames: 0.4 s (ITU-T E.180, supplement 2).
  private static let ringFrames = 40
  /// Before and after the ring at least this is said, in frames: `NewVoice` needs four segments, of up to 2 s.
  private static let talkFrames = 2 * Frames.perSecond

  consuming func finish() -> [VoiceSegment] { segments }
}
