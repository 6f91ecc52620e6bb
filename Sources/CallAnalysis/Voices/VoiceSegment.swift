internal import CallModel
internal import SignalProcessing

/// A piece of speech of at most two seconds on a channel that carries both parties, and what its voice was like.
struct VoiceSegment {
  /// The frames near its loudest: those describe the voice.
  var strong: Int
  /// The level of its loud frames in dBov.
  var loud: Float
  /// The voice as a point in the trained space: within a party its coordinates vary by about 1, so that half a float
  /// is enough.
  var point: [Float16]
  /// Level, pitch, tilt and syllables.
  var voice: Talkspurt
  /// Its pitches, in bins of `LegRecord.pitches`.
  var pitches: [UInt8]
  /// What its active level comes from.
  var level = SpeechLevel.Tally()
  /// Clipped runs in it.
  var clippedRuns = 0

  /// Where it lies, in frames of the call.
  var frames: FrameRange { voice.frames }
}

/// Cuts talkspurts into segments and describes each.
struct VoiceSegmenter {
  let leg: LegTrack
  let scene: LegScene
  let activity: SpeechActivity
  /// The frame of the call at which the section begins.
  let firstFrame: Int
  let settings: AnalysisSettings

  /// The segments of a talkspurt, given in frames of the section.
  func segments(of run: FrameRange) -> [VoiceSegment] { cut(run).map(segment) }

  /// Cuts a talkspurt at its deepest dips until no piece is longer than a segment.
  private func cut(_ run: FrameRange) -> [FrameRange] {
    let longest = frames(s: settings.voices.segmentLongestS)
    guard run.count > max(longest, 2) else { return [run] }
    let margin = max(1, min(frames(s: settings.voices.segmentShortestS), run.count / 3))
    func smoothed(_ frame: Int) -> Float {
      (max(0, frame - 2)...min(leg.frames.count - 1, frame + 2)).reduce(0) { $0 + leg.frames[$1].power }
    }
    let edges = run.lowerBound + margin..<run.upperBound - margin
    var deepest = (frame: edges.lowerBound, power: Float.infinity)
    for frame in edges {
      let power = smoothed(frame)
      if power < deepest.power { deepest = (frame, power) }
    }
    return cut(run.lowerBound..<deepest.frame) + cut(deepest.frame..<run.upperBound)
  }

  private func segment(_ run: FrameRange) -> VoiceSegment {
    let levels = run.map { scene.level[$0] }
    let lowest = (levels.quantile(0.95) ?? 0) - Float(settings.voices.depthDb)
    let strong = run.filter { scene.level[$0] > lowest }
    let (voice, pitches) = VoiceMeter.measure(
      run, leg: leg, scene: scene, activity: activity, firstFrame: firstFrame, settings: settings.voice,
      voicing: VoicedCore.voicingThreshold)
    var segment = VoiceSegment(
      strong: strong.count, loud: levels.quantile(0.9) ?? -200,
      point: VoiceSpace.point(of: strong, leg: leg), voice: voice,
      pitches: Array(pitches.compactMap { PitchHistogram.bin($0).map(UInt8.init) }[...]))
    var level = SpeechLevel()
    for frame in run {
      level.consume(leg.frames[frame])
      segment.clippedRuns += Int(leg.frames[frame].clippedRuns)
    }
    segment.level = level.tally
    return segment
  }
}

/// The space in which voices on telephone lines lie apart: cepstra of the telephone band with their mean kept
/// (that is the voice and its line), their spread, and the level, in the axes that tell parties apart best
/// against how one party varies. `scripts/make-voice-weights` trained it.
enum VoiceSpace {
  /// Cepstra kept, the first without the constant one, and those whose spread counts.
  private static let cepstra = 18
  private static let spreads = 12
  /// The weight of a decibel of level among cepstra.
  private static let levelWeight: Float = 0.23
  /// The number of coordinates of a point.
  static let dimensions = VoiceWeights.between.count

  /// The cosines of the transform from logarithmic band powers to cepstra, cepstrum by cepstrum.
  private static let cosines: [Float] = (1...cepstra).flatMap { order in
    (0..<FrameFeatures.bandCount).map { band in
      let bands = Double(FrameFeatures.bandCount)
      return Float(
        cosine(Double.pi * Double(order) * (Double(band) + 0.5) / bands) * (2 / bands).squareRoot())
    }
  }

  /// The point of the voice in these frames of a leg.
  static func point(of frames: [Int], leg: LegTrack) -> [Float16] {
    let features = features(of: frames, leg: leg)
    return (0..<dimensions).map { axis in
      var sum: Float = 0
      for (index, value) in features.enumerated() {
        sum += value * VoiceWeights.axes[index * dimensions + axis]
      }
      return Float16(sum)
    }
  }

  /// What the voice is like in these frames: mean cepstra, their spread, the level.
  static func features(of frames: [Int], leg: LegTrack) -> [Float] {
    let bands = FrameFeatures.bandCount
    var sums = [Float](repeating: 0, count: cepstra)
    var squares = [Float](repeating: 0, count: spreads)
    var power: Float = 0
    var logarithms = [Float](repeating: 0, count: bands)
    for frame in frames {
      power += leg.frames[frame].power
      // The natural logarithm, with a floor far below any line's noise.
      for band in 0..<bands {
        logarithms[band] = 0.230258509 * decibels(leg.frames[frame].bands[band] + 1e-9)
      }
      for order in 0..<cepstra {
        var value: Float = 0
        for band in 0..<bands { value += cosines[order * bands + band] * logarithms[band] }
        sums[order] += value
        if order < spreads { squares[order] += value * value }
      }
    }
    let count = Float(max(1, frames.count))
    var features = sums.map { $0 / count }
    for order in 0..<spreads {
      features.append(max(0, squares[order] / count - features[order] * features[order]).squareRoot())
    }
    features.append(levelWeight * decibels(power / count))
    return features
  }
}
