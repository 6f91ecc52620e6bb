/// Everything that is measured on one leg, section by section.
struct LegMeters: LegMeter {
  private var talk = TalkMeter()
  private var level = LevelMeter()
  private var clipping = ClippingMeter()
  private var noise = NoiseMeter()
  private var signals = SignalMeter()
  private var packets: PacketMeter
  private var leakage = LeakageMeter()
  private var segments = SegmentMeter()
  private var landmarks: LandmarkMeter?
  private var tail: TailMeter

  /// Meters for one leg; landmarks are found only where they are to be kept.
  init(settings: AnalysisSettings, keepingLandmarks: Bool) {
    packets = PacketMeter(settings: settings.line)
    landmarks = keepingLandmarks ? LandmarkMeter() : nil
    tail = TailMeter()
  }

  mutating func consume(_ section: LegSection) {
    talk.consume(section)
    level.consume(section)
    clipping.consume(section)
    noise.consume(section)
    signals.consume(section)
    packets.consume(section)
    leakage.consume(section)
    segments.consume(section)
    landmarks?.consume(section)
    tail.consume(section)
  }

  consuming func finish() -> LegRecord {
    var record = LegRecord()
    (record.talkspurts, record.pitches, record.sensitivity) = talk.finish()
    record.speechLevel = level.finish()
    record.clippedRuns = clipping.finish()
    record.noise = noise.finish()
    (record.tones, record.music, record.fax) = signals.finish()
    (record.holes, record.repeats) = packets.finish()
    record.leakage = leakage.finish()
    record.segments = segments.finish()
    record.landmarks = landmarks?.finish() ?? []
    record.tail = tail.finish()
    return record
  }
}
