internal import CVectors
internal import CallModel

extension LegTrack {
  /// The mean over bands of the root of power over noise in the first `count` frames, in dB. Roots let many bands
  /// speak; of powers, one band that whistles would drown the rest.
  ///
  /// - Parameters:
  ///   - noise: by band; 1 is full scale.
  ///   - leak: another leg that is heard here.
  public func whitenedRatio(over noise: [Float], leak: LeakedPower?, count: Int) -> [Float] {
    precondition(noise.count == FrameFeatures.bandCount && count <= frames.count)
    var ratio = [Float](repeating: 0, count: count)
    ratio.withUnsafeMutableBufferPointer { ratio in
      withBands { bands, stride in
        func measure(_ frames: Range<Int>, _ others: UnsafePointer<Float>?, _ gains: [Float]?) {
          guard let means = ratio.baseAddress, !frames.isEmpty else { return }
          meanRoots(
            bands + stride * frames.lowerBound, leaked: others.map { $0 + stride * frames.lowerBound },
            stride: stride, noise: noise, gains: gains, count: frames.count, into: means + frames.lowerBound)
        }
        guard let leak else { return measure(0..<count, nil, nil) }
        let first = min(count, max(0, leak.lag))
        let heard = first..<max(first, min(count, leak.source.frames.count + leak.lag))
        measure(0..<heard.lowerBound, nil, nil)
        leak.source.withBands { others, _ in
          for second in Swift.stride(from: heard.lowerBound, to: heard.upperBound, by: Frames.perSecond) {
            measure(
              second..<min(second + Frames.perSecond, heard.upperBound), others - stride * leak.lag,
              leak.gains(atFrame: second))
          }
        }
        measure(heard.upperBound..<count, nil, nil)
      }
    }
    toDecibels(&ratio, times: 2)
    return ratio
  }
}
