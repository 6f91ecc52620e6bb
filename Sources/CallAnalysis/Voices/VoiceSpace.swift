internal import RealModule
internal import SignalProcessing

/// The space in which voices on telephone lines lie apart: cepstra of the telephone band with their mean kept (that
/// is the voice and its line), their spread, and the level, turned to the axes in which parties differ most against
/// how one party varies (linear discriminant analysis, Fisher 1936). `scripts/make-voice-weights` trained it.
enum VoiceSpace {
  // These four are the same in the script.
  /// The number of cepstra that are kept, without the constant one.
  private static let cepstra = 18
  /// The number of them whose spread counts, from the first.
  private static let spreads = 12
  /// The weight of a decibel of level among cepstra (our measurement).
  private static let levelWeight: Float = 0.23
  /// Added to the power of a band before its logarithm, far below the noise of any line; 1 is full scale.
  private static let powerFloor: Float = 1e-9
  /// The number of coordinates of a point.
  static let dimensions = VoiceWeights.between.count

  /// The cosine transform from logarithmic band powers to cepstra, cepstrum by cepstrum.
  private static let cosines: [Float] = (1...cepstra).flatMap { order in
    (0..<FrameFeatures.bandCount).map { band in
      let bands = Double(FrameFeatures.bandCount)
      return Float(.cos(.pi * Double(order) * (Double(band) + 0.5) / bands) * (2 / bands).squareRoot())
    }
  }
  /// From decibels to natural logarithms of power.
  private static let logarithmsPerDb = Float(Double.log(10) / 10)

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
  private static func features(of frames: [Int], leg: LegTrack) -> [Float] {
    let bands = FrameFeatures.bandCount
    var sums = [Float](repeating: 0, count: cepstra)
    var squares = [Float](repeating: 0, count: spreads)
    var power: Float = 0
    var logarithms = [Float](repeating: 0, count: bands)
    for frame in frames {
      power += leg.frames[frame].power
      for band in 0..<bands {
        logarithms[band] = logarithmsPerDb * decibels(leg.frames[frame].bands[band] + powerFloor)
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
