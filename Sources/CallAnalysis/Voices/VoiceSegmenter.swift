internal import CallModel
internal import SignalProcessing

/// Cuts talkspurts into segments of one voice each, and describes each segment.
struct VoiceSegmenter {
  /// Talkspurts are cut until no segment is longer, in s: a voice needs a sentence to be known, and a longer
  /// segment holds both parties too often (our measurement; with 1.3 s three times as much goes to the wrong
  /// party).
  private static let maximumS = 2.0
  /// A cut keeps this far from both ends of what it cuts, in s: shorter pieces do not show whose voice they are.
  private static let minimumS = 0.4
  /// A cut is made where the power over this many frames on each side is lowest: 50 ms in all, so that a single
  /// quiet period of the voice is no dip.
  private static let smoothingFrames = 2
  /// Frames within this of a segment's loud ones describe its voice, in dB: noise and the room lie deeper.
  private static let depthDb: Float = 27

  /// Measures the talkspurts of the section.
  let meter: VoiceMeter

  /// The segments of a talkspurt, given in frames of the section.
  func segments(of run: FrameRange) -> [VoiceSegment] { cut(run).map(segment) }

  /// Cuts a talkspurt at its deepest dips until no piece is longer than a segment.
  private func cut(_ run: FrameRange) -> [FrameRange] {
    guard run.count > Frames.count(seconds: Self.maximumS) else { return [run] }
    let margin = max(1, min(Frames.count(seconds: Self.minimumS), run.count / 3))
    let inside = run.lowerBound + margin..<run.upperBound - margin
    var deepest = (frame: inside.lowerBound, power: Float.infinity)
    for frame in inside {
      let power = smoothedPower(at: frame)
      if power < deepest.power { deepest = (frame, power) }
    }
    return cut(run.lowerBound..<deepest.frame) + cut(deepest.frame..<run.upperBound)
  }

  private func smoothedPower(at frame: Int) -> Float {
    let frames = meter.leg.frames
    return (max(0, frame - Self.smoothingFrames)...min(frames.count - 1, frame + Self.smoothingFrames))
      .reduce(0) { $0 + frames[$1].power }
  }

  private func segment(_ run: FrameRange) -> VoiceSegment {
    let levels = run.map { meter.scene.level[$0] }
    let lowest = (levels.quantile(0.95) ?? 0) - Self.depthDb
    let strong = run.filter { meter.scene.level[$0] > lowest }
    let (voice, pitches) = meter.measure(run)
    let bins = pitches.compactMap { PitchHistogram.bin($0).map(UInt8.init) }
    var segment = VoiceSegment(
      strong: strong.count, loud: levels.quantile(0.9) ?? -200,
      point: VoiceSpace.point(of: strong, leg: meter.leg), voice: voice,
      // Copied to its exact size: segments are kept for the whole call.
      pitches: Array(bins[...]))
    var level = SpeechLevel()
    for frame in run {
      level.consume(meter.leg.frames[frame])
      segment.clippedRuns += Int(meter.leg.frames[frame].clippedRuns)
    }
    segment.level = level.tally
    return segment
  }
}
